import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { campaignCompliance, type CampaignCompliance, rulePack } from "../../../shared/rule-packs.ts";
import { registerInput } from "../../../shared/registers.ts";
import { manualClock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import { newId } from "../../kernel/ids.ts";
import { silentLog } from "../../kernel/log.ts";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { writeCompliance } from "./campaign-compliance.ts";
import { consentsOfImport, insertConsent, withdrawConsent } from "./consents/queries.ts";
import { type Candidate, decideCalls } from "./decide.ts";
import { mayDial } from "./may-dial.ts";
import { insertDecisions } from "./queries.ts";
import { ownPacks } from "./queries-facts.ts";
import { findRegister, insertRegister, removeRegister } from "./registers/queries.ts";
import { openRegisters } from "./registers/registers.ts";
import { createScreening } from "./registers/services.ts";
import { insertPack } from "./rules/queries.ts";
import { builtInPacks } from "./rules/rule-packs.ts";
import { everyDay } from "../../../shared/week.ts";

const hour = 3_600_000;
/** Friday noon in Shanghai. */
const noon = Date.UTC(2026, 10, 20, 4);
const clock = manualClock(noon);
let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

async function campaign(tx: Tx, said: Partial<CampaignCompliance> = {}): Promise<number> {
  const { id } = await tx
    .insertInto("campaigns")
    .values({
      name: `campaign ${newId()}`,
      mode: "ratio",
      hours: "{}",
      attempts: "{}",
      retries: "{}",
      form: "[]",
    } as never)
    .returning("id")
    .executeTakeFirstOrThrow();
  const compliance = campaignCompliance.parse({ rulePack: "none", ...said });
  await writeCompliance(tx, id, compliance, { at: new Date(noon), userId: null });
  return id;
}

const candidate = (phone: string, change: Partial<Candidate> = {}): Candidate => ({
  callId: newId(),
  origin: "ratio",
  phone,
  timeZone: "Asia/Shanghai",
  campaignId: null,
  leadId: null,
  customerId: null,
  agentGuaranteed: false,
  leadAttempts: 0,
  rules: {
    hours: everyDay(["00:00", "24:00"]),
    limits: { perLead: 9, perNumberPerDay: 9, minGapMs: 0 },
  },
  ...change,
});

/** Decides, stores calls and decisions as the door does; the rules that refused each. */
async function place(candidates: Candidate[], at = noon, call: Record<string, unknown> = {}) {
  return database.transact(async (tx) => {
    const rows = await decideCalls(tx, candidates, at);
    for (const [i, { callId, decision, facts }] of rows.entries())
      await tx
        .insertInto("calls")
        .values({
          id: callId,
          direction: "outbound",
          origin: "ratio",
          state: "closed",
          phone: facts.phone,
          campaign_id: candidates[i]!.campaignId,
          planned_at: new Date(at),
          dialled_at: decision.allowed ? new Date(at) : null,
          ended_at: new Date(at),
          ...call,
        } as never)
        .execute();
    await insertDecisions(tx, rows);
    return rows.map(({ decision }) => decision.reasons.flatMap((r) => (r.allowed ? [] : [r.rule])));
  });
}

/** Does a register refuse this number? */
const refused = (phone: string) => place([candidate(phone)]).then(([rules]) => rules!.includes("register"));

test("a person's numbers count together, across campaigns, in one batch as in two", async () => {
  const [mobile, work, other] = ["+8613900000001", "+8613900000002", "+8613900000003"];
  const { one, two, leadId } = await database.transact(async (tx) => {
    const customer = await tx
      .insertInto("customers")
      .values({ fields: "{}" })
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("customer_phones")
      .values([mobile, work].map((phone) => ({ phone, customer_id: customer.id })))
      .execute();
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into leads (list_id, phone, more_phones, time_zone) values (1, $1, $2, 'Asia/Shanghai') returning id`,
      [other, [work]],
    );
    return {
      one: await campaign(tx, { perPersonPerDay: 2 }),
      two: await campaign(tx, { perPersonPerDay: 2 }),
      leadId: rows[0]!.id,
    };
  });
  assert.deepEqual(await place([candidate(mobile, { campaignId: one })]), [[]]);
  const batch = [candidate(work, { campaignId: two }), candidate(mobile, { campaignId: two })];
  assert.deepEqual(await place(batch), [[], ["attempts-per-person-per-day"]]);
  // A lead that has the number among others knows of the call to it.
  const lead = candidate(other, { campaignId: one, leadId });
  assert.deepEqual(await place([lead]), [[]]);
  assert.deepEqual(await place([{ ...lead, callId: newId() }]), [["attempts-per-person-per-day"]]);
});

test("a disposition rests the number, here or everywhere; an abandoned call as the law of its country says", async () => {
  const [phone, uk] = ["+8613900000010", "+447400123456"];
  const made = await database.transact(async (tx) => {
    const id = await campaign(tx);
    const disposition = await tx
      .insertInto("dispositions")
      .values({ campaign_id: id, label: "Not now", position: 0, effect: "done", success: false } as never)
      .returning("id")
      .executeTakeFirstOrThrow();
    const locks = [{ dispositionId: disposition.id, hours: 48, cause: "own" as const, everywhere: false }];
    const said = campaignCompliance.parse({ rulePack: "none", locks });
    await writeCompliance(tx, id, said, { at: new Date(noon), userId: null });
    return {
      id,
      other: await campaign(tx),
      uk: await campaign(tx, { rulePack: "by-number", purpose: "service" }),
      dispositionId: disposition.id,
    };
  });
  const own = candidate(phone, { campaignId: made.id });
  assert.deepEqual(await place([own], noon, { disposition_id: made.dispositionId }), [[]]);
  const later = (change: Partial<Candidate>) => [candidate(phone, { campaignId: made.id, ...change })];
  assert.deepEqual(await place(later({}), noon + 47 * hour), [["lock-out"]]);
  assert.deepEqual(await place(later({ campaignId: made.other }), noon + 47 * hour), [[]]);
  assert.deepEqual(await place(later({}), noon + 97 * hour), [[]]);
  const london = { campaignId: made.uk, timeZone: "Europe/London" };
  assert.deepEqual(await place([candidate(uk, london)], noon, { abandoned: true }), [[]]);
  assert.deepEqual(await place([candidate(uk, london)], noon + 71 * hour), [["lock-out"]]);
  assert.deepEqual(await place([candidate(uk, { ...london, agentGuaranteed: true })], noon + 71 * hour), [
    [],
  ]);
});

test("consent is asked for by the number's law; it comes by hand or with an import, and goes when withdrawn", async () => {
  const [given, imported, never] = ["+8613900000021", "+8613900000022", "+8613900000023"];
  const sell = await database.transact((tx) => campaign(tx, { rulePack: "by-number" }));
  const sellTo = (...phones: string[]) =>
    place(phones.map((phone) => candidate(phone, { campaignId: sell })));
  const id = await database.transact((tx) =>
    insertConsent(
      tx,
      {
        phone: given,
        kinds: [],
        purposes: ["marketing"],
        form: "express",
        source: "web-form",
        proof: "box 3 of form 7",
        recordingCallId: null,
        givenAt: new Date(noon - hour).toISOString(),
        expiresAt: null,
      },
      null,
    ),
  );
  await database.pool.query(
    `insert into lists (name, country) values ('with consent', 'CN');
     insert into imports (list_id, file_name, format, state, started_at) select id, 'a.csv', 'csv', 'done', '2026-11-01' from lists;
     insert into leads (list_id, import_id, phone, time_zone, fields) select i.list_id, i.id, p.phone, 'Asia/Shanghai', p.fields
       from imports i, (values ('${imported}', '{"同意": "2026 年 5 月合同第 4 条", "同意时间": "2026-05-02"}'::jsonb),
         ('${never}', '{"同意": "否"}')) as p (phone, fields);
     update imports i set first_lead_id = l.low, last_lead_id = l.high
       from (select min(id) as low, max(id) as high, import_id from leads group by 3) as l where l.import_id = i.id`,
  );
  assert.equal(await database.transact((tx) => consentsOfImport(tx, 1)), 1);
  assert.equal(await database.transact((tx) => consentsOfImport(tx, 1)), 0);
  assert.deepEqual(await sellTo(given, imported, never), [[], [], ["consent"]]);
  const withdrawal = { at: new Date(noon), userId: null, reason: "by letter" };
  assert.ok(await database.transact((tx) => withdrawConsent(tx, id, withdrawal)));
  assert.equal(await database.transact((tx) => withdrawConsent(tx, id, withdrawal)), undefined);
  assert.deepEqual(await sellTo(given), [["consent"]]);
});

test("a register's file is loaded beside the calls, replaced at once, and refuses nobody when it is removed", async () => {
  const dir = await mkdtemp(join(tmpdir(), "registers-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(dir, { recursive: true }));
  const registers = stack.use(await openRegisters({ database, clock, log: silentLog, dataDir: dir }));
  const [listed, next] = ["+8613900000031", "+8613900000032"];
  const id = await database.transact((tx) =>
    insertRegister(tx, registerInput.parse({ name: "Robinson", kind: "file" }), null),
  );
  assert.equal(await refused(listed), true, "one that was never loaded can allow nobody");
  const load = async (...lines: string[]) => {
    const path = join(dir, `${newId()}.txt`);
    await writeFile(path, lines.join("\r\n"));
    assert.equal(await registers.load(id, { path, fileName: "robinson.csv" }), true);
    await registers.idle();
    const { state, numbers, invalid } = (await findRegister(database.db, id))!;
    return { state, numbers, invalid };
  };
  const first = await load('"139 0000 0031",asked in 2024', "", "nonsense", listed, "+4915112345678");
  assert.deepEqual(first, { state: "ready", numbers: 3, invalid: 1 });
  assert.deepEqual([await refused(listed), await refused(next)], [true, false]);
  assert.equal((await load("nothing", "here")).state, "failed");
  assert.deepEqual([await refused(listed), await refused(next)], [true, false]);
  await load("13900000032");
  assert.deepEqual([await refused(listed), await refused(next)], [false, true]);
  await database.transact((tx) => removeRegister(tx, id, new Date(noon)));
  assert.equal(await refused(next), false);
});

test("a service is asked before the call, once while its answer lasts; when it is down, the setting decides", async () => {
  const asked: string[][] = [];
  let mode: "ok" | "broken" | "silent" = "ok";
  const server = createServer((request, response) => {
    if (mode === "silent") return;
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push((JSON.parse(body) as { numbers: string[] }).numbers);
      response.statusCode = mode === "ok" && request.headers.authorization === "Bearer s" ? 200 : 500;
      response.end(JSON.stringify({ listed: ["+8613900000041"] }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  using _ = {
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const service = { name: "Service", kind: "service", url, authorization: "Bearer s", timeoutMs: 200 };
  const id = await database.transact((tx) => insertRegister(tx, registerInput.parse(service), null));
  const screening = createScreening({ database, clock, log: silentLog });
  assert.equal(await screening.isNeeded(), true);
  const ask = async (phone: string, at = noon) => {
    await screening.ask([phone]);
    const [rules] = await place([candidate(phone)], at);
    return rules!.includes("register");
  };
  assert.deepEqual([await ask("+8613900000041"), await ask("+8613900000042")], [true, false]);
  assert.equal(await ask("+8613900000042"), false);
  assert.deepEqual(asked.flat(), ["+8613900000041", "+8613900000042"]);
  for (const trouble of ["broken", "silent"] as const) {
    mode = trouble;
    assert.equal(await ask("+8613900000043"), true, `${trouble}: refused until it answers`);
    assert.equal(await ask("+8613900000042"), false, `${trouble}: a kept answer serves`);
  }
  await database.pool.query(`update registers set when_unknown = 'allow' where id = ${id}`);
  assert.equal(await ask("+8613900000043"), false);
  await database.transact((tx) => removeRegister(tx, id, new Date(noon)));
});

test("a pack of the company's own binds its campaign; every stored decision is replayed from facts and versions", async () => {
  const own = rulePack.parse({
    id: "own-mornings",
    version: "1",
    validFrom: "2026-01-01",
    name: { zh: "只在早上", en: "Mornings only" },
    rules: { hours: [{ week: everyDay(["09:00", "11:00"]), source: "works-council" }] },
    sources: { "works-council": { title: "Agreement", section: "§ 3", checked: null } },
  });
  const id = await database.transact(async (tx) => {
    await insertPack(tx, own, null);
    return campaign(tx, { rulePack: own.id, purpose: "service" });
  });
  await assert.rejects(database.pool.query("update rule_packs set valid_from = '2030-01-01'"), /append-only/);
  assert.deepEqual(await place([candidate("+8613900000051", { campaignId: id })]), [["legal-hours"]]);
  const packs = [...builtInPacks, ...(await ownPacks(database.db))];
  const rows = await database.db.selectFrom("decisions").selectAll().execute();
  assert.ok(rows.some((row) => row.rules_version.includes("own-mornings@1")));
  for (const row of rows) {
    const again = mayDial(row.facts, packs);
    assert.deepEqual(JSON.parse(JSON.stringify(again.reasons)), row.reasons);
    assert.deepEqual([again.allowed, again.rulesVersion], [row.allowed, row.rules_version]);
  }
});
