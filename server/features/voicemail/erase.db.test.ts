import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testDatabase } from "../../../test/kit/database.ts";
import { silentLog } from "../../kernel/log.ts";
import { eraseRecordings } from "../recordings/index.ts";
import { deleteBox, insertBox } from "./queries-boxes.ts";
import { expireMessages, updateMessage } from "./queries-messages.ts";

const settings = {
  longestSeconds: 60,
  mostMessages: 10,
  email: "",
  emailSound: false,
  callOut: null,
  keeperIds: [],
  number: null,
};
const now = new Date("2026-03-10T00:00:00Z");

test("messages that were deleted, kept long enough, or went with their box are gone from the disk; others are not", async () => {
  await using database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "waihu-erase-"));
  const box = (name: string, keepDays: number) =>
    database.transact((tx) => insertBox(tx, { ...settings, name, keepDays }));
  const [kept, removed] = [await box("kept", 30), await box("removed", 0)];
  const leave = async (id: string, boxId: number, leftAt: string) => {
    await database.db
      .insertInto("calls")
      .values({
        id: `call-${id}`,
        direction: "inbound",
        origin: "inbound",
        state: "closed",
        phone: "+8613800000001",
        planned_at: new Date(leftAt),
      } as never)
      .execute();
    await database.db
      .insertInto("recordings")
      .values({
        id,
        call_id: `call-${id}`,
        path: `${id}.wav`,
        state: "done",
        started_at: new Date(leftAt),
        duration_ms: 3000,
        bytes: 4,
        sha256: null,
        error: null,
        archive_path: `${id}.ogg`,
        archive_bytes: 4,
        archive_sha256: "0".repeat(64),
        archived_at: new Date(leftAt),
      })
      .execute();
    for (const end of ["wav", "ogg"]) await writeFile(join(folder, `${id}.${end}`), "RIFF");
    await database.db
      .insertInto("voicemail_messages")
      .values({
        id,
        box_id: boxId,
        call_id: `call-${id}`,
        phone: "+8613800000001",
        name: "",
        left_at: new Date(leftAt),
      })
      .execute();
  };
  await leave("stays", kept, "2026-03-01T00:00:00Z");
  await leave("old", kept, "2026-02-01T00:00:00Z");
  await leave("deleted", kept, "2026-03-02T00:00:00Z");
  await leave("boxed", removed, "2026-03-03T00:00:00Z");
  const erase = () =>
    eraseRecordings({ database, recordings: { absolutePath: (path) => join(folder, path) }, log: silentLog });
  assert.equal(await erase(), 0);
  await database.transact((tx) => updateMessage(tx, "deleted", { deleted_at: now }));
  await database.transact((tx) => expireMessages(tx, now));
  await database.transact((tx) => deleteBox(tx, removed));
  assert.equal(await erase(), 3);
  assert.deepEqual((await readdir(folder)).sort(), ["stays.ogg", "stays.wav"]);
  const states = await database.db.selectFrom("recordings").select(["id", "state"]).orderBy("id").execute();
  assert.deepEqual(
    states.map(({ id, state }) => `${id} ${state}`),
    ["boxed deleted", "deleted deleted", "old deleted", "stays done"],
  );
  assert.equal(await erase(), 0);
  await rm(folder, { recursive: true });
});
