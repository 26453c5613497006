import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../../kernel/ids.ts";
import { type TestDatabase, testDatabase } from "../../../../test/kit/database.ts";
import { decideCalls } from "../decide.ts";
import { insertDecisions } from "../queries.ts";
import { sealNext } from "./seal.ts";
import { verifyDecisions } from "./verify.ts";

const noon = Date.UTC(2026, 10, 20, 4);

/** Decides on calls to these numbers and stores it, as the door does. */
function decide(database: TestDatabase, count: number): Promise<void> {
  return database.transact(async (tx) => {
    const rows = await decideCalls(
      tx,
      Array.from({ length: count }, (_, i) => ({
        callId: newId(),
        origin: "ratio" as const,
        phone: `+861380000${String(Math.trunc(Math.random() * 10_000)).padStart(4, "0")}`,
        timeZone: "Asia/Shanghai",
        campaignId: null,
        leadId: null,
        customerId: null,
        agentGuaranteed: false,
        leadAttempts: i,
        rules: null,
      })),
      noon,
    );
    for (const { callId, facts } of rows)
      await tx
        .insertInto("calls")
        .values({
          id: callId,
          direction: "outbound",
          origin: "ratio",
          state: "closed",
          phone: facts.phone,
          planned_at: new Date(noon),
        } as never)
        .execute();
    await insertDecisions(tx, rows);
  });
}

/** A database with two seals over five decisions. */
async function sealed(): Promise<TestDatabase> {
  const database = await testDatabase();
  await decide(database, 3);
  assert.equal(await sealNext(database, noon), 3);
  await decide(database, 2);
  assert.equal(await sealNext(database, noon + 1), 2);
  return database;
}
const tamper = (database: TestDatabase, ...statements: string[]) =>
  database.pool.query(
    ["set session_replication_role = replica", ...statements, "reset session_replication_role"].join(";"),
  );

test("doors that decide at once are sealed once each, in one chain, and what waits is told", async () => {
  await using database = await sealed();
  await Promise.all(Array.from({ length: 8 }, () => decide(database, 5)));
  const before = await verifyDecisions(database.db);
  assert.deepEqual([before.seals, before.verified, before.waiting, before.broken], [2, 5, 40, null]);
  const counts = await Promise.all([1, 2, 3].map(() => sealNext(database, noon)));
  assert.equal(
    counts.reduce((sum, n) => sum + n),
    40,
  );
  const after = await verifyDecisions(database.db);
  assert.deepEqual([after.verified, after.waiting, after.broken], [45, 0, null]);
  assert.match(after.head, /^[0-9a-f]{64}$/);
  // In steps it comes to the same, and says how far it is whole.
  const first = await verifyDecisions(database.db, { limit: 1 });
  assert.deepEqual([first.verified, first.next, first.sealed], [3, 1, 45]);
  const second = await verifyDecisions(database.db, { after: 1, limit: 1 });
  assert.deepEqual(
    [second.verified, second.from, second.broken],
    [2, new Date(noon + 1).toISOString(), null],
  );
  const rest = await verifyDecisions(database.db, { after: 2 });
  assert.deepEqual([rest.verified, rest.next, rest.head], [40, null, after.head]);
});

test("the database refuses to change a decision or a seal", async () => {
  await using database = await sealed();
  const run = (sql: string) => database.pool.query(sql);
  await assert.rejects(run("update decisions set allowed = not allowed"), /append-only/);
  await assert.rejects(run("update decision_seals set at = now()"), /append-only/);
  await assert.rejects(run("delete from decision_seals"), /append-only/);
});

test("whoever gets past that is found out: changed, taken out, put in, or sealed anew", async () => {
  const cases = [
    ["changed", 2, "update decisions set facts = jsonb_set(facts, '{phone}', '\"+861\"') where id = 2"],
    ["changed", 4, "update decisions set allowed = not allowed where id = 4"],
    ["missing", 3, "delete from decisions where id = 3"],
    [
      "seal",
      null,
      "update decision_seals set decision_ids = '{1,2}', row_hashes = substr(row_hashes, 1, 64) where id = 1",
    ],
    ["seal", null, "delete from decision_seals where id = 1"],
    [
      "unaccounted",
      null,
      "insert into decisions (call_id, at, allowed, reasons, facts, rules_version) select call_id, at, true, reasons, facts, rules_version from decisions where id = 1",
    ],
  ] as const;
  for (const [kind, decisionId, statement] of cases) {
    await using database = await sealed();
    await tamper(database, statement);
    const { broken } = await verifyDecisions(database.db);
    assert.deepEqual([broken?.kind, broken?.decisionId], [kind, decisionId], statement);
  }
});
