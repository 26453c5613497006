import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../../../test/kit/database.ts";
import { silentLog } from "../../kernel/log.ts";
import { createRecordings } from "./recordings.ts";

test("a file that could not be written ends before its row stands: the row has that end, and none stays open", async () => {
  await using database = await testDatabase();
  const at = Date.UTC(2026, 0, 5, 3);
  const callId = "0197aaaa-0000-7000-8000-000000000001";
  await database.db
    .insertInto("calls")
    .values({
      id: callId,
      direction: "inbound",
      origin: "inbound",
      state: "message",
      phone: "+8613800000001",
      planned_at: new Date(at),
    } as never)
    .execute();
  const recordings = createRecordings({
    database,
    folder: "/tmp/no-such-recordings",
    repair: () => Promise.reject(new Error("not asked for")),
    log: silentLog,
  });
  const path = "/tmp/no-such-recordings/2026/01/05/a.wav";
  const recordingId = "0197aaaa-0000-7000-8000-000000000002";
  const verdict = await recordings.examine({
    recordingId,
    path,
    durationMs: 0,
    bytes: 0,
    ok: false,
    error: "no space is left",
  });
  await database.transact((tx) => recordings.finish(tx, recordingId, verdict));
  await database.transact((tx) => recordings.begin(tx, { recordingId, path, callId, at }));
  const row = await database.db
    .selectFrom("recordings")
    .select(["state", "error"])
    .where("id", "=", recordingId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { state: "failed", error: "no space is left" });
  assert.equal(await recordings.recover(), 0);
});
