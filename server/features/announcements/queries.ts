import { sql } from "kysely";
import type { AnnouncementChange, AnnouncementRow, EarlyMediaRow } from "../../../shared/announcements.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Trained } from "./audio.ts";
import "./tables.ts";

const wordsOf = (bytes: Buffer) =>
  Uint32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(i * 4));

function bytesOf(words: Uint32Array): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [i, word] of words.entries()) bytes.writeUInt32LE(word, i * 4);
  return bytes;
}

/** Those that are switched on. */
export async function trainedAnnouncements(db: Db): Promise<Trained[]> {
  const rows = await db
    .selectFrom("announcements")
    .select(["id", "cause", "words"])
    .where("enabled", "=", true)
    .orderBy("id")
    .execute();
  return rows.map(({ id, cause, words }) => ({ id, cause, words: wordsOf(words) }));
}

const rowsOf = (db: Db) =>
  db
    .selectFrom("announcements as a")
    .leftJoin("users as u", "u.id", "a.created_by")
    .select([
      "a.id",
      "a.name",
      "a.cause",
      "a.enabled",
      "a.duration_ms",
      "a.hits",
      "a.last_heard_at",
      "a.created_at",
      "u.name as creator",
    ]);
type Found = Awaited<ReturnType<ReturnType<typeof rowsOf>["executeTakeFirstOrThrow"]>>;

const present = (row: Found): AnnouncementRow => ({
  id: row.id,
  name: row.name,
  cause: row.cause,
  enabled: row.enabled,
  durationMs: row.duration_ms,
  hits: row.hits,
  lastHeardAt: row.last_heard_at?.toISOString() ?? null,
  createdBy: row.creator,
  createdAt: row.created_at.toISOString(),
});

export async function listAnnouncements(db: Db): Promise<AnnouncementRow[]> {
  return (await rowsOf(db).orderBy("a.name").execute()).map(present);
}

export async function findAnnouncement(db: Db, id: number): Promise<AnnouncementRow | undefined> {
  const row = await rowsOf(db).where("a.id", "=", id).executeTakeFirst();
  return row && present(row);
}

export async function announcementAudio(db: Db, id: number): Promise<Buffer | undefined> {
  const row = await db.selectFrom("announcements").select("audio").where("id", "=", id).executeTakeFirst();
  return row?.audio;
}

export async function announcementNameTaken(db: Db, name: string, exceptId = 0): Promise<boolean> {
  const row = await db
    .selectFrom("announcements")
    .select("id")
    .where("name", "=", name)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertAnnouncement(
  tx: Tx,
  made: Omit<AnnouncementChange, "enabled"> & {
    wav: Buffer;
    durationMs: number;
    words: Uint32Array;
    userId: number | null;
    at: Date;
  },
): Promise<number> {
  const row = await tx
    .insertInto("announcements")
    .values({
      name: made.name,
      cause: made.cause,
      audio: made.wav,
      duration_ms: made.durationMs,
      words: bytesOf(made.words),
      last_heard_at: null,
      created_by: made.userId,
      created_at: made.at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Makes it unless one of this name is there. */
export async function ensureAnnouncement(
  tx: Tx,
  made: Omit<Parameters<typeof insertAnnouncement>[1], "userId">,
): Promise<void> {
  if (!(await announcementNameTaken(tx, made.name))) await insertAnnouncement(tx, { ...made, userId: null });
}

export async function updateAnnouncement(tx: Tx, id: number, change: AnnouncementChange): Promise<void> {
  await tx.updateTable("announcements").set(change).where("id", "=", id).execute();
}

export async function deleteAnnouncement(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("announcements").where("id", "=", id).execute();
}

/** A call heard it. */
export async function countAnnouncement(tx: Tx, id: number, at: Date): Promise<void> {
  await sql`update announcements set hits = hits + 1, last_heard_at = greatest(last_heard_at, ${at})
    where id = ${id}`.execute(tx);
}

export async function insertEarlyMedia(
  tx: Tx,
  media: { callId: string; path: string; durationMs: number; at: Date },
): Promise<void> {
  await tx
    .insertInto("early_media")
    .values({ call_id: media.callId, path: media.path, duration_ms: media.durationMs, at: media.at })
    .onConflict((oc) => oc.column("call_id").doNothing())
    .execute();
}

/** All but the newest `keep` go; their files' names. */
export async function trimEarlyMedia(tx: Tx, keep: number): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    delete from early_media where call_id in (select call_id from early_media order by at desc offset ${keep})
    returning path`.execute(tx);
  return rows.map((row) => row.path);
}

export async function findEarlyMedia(db: Db, callId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("early_media")
    .select("path")
    .where("call_id", "=", callId)
    .executeTakeFirst();
  return row?.path;
}

export async function listEarlyMedia(db: Db, showsPhones: boolean): Promise<EarlyMediaRow[]> {
  const rows = await db
    .selectFrom("early_media as e")
    .innerJoin("calls as c", "c.id", "e.call_id")
    .select(["e.call_id", "e.at", "e.duration_ms", "c.phone", "c.outcome", "c.cause"])
    .orderBy("e.at", "desc")
    .execute();
  return rows.map((row) => ({
    callId: row.call_id,
    at: row.at.toISOString(),
    durationMs: row.duration_ms,
    phone: showsPhones ? row.phone : maskPhone(row.phone),
    outcome: row.outcome,
    cause: row.cause,
  }));
}
