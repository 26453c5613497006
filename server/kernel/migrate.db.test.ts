import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../../test/kit/database.ts";
import { migrate, pendingMigrations, readMigrations, type Migration } from "./migrate.ts";

const extra = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}` });

test("a migrated database has nothing left to run; a new file runs once", async () => {
  await using database = await testDatabase();
  const ours = readMigrations();
  assert.deepEqual(await migrate(database.pool, ours), []);
  const next = [...ours, extra("9000_more.sql", "create table more (id int); insert into more values (1)")];
  assert.deepEqual(await migrate(database.pool, next), ["9000_more.sql"]);
  assert.deepEqual(await migrate(database.pool, next), []);
  const { rows } = await database.pool.query("select count(*) as count from more");
  assert.deepEqual(rows, [{ count: 1 }]);
});

test("a failing migration is undone as a whole and named", async () => {
  await using database = await testDatabase();
  const broken = extra("9000_broken.sql", "create table half (id int); select * from nowhere");
  await assert.rejects(
    migrate(database.pool, [...readMigrations(), broken]),
    /9000_broken.sql failed and was undone.*nowhere/,
  );
  const { rows } = await database.pool.query("select to_regclass('half') as half");
  assert.deepEqual(rows, [{ half: null }]);
});

test("servers that start at once do not migrate twice", async () => {
  await using database = await testDatabase();
  const next = [...readMigrations(), extra("9000_more.sql", "create table more (id int)")];
  const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(database.pool, next)));
  assert.deepEqual(ran.flat(), ["9000_more.sql"]);
});

test("an edited, an unknown and a late migration are refused", () => {
  const ours = [extra("0001_a.sql", "a"), extra("0002_b.sql", "b")];
  assert.throws(
    () => pendingMigrations([{ name: "0001_a.sql", checksum: "other" }], ours),
    /0001_a.sql was changed/,
  );
  assert.throws(() => pendingMigrations([{ name: "0003_c.sql", checksum: "" }], ours), /does not know/);
  assert.throws(
    () => pendingMigrations([{ name: "0002_b.sql", checksum: "sum of b" }], ours),
    /0001_a.sql is older/,
  );
});
