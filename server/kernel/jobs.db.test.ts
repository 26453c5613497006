import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../../test/kit/database.ts";
import { createJobs } from "./jobs.ts";
import { silentLog } from "./log.ts";

declare module "./jobs.ts" {
  interface JobMap {
    "test.greet": { name: string };
  }
}

test("a job runs once its transaction has committed, never when it was rolled back; one that fails does not stop the others", async () => {
  await using database = await testDatabase();
  await using jobs = createJobs(database, silentLog);
  const greeted: string[] = [];
  const done = Promise.withResolvers<void>();
  jobs.handle("test.greet", async ({ name }) => {
    greeted.push(name);
    if (name === "ana") throw new Error("busy");
    done.resolve();
  });
  await assert.rejects(
    database.transact(async (tx) => {
      await jobs.add(tx, "test.greet", { name: "nobody" });
      throw new Error("changed our mind");
    }),
  );
  await database.transact((tx) => jobs.add(tx, "test.greet", { name: "ana" }, { maxAttempts: 1 }));
  await database.transact((tx) => jobs.add(tx, "test.greet", { name: "bob" }, { queue: "people" }));
  await jobs.start();
  await done.promise;
  assert.deepEqual(greeted.sort(), ["ana", "bob"]);
});

test("of the jobs that wait under one key only the last runs", async () => {
  await using database = await testDatabase();
  await using jobs = createJobs(database, silentLog);
  const ran = Promise.withResolvers<string>();
  jobs.handle("test.greet", async ({ name }) => ran.resolve(name));
  const runAt = new Date(Date.now() + 3_600_000);
  await database.transact((tx) => jobs.add(tx, "test.greet", { name: "early" }, { key: "k", runAt }));
  await database.transact((tx) => jobs.add(tx, "test.greet", { name: "late" }, { key: "k" }));
  assert.deepEqual(await jobs.counts(), { waiting: 1, failed: 0 });
  await jobs.start();
  assert.equal(await ran.promise, "late");
});
