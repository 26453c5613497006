import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/kit/database.ts";
import { recordAudit, systemActor, verifyAudit } from "./index.ts";

const at = new Date("2026-01-05T10:00:00.123Z");

function append(database: TestDatabase, nounId: number): Promise<void> {
  const detail = { text: "“quotes” <b> ’ 外呼", order: { z: 1, a: 2 } };
  return database.transact((tx) =>
    recordAudit(tx, { actor: systemActor, at, action: "thing.done", noun: "thing", nounId, detail }),
  );
}

test("many at once make one unbroken chain", async () => {
  await using database = await testDatabase();
  await Promise.all(Array.from({ length: 20 }, (_, i) => append(database, i)));
  assert.deepEqual(await verifyAudit(database.db), { entries: 20, brokenAt: null });
});

test("the log refuses change, and whoever gets past that is found out", async () => {
  await using database = await testDatabase();
  for (let i = 0; i < 5; i++) await append(database, i);
  const tamper = (sql: string) => database.pool.query(sql);
  await assert.rejects(tamper("update audit_log set actor = 'nobody' where id = 3"), /append-only/);
  await assert.rejects(tamper("delete from audit_log where id = 3"), /append-only/);
  await assert.rejects(tamper("truncate audit_log"), /append-only/);
  await tamper("alter table audit_log disable trigger all");
  await tamper("update audit_log set actor = 'nobody' where id = 3");
  assert.deepEqual(await verifyAudit(database.db), { entries: 2, brokenAt: 3 });
  await tamper("delete from audit_log where id = 3");
  assert.deepEqual(await verifyAudit(database.db), { entries: 2, brokenAt: 4 });
});
