import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../../test/kit/database.ts";
import { tcpRelay } from "../../test/kit/tcp-relay.ts";
import { until } from "../../test/kit/until.ts";
import { isConnectionLost, openDatabase } from "./db.ts";
import { writeOnce } from "./write-once.ts";

/** A database, and a way to it that can be broken and is found out to be after some tenths of a second. */
async function brittle() {
  await using stack = new AsyncDisposableStack();
  const whole = stack.use(await testDatabase());
  const at = new URL(whole.url);
  const relay = stack.use(await tcpRelay({ host: at.hostname, port: Number(at.port) }));
  at.host = `127.0.0.1:${relay.port}`;
  const limits = { quietMs: 300, probeMs: 2_000, everyMs: 50 };
  const database = stack.use(openDatabase(at.href, 4, undefined, limits));
  await whole.pool.query("create table notes (said text)");
  const held = stack.move();
  const notes = async () => (await whole.pool.query<{ said: string }>("select said from notes")).rows;
  return { whole, relay, database, notes, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

const note = (said: string) => sql`insert into notes values (${said})`;

test("a slow question is waited for; one that vanished fails, its locks are freed, and the pool goes on", async () => {
  await using bed = await brittle();
  const { database, relay, whole } = bed;
  const slow = await sql<{ slept: string }>`select pg_sleep(1.5)::text as slept`.execute(database.db);
  assert.equal(slow.rows.length, 1);

  const lost = database.transact(async (tx) => {
    await sql`lock table notes`.execute(tx);
    relay.swallow();
    await note("never").execute(tx);
  });
  await assert.rejects(lost, isConnectionLost);
  await assert.rejects(sql`select 1`.execute(database.db), isConnectionLost);
  relay.mend();
  await until("it answers again", () =>
    sql`select 1`.execute(database.db).then(
      () => true,
      () => false,
    ),
  );
  // Waits for the lock that the lost session held.
  await whole.transact((tx) => note("free").execute(tx));
  assert.deepEqual(await bed.notes(), [{ said: "free" }]);
});

test("a commit whose answer was lost is not done again; one that never arrived is", async () => {
  await using bed = await brittle();
  const { database, relay } = bed;
  const tries: string[] = [];
  const write = (said: string, spoil: () => void) =>
    writeOnce(
      database,
      async (tx) => {
        tries.push(said);
        await note(said).execute(tx);
        if (tries.filter((each) => each === said).length === 1) spoil();
      },
      () => {
        relay.mend();
        return true;
      },
    );
  await write("answer lost", () => relay.swallowAnswers());
  await write("commit lost", () => relay.swallow());
  await write("connection lost", () => relay.cut());
  assert.deepEqual(tries, [
    "answer lost",
    "commit lost",
    "commit lost",
    "connection lost",
    "connection lost",
  ]);
  assert.deepEqual(
    (await bed.notes()).map((row) => row.said),
    ["answer lost", "commit lost", "connection lost"],
  );
  await assert.rejects(
    writeOnce(
      database,
      async () => {
        throw new Error("wrong");
      },
      () => true,
    ),
    /wrong/,
  );
});
