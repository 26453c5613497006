import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { startBaresip } from "../kit/baresip.ts";
import { callBed } from "../kit/call-bed.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { closedCall } from "../kit/story.ts";
import { tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const did = "+8675512345678";

test("baresip walks a flow by RFC 4733 and by INFO", async () => {
  await using bed = await callBed();
  const promptId = await tonePrompt(bed, 800, 5000);
  const said = { speech: { promptId } };
  const document = flow(
    block("menu", "ask", { "1": "order", timeout: "bye", invalid: "bye" }, { ...said, keys: [{ key: "1" }] }),
    block(
      "collect",
      "order",
      { next: "bye", timeout: "bye", invalid: "bye" },
      { ...said, variable: "order", min: 4, max: 8 },
    ),
    block("hang-up", "bye", {}, { speech: {} }),
  );
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Service", document });
  await bed.manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
  await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, {});
  const address = `${bed.server.sip.host}:${bed.server.sip.port}`;
  for (const [index, dtmfMode] of (["rtpevent", "info"] as const).entries()) {
    const user = `+861380013807${index}`;
    await using phone = await startBaresip({
      user,
      password: "none",
      registrar: address,
      registers: false,
      dtmfMode,
    });
    await bed.seed.trunk({ host: "127.0.0.1", port: phone.sipPort });
    await phone.command("dial", `sip:${did}@${address}`);
    await phone.event("CALL_ESTABLISHED");
    await until("the question is asked", async () => {
      const { rows } = await sql`select 1 from calls where phone = ${user} and state = 'message'`.execute(
        bed.database.db,
      );
      return rows.length > 0;
    });
    const press = async (key: string) => {
      await phone.command("sndcode", key);
    };
    for (const key of "14711#") await press(key);
    await phone.event("CALL_CLOSED");
    const call = await closedCall(bed.database, user);
    const { rows } = await sql<{ digits: string }>`select data->>'digits' as digits from call_events
      where call_id = ${call.id} and type = 'ivr-digits'`.execute(bed.database.db);
    assert.deepEqual(rows, [{ digits: "4711" }], dtmfMode);
    const { rows: infos } = await sql<{ count: number }>`select count(*)::int as count from sip_messages
      where call_id = ${call.id} and message like 'INFO %'`.execute(bed.database.db);
    assert.equal(infos[0]!.count > 0, dtmfMode === "info", dtmfMode);
  }
});
