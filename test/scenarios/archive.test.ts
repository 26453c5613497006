import assert from "node:assert/strict";
import { mkdir, mkdtempDisposable, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { archivePass } from "../../server/features/recordings/archive.ts";
import { createRecordings, recordingsOfCall } from "../../server/features/recordings/index.ts";
import { writeSettings } from "../../server/features/settings/queries.ts";
import { manualClock } from "../../server/kernel/clock.ts";
import { createEventBus } from "../../server/kernel/events.ts";
import { newId } from "../../server/kernel/ids.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { createArchiver } from "../../server/media/archiver.ts";
import { recoverRecording } from "../../server/media/recover-recording.ts";
import { sineSource } from "../../server/media/tones.ts";
import { wavHeader } from "../../server/media/wav.ts";
import { type TestDatabase, testDatabase } from "../kit/database.ts";

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

const dayMs = 86_400_000;

function toneWav(): Buffer {
  const data = new Int16Array(2 * 16_000);
  sineSource(400, -12)(data);
  return Buffer.concat([wavHeader(2, data.byteLength), Buffer.from(data.buffer)]);
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

test("a recording is archived, its WAV goes after its time, and never while the archive is in doubt", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "waihu-archive-"));
  await using archiver = createArchiver();
  const clock = manualClock();
  const events = createEventBus(silentLog);
  const told: string[] = [];
  events.on("recording.archived", ({ recordingId }) => void told.push(`archived ${recordingId}`));
  events.on("recording.archive-failed", ({ recordingId }) => void told.push(`failed ${recordingId}`));
  const recordings = createRecordings({
    database,
    folder: folder.path,
    repair: recoverRecording,
    log: silentLog,
  });
  const pass = () => archivePass({ database, recordings, archiver, clock, events, log: silentLog });
  const callId = newId();
  await database.db
    .insertInto("calls")
    .values({
      id: callId,
      direction: "outbound",
      origin: "manual",
      state: "closed",
      phone: "+8613800000001",
      planned_at: new Date(clock.now()),
    } as never)
    .execute();

  async function record(bytes: Buffer): Promise<{ id: string; path: string }> {
    const { recordingId, path } = recordings.prepare(clock.now());
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    await database.transact((tx) => recordings.begin(tx, { recordingId, path, callId, at: clock.now() }));
    const verdict = await recordings.examine({
      recordingId,
      path,
      durationMs: 2000,
      bytes: bytes.length,
      ok: true,
    });
    await database.transact((tx) => recordings.finish(tx, recordingId, verdict));
    return { id: recordingId, path };
  }
  const shown = async (id: string) =>
    (await recordingsOfCall(database.db, callId)).find((row) => row.id === id)!;

  const good = await record(toneWav());
  const changed = await record(toneWav());
  await writeFile(changed.path, toneWav().fill(7, 100));
  const mono = await record(Buffer.concat([wavHeader(1, 320), Buffer.alloc(320)]));
  for (let i = 0; i < 4; i++) await pass();
  assert.deepEqual(
    told.filter((line) => line.includes(good.id)),
    [`archived ${good.id}`],
  );
  assert.equal(told.filter((line) => line === `failed ${changed.id}`).length, 3, "tried three times");
  assert.match((await shown(changed.id)).archive_error ?? "", /not what was recorded/);
  assert.match((await shown(mono.id)).archive_error ?? "", /no recording of two channels/);
  const archive = good.path.replace(/wav$/, "ogg");
  assert.equal((await shown(good.id)).archive_bytes, (await stat(archive)).size);

  clock.advance(29 * dayMs);
  await pass();
  assert.ok(await isThere(good.path), "its time is not over");
  clock.advance(2 * dayMs);
  const intact = await readFile(archive);
  await writeFile(archive, intact.subarray(0, intact.length - 5));
  await pass();
  assert.ok(await isThere(good.path), "the archive is in doubt");
  assert.match((await shown(good.id)).archive_error ?? "", /not what was verified/);
  assert.equal(told.at(-1), `failed ${good.id}`);

  const second = await record(toneWav());
  await database.transact((tx) =>
    writeSettings(tx, { recordingOriginalDays: 0 }, { at: new Date(clock.now()), userId: null }),
  );
  await pass();
  assert.ok(!(await isThere(second.path)), "nothing keeps the original");
  assert.notEqual((await shown(second.id)).original_deleted_at, null);
  const restored = join(folder.path, "restored.wav");
  await archiver.restore(second.path.replace(/wav$/, "ogg"), restored);
  assert.equal((await stat(restored)).size, toneWav().length);
  assert.ok((await isThere(changed.path)) && (await isThere(mono.path)));
  assert.ok(!(await readdir(folder.path, { recursive: true })).some((name) => name.endsWith(".part")));
});
