import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../../kernel/ids.ts";
import type { Tx } from "../../kernel/db.ts";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { type Candidate, decideCalls } from "./decide.ts";
import { mayDial } from "./may-dial.ts";
import { everyDay } from "../../../shared/week.ts";
import { addDoNotCall, insertDecisions } from "./queries.ts";

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

/** Noon in Shanghai. */
const noon = Date.UTC(2026, 10, 20, 4);
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
    hours: everyDay(["08:00", "21:00"]),
    limits: { perLead: 3, perNumberPerDay: 2, minGapMs: 0 },
  },
  ...change,
});

/** Decides and, as the door does, writes the calls down. */
async function place(tx: Tx, candidates: Candidate[], at = noon) {
  const rows = await decideCalls(tx, candidates, at);
  for (const { callId, decision, facts } of rows)
    await tx
      .insertInto("calls")
      .values({
        id: callId,
        direction: "outbound",
        origin: "ratio",
        state: "closed",
        phone: facts.phone,
        planned_at: new Date(at),
        dialled_at: decision.allowed ? new Date(at) : null,
      } as never)
      .execute();
  await insertDecisions(tx, rows);
  return rows.map(({ decision }) => decision.allowed);
}

test("two lists with one number at once: the limit of the number holds for both together", async () => {
  const phone = "+8613800000001";
  const both = await Promise.all(
    [1, 2, 3].map(() => database.transact((tx) => place(tx, [candidate(phone)]))),
  );
  assert.equal(both.flat().filter(Boolean).length, 2);
  const batch = await database.transact((tx) =>
    place(tx, [candidate("+8613800000002"), candidate("+8613800000002")]),
  );
  assert.deepEqual(batch, [true, false]);
});

test("do-not-call of a campaign binds that campaign, the global one everybody", async () => {
  const entry = { source: "test", reason: "", expiresAt: null, createdBy: null };
  const { campaignId } = await database.transact(async (tx) => {
    const { id } = await tx
      .insertInto("campaigns")
      .values({ name: "c", mode: "ratio", hours: "{}", attempts: "{}", retries: "{}", form: "[]" } as never)
      .returning("id")
      .executeTakeFirstOrThrow();
    return { campaignId: id };
  });
  const [own, all] = ["+8613800000003", "+8613800000004"];
  const added = await database.transact((tx) =>
    addDoNotCall(tx, [
      { ...entry, phone: own, campaignId },
      { ...entry, phone: all, campaignId: null },
    ]),
  );
  assert.equal(added, 2);
  const allowed = await database.transact((tx) =>
    place(tx, [candidate(own, { campaignId }), candidate(own), candidate(all, { campaignId })]),
  );
  assert.deepEqual(allowed, [false, true, false]);
});

test("every stored decision comes out the same from its stored facts", async () => {
  const rows = await database.db.selectFrom("decisions").selectAll().execute();
  assert.ok(rows.length >= 8);
  for (const row of rows) {
    const again = mayDial(row.facts);
    assert.deepEqual([again.allowed, again.reasons], [row.allowed, row.reasons]);
    assert.equal(again.rulesVersion, row.rules_version);
  }
});
