import { sql } from "kysely";
import type { PromptInput, PromptRow, SoundRow } from "../../../shared/sounds.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { readSettings } from "../settings/index.ts";
import { variablesIn } from "../speech/index.ts";
import "./tables.ts";

/** All sounds by name, or the one with this id. */
async function readSounds(db: Db, id?: number): Promise<SoundRow[]> {
  const { holdSoundIds } = await readSettings(db);
  const playing = JSON.stringify([{ kind: "sound", ...(id !== undefined && { soundId: id }) }]);
  const prompts = await db
    .selectFrom("prompts")
    .select(["name", "parts"])
    .where(sql<boolean>`parts @> ${playing}::jsonb`)
    .orderBy("name")
    .execute();
  const rows = await db
    .selectFrom("sounds as s")
    .leftJoin("users as u", "u.id", "s.created_by")
    .select(["s.id", "s.name", "s.duration_ms", "s.bytes", "s.created_at", "u.name as creator"])
    .$if(id !== undefined, (query) => query.where("s.id", "=", id!))
    .orderBy("s.name")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    prompts: prompts
      .filter(({ parts }) => parts.some((part) => part.kind === "sound" && part.soundId === row.id))
      .map((prompt) => prompt.name),
    isHoldMusic: holdSoundIds.includes(row.id),
    createdBy: row.creator,
    createdAt: row.created_at.toISOString(),
  }));
}

export const listSounds = (db: Db): Promise<SoundRow[]> => readSounds(db);

export const findSound = async (db: Db, id: number): Promise<SoundRow | undefined> =>
  (await readSounds(db, id))[0];

export const soundIds = async (db: Db): Promise<number[]> =>
  (await db.selectFrom("sounds").select("id").execute()).map(({ id }) => id);

export async function insertSound(
  tx: Tx,
  sound: { name: string; durationMs: number; bytes: number; userId: number },
): Promise<number> {
  const row = await tx
    .insertInto("sounds")
    .values({
      name: sound.name,
      duration_ms: sound.durationMs,
      bytes: sound.bytes,
      created_by: sound.userId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function renameSound(tx: Tx, id: number, name: string): Promise<void> {
  await tx.updateTable("sounds").set({ name }).where("id", "=", id).execute();
}

export async function deleteSound(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("sounds").where("id", "=", id).execute();
}

/** Is this name of a sound or a prompt used by another? */
export async function nameTaken(
  db: Db,
  table: "sounds" | "prompts",
  name: string,
  exceptId = 0,
): Promise<boolean> {
  const row = await db
    .selectFrom(table)
    .select("id")
    .where("name", "=", name)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

/** All prompts by name, or the one with this id. */
async function readPrompts(db: Db, id?: number): Promise<PromptRow[]> {
  const { abandonPromptId, voicemailPromptId } = await readSettings(db);
  const rows = await db
    .selectFrom("prompts")
    .selectAll()
    .$if(id !== undefined, (query) => query.where("id", "=", id!))
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    language: row.language,
    parts: row.parts,
    variables: [
      ...new Set(row.parts.flatMap((part) => (part.kind === "text" ? variablesIn(part.text) : []))),
    ],
    isAbandonMessage: row.id === abandonPromptId,
    isVoicemailNotice: row.id === voicemailPromptId,
    updatedAt: row.updated_at.toISOString(),
  }));
}

export const listPrompts = (db: Db): Promise<PromptRow[]> => readPrompts(db);

export const findPrompt = async (db: Db, id: number): Promise<PromptRow | undefined> =>
  (await readPrompts(db, id))[0];

export async function insertPrompt(tx: Tx, prompt: PromptInput, userId: number | null): Promise<number> {
  const row = await tx
    .insertInto("prompts")
    .values({ ...prompt, parts: JSON.stringify(prompt.parts), created_by: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updatePrompt(tx: Tx, id: number, prompt: PromptInput): Promise<void> {
  await tx
    .updateTable("prompts")
    .set({ ...prompt, parts: JSON.stringify(prompt.parts), updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

/** Nobody uses it any more; messages of campaigns that are gone may still name it. */
export async function deletePrompt(tx: Tx, id: number): Promise<void> {
  await sql`delete from campaign_prompts where prompt_id = ${id}`.execute(tx);
  await tx.deleteFrom("prompts").where("id", "=", id).execute();
}
