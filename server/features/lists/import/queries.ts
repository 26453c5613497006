import { type Selectable, sql } from "kysely";
import type { Db, Tx } from "../../../kernel/db.ts";
import type { LeadCollection } from "../../../../shared/collect-leads.ts";
import type { ImportOptions, ImportRow, ImportState, UndoResult } from "../../../../shared/imports.ts";
import type { Page, PageQuery } from "../../../../shared/common.ts";
import type { ImportsTable } from "../tables.ts";
import { isHeld } from "../lead-row.ts";
import type { ImportProgress } from "./import-job.ts";

export type StoredImport = Selectable<ImportsTable> & { list_name: string; locale: "zh" | "en" | null };

const stored = (db: Db) =>
  db
    .selectFrom("imports")
    .innerJoin("lists", "lists.id", "imports.list_id")
    .leftJoin("users", "users.id", "imports.created_by")
    .selectAll("imports")
    .select(["lists.name as list_name", "users.locale"]);

export async function findImport(db: Db, id: number): Promise<StoredImport | undefined> {
  return stored(db).where("imports.id", "=", id).executeTakeFirst();
}

/** Imports whose job was cut off by the end of the server, oldest first. */
export async function interruptedImports(db: Db): Promise<StoredImport[]> {
  return stored(db).where("state", "=", "running").orderBy("imports.id").execute();
}

export async function listImports(
  db: Db,
  filter: PageQuery & { listId?: number | undefined },
): Promise<Page<StoredImport>> {
  const ofList = filter.listId;
  const count = await db
    .selectFrom("imports")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .$if(ofList !== undefined, (query) => query.where("list_id", "=", ofList!))
    .executeTakeFirstOrThrow();
  const items = await stored(db)
    .$if(ofList !== undefined, (query) => query.where("list_id", "=", ofList!))
    .orderBy("imports.id", "desc")
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute();
  return { items, total: count.n };
}

/** `nowMs` ends the clock of a running import's rate. */
export function presentImport(row: StoredImport, nowMs: number, step: ImportRow["step"]): ImportRow {
  const ended = row.ended_at?.getTime() ?? nowMs;
  const seconds = row.started_at ? Math.max(0.001, (ended - row.started_at.getTime()) / 1000) : 0;
  return {
    id: row.id,
    listId: row.list_id,
    listName: row.list_name,
    fileName: row.file_name,
    format: row.format,
    state: row.state,
    step: row.state === "running" ? step : null,
    bytesTotal: row.bytes_total,
    bytesDone: row.bytes_done,
    rowsRead: row.rows_read,
    rowsAdded: row.rows_added,
    rowsUpdated: row.rows_updated,
    rowsDuplicate: row.rows_duplicate,
    rowsInvalid: row.rows_invalid,
    rowsPerSecond: seconds === 0 ? 0 : Math.round(row.rows_read / seconds),
    hasErrors: row.error_path !== null && row.state === "done",
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export async function insertImport(
  tx: Tx,
  upload: {
    listId: number;
    fileName: string;
    format: "csv" | "xlsx";
    path: string;
    bytes: number;
    byUserId: number;
  },
): Promise<number> {
  const row = await tx
    .insertInto("imports")
    .values({
      list_id: upload.listId,
      file_name: upload.fileName,
      format: upload.format,
      path: upload.path,
      bytes_total: upload.bytes,
      created_by: upload.byUserId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** An import of leads of other lists; it is running from the first. */
export async function insertCollection(
  tx: Tx,
  collection: {
    listId: number;
    from: string;
    options: LeadCollection;
    leads: number;
    byUserId: number | null;
    at: Date;
  },
): Promise<number> {
  const row = await tx
    .insertInto("imports")
    .values({
      list_id: collection.listId,
      file_name: collection.from,
      format: "leads",
      state: "running",
      path: null,
      options: JSON.stringify(collection.options),
      bytes_total: collection.leads,
      created_by: collection.byUserId,
      started_at: collection.at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The import is done; part of the transaction that wrote its leads. */
export async function finishCollection(
  tx: Tx,
  id: number,
  done: { seen: number; added: number; firstLeadId: number | null; lastLeadId: number | null; at: Date },
): Promise<void> {
  await tx
    .updateTable("imports")
    .set({
      state: "done",
      bytes_total: done.seen,
      bytes_done: done.seen,
      rows_read: done.seen,
      rows_added: done.added,
      rows_duplicate: done.seen - done.added,
      first_lead_id: done.firstLeadId,
      last_lead_id: done.lastLeadId,
      ended_at: done.at,
    })
    .where("id", "=", id)
    .execute();
}

/** False unless it was uploaded and not begun. */
export async function beginImport(
  tx: Tx,
  begun: { id: number; options: ImportOptions; errorPath: string; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable("imports")
    .set({
      state: "running",
      options: JSON.stringify(begun.options),
      error_path: begun.errorPath,
      started_at: begun.at,
    })
    .where("id", "=", begun.id)
    .where("state", "=", "uploaded")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Counts a try of the job; returns which it is. */
export async function countTry(tx: Tx, id: number): Promise<number> {
  const row = await tx
    .updateTable("imports")
    .set({ tries: sql<number>`tries + 1` })
    .where("id", "=", id)
    .returning("tries")
    .executeTakeFirstOrThrow();
  return row.tries;
}

export async function saveProgress(tx: Tx, id: number, progress: ImportProgress): Promise<void> {
  await tx
    .updateTable("imports")
    .set({
      bytes_done: sql<number>`least(bytes_total, ${progress.bytesDone}::bigint)`,
      rows_read: progress.rowsRead,
      rows_added: progress.rowsAdded,
      rows_duplicate: progress.rowsDuplicate,
      rows_invalid: progress.rowsInvalid,
    })
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
}

export async function endImport(
  tx: Tx,
  id: number,
  end: {
    state: Extract<ImportState, "failed" | "cancelled">;
    error: { code: string; detail: object } | null;
    at: Date;
  },
): Promise<void> {
  await tx
    .updateTable("imports")
    .set({
      state: end.state,
      error: end.error && JSON.stringify(end.error),
      ended_at: end.at,
      rows_added: 0,
      error_path: null,
    })
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
}

/** The uploaded file is gone: it has served, and holds personal data. */
export async function forgetFile(tx: Tx, id: number): Promise<void> {
  await tx.updateTable("imports").set({ path: null }).where("id", "=", id).execute();
}

/** Takes away uploads older than this that were never imported; returns their files. */
export async function forgetUploads(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx
    .deleteFrom("imports")
    .where("state", "=", "uploaded")
    .where("created_at", "<", before)
    .returning("path")
    .execute();
  return rows.flatMap(({ path }) => path ?? []);
}

/** Files that some import still names. */
export async function uploadedPaths(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("imports").select("path").where("path", "is not", null).execute();
  return rows.flatMap(({ path }) => path ?? []);
}

export interface ImportedRange {
  importId: number;
  firstLeadId: number;
  lastLeadId: number;
}

const neverDialled = sql`leads.attempts = 0 and last_attempt_at is null and status in ('ready', 'done', 'excluded')`;

/** Removes the import's leads in [from, until) that were never dialled. */
export async function removeUndialled(
  tx: Tx,
  importId: number,
  from: number,
  until: number,
): Promise<number> {
  // Waits for whoever is about to take them from the queue.
  await sql`delete from lead_queue q using leads
    where leads.id >= ${from} and leads.id < ${until} and leads.import_id = ${importId} and ${neverDialled}
      and q.lead_id = leads.id`.execute(tx);
  const result = await sql`delete from leads
    where id >= ${from} and id < ${until} and import_id = ${importId} and ${neverDialled}
      and not ${isHeld}`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Why the leads that are left stay. */
export async function countKept(db: Db, range: ImportedRange): Promise<UndoResult["kept"]> {
  const { rows } = await sql<{ reason: UndoResult["kept"][number]["reason"]; leads: number }>`
    select case when ${isHeld} then 'open-call' when status = 'callback' then 'callback' else 'dialled' end
      as reason, count(*) as leads
    from leads where id between ${range.firstLeadId} and ${range.lastLeadId} and import_id = ${range.importId}
    group by 1 order by 1`.execute(db);
  return rows;
}

export async function markUndone(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.updateTable("imports").set({ state: "undone", ended_at: at }).where("id", "=", id).execute();
}
