import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import { callBed } from "../kit/call-bed.ts";
import { testDatabase } from "../kit/database.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { tcpRelay } from "../kit/tcp-relay.ts";
import { toneEar } from "../kit/tone-ear.ts";
import { tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const did = "+8675512345678";
const tones = { ask: 800, bye: 1400, sorry: 1200, noted: 1000 };

test("both databases vanish while callers are in a flow: each is told something, and all of it stands afterwards", async () => {
  await using bed = await callBed({ databaseRelay: true });
  await bed.seed.trunk();
  await using bound = await testDatabase();
  await bound.pool.query("create table policies (number text); insert into policies values ('1')");
  const at = new URL(bound.url);
  await using boundRelay = await tcpRelay({ host: at.hostname, port: Number(at.port) });
  at.host = `127.0.0.1:${boundRelay.port}`;
  const { manager } = bed;
  await manager.ask("POST", "/ivr/databases", { name: "CRM", url: at.href });
  const { items: databases } = await manager.ask("GET", "/ivr/databases");
  const said = Object.fromEntries(
    await Promise.all(
      Object.entries(tones).map(async ([name, hz]) => [name, { promptId: await tonePrompt(bed, hz, 600) }]),
    ),
  ) as Record<keyof typeof tones, { promptId: number }>;
  const document: IvrDocument = flow(
    block(
      "menu",
      "ask",
      { "1": "text", "2": "policy", "3": "later", timeout: "ask2", invalid: "sorry" },
      {
        speech: said.ask,
        keys: [{ key: "1" }, { key: "2" }, { key: "3" }],
        waitMs: 60_000,
        tries: 1,
      },
    ),
    block(
      "menu",
      "ask2",
      { "1": "bye", timeout: "bye", invalid: "bye" },
      { speech: said.ask, keys: [{ key: "1" }] },
    ),
    block("message", "text", { next: "bye", failed: "sorry" }, { text: { zh: "您好" } }),
    block(
      "sql",
      "policy",
      { found: "bye", none: "sorry", failed: "sorry" },
      {
        databaseId: databases[0].id,
        query: "select number from policies",
        speech: {},
      },
    ),
    block("callback", "later", { next: "bye" }, { speech: said.noted }),
    block("prompt", "sorry", { next: "bye" }, { speech: said.sorry }),
    block("hang-up", "bye", {}, { speech: said.bye }),
  );
  const { id } = await manager.ask("POST", "/ivr/flows", { name: "Service", document });
  await manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
  await manager.ask("POST", `/ivr/flows/${id}/publish`, {});

  const target = { transport: "udp", ...bed.server.sip } as const;
  const callers = await Promise.all(
    ["1", "2", "3"].map(async (key) => {
      const from = `+861380013806${key}`;
      const call = bed.carrier.callIn({ from, to: did, target, plan: [{ do: "stay" }] });
      await call.until("answered");
      const ear = toneEar(call, tones);
      await ear.hears("ask");
      return { key, call, ear };
    }),
  );
  bed.relay!.swallow();
  boundRelay.swallow();
  await Promise.all(
    callers.map(async ({ key, call }) => {
      await call.press(key);
      await until(`who pressed ${key} is at the end`, () => call.phase === "ended");
    }),
  );
  assert.deepEqual(
    callers.map(({ ear }) => ear.heard()),
    [
      ["ask", "sorry", "bye"],
      ["ask", "sorry", "bye"],
      ["ask", "noted", "bye"],
    ],
  );
  bed.relay!.mend();
  boundRelay.mend();
  for (const { call } of callers) await closedCall(bed.database, call.from);
  const { rows } = await sql<{
    line: string;
  }>`select right(c.phone, 1) || ' ' || (e.data->>'kind') || ': ' || (e.data->>'why') as line
    from call_events e join calls c on c.id = e.call_id where e.type = 'ivr-outside-failed' order by 1`.execute(
    bed.database.db,
  );
  assert.deepEqual(
    rows.map(({ line }) => line),
    ["1 message: no database", "2 sql: timeout"],
  );
  const promised = await bed.database.db.selectFrom("callbacks").select(["phone", "state"]).execute();
  assert.deepEqual(promised, [{ phone: callers[2]!.call.from, state: "waiting" }]);
  const { rows: steps } = await sql<{
    way: string;
  }>`select string_agg(block_id || '.' || exit, ' ' order by block_id) as way
    from ivr_visits v join calls c on c.id = v.call_id group by c.phone order by c.phone`.execute(
    bed.database.db,
  );
  assert.deepEqual(
    steps.map(({ way }) => way),
    [
      "ask.1 bye.done sorry.next text.failed",
      "ask.2 bye.done policy.failed sorry.next",
      "ask.3 bye.done later.next",
    ],
  );
  // Who calls now is served as ever.
  const again = bed.carrier.callIn({ from: "+8613800138069", to: did, target, plan: [{ do: "stay" }] });
  await again.until("answered");
  const ear = toneEar(again, tones);
  await ear.hears("ask");
  await again.press("2");
  await again.until("ended");
  assert.deepEqual(ear.heard(), ["ask", "bye"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
