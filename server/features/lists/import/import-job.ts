import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { Language } from "../../../../shared/common.ts";
import type { ImportOptions, RowReason } from "../../../../shared/imports.ts";
import { watchDatabase } from "../../../kernel/db-watch.ts";
import { invalid } from "../../../kernel/errors.ts";
import { createErrorFile } from "./error-file.ts";
import { NumberSet } from "./number-set.ts";
import { openTable } from "./open-table.ts";
import { type LeadDraft, rowReader } from "./row-to-lead.ts";
import { copyIntoStaging, copyLine, makeStaging, stagingTable } from "./staging.ts";
import { writeLeads, type WrittenLeads } from "./write-leads.ts";

export interface ImportJob {
  databaseUrl: string;
  importId: number;
  listId: number;
  path: string;
  format: "csv" | "xlsx";
  options: ImportOptions;
  errorPath: string;
  language: Language;
}

export interface ImportProgress {
  step: "reading" | "writing";
  bytesDone: number;
  rowsRead: number;
  rowsAdded: number;
  rowsDuplicate: number;
  rowsInvalid: number;
}

export type ImportResult = WrittenLeads & {
  rowsRead: number;
  rowsDuplicate: number;
  rowsInvalid: number;
  errorRows: number;
};

/** More rows than this need files of their own: the set of numbers of one import takes 16 bytes a row. */
const maxRows = 20_000_000;
const batchRows = 2_000;

interface Candidate {
  row: number;
  lead: LeadDraft;
  cells: string[];
}

/** Which of these numbers are on the list itself, and which on others that count. */
async function knownNumbers(client: pg.ClientBase, candidates: readonly Candidate[], job: ImportJob) {
  const { duplicates } = job.options;
  const lists = duplicates.scope === "lists" ? [job.listId, ...duplicates.otherListIds] : [job.listId];
  const { rows } = await client.query<{ phone: string; own: boolean }>(
    `select phone, bool_or(list_id = $3) as own from leads
     where phone = any($1::text[]) and list_id = any($2::integer[]) group by phone`,
    [candidates.map(({ lead }) => lead.phone), lists, job.listId],
  );
  return new Map(rows.map(({ phone, own }) => [phone, own ? ("own" as const) : ("other" as const)]));
}

/** Everything of an import but the state of its row; throws what went wrong. `isCancelled` is asked between batches. */
export async function runImportJob(
  job: ImportJob,
  onProgress: (progress: ImportProgress) => void,
  isCancelled: () => boolean,
): Promise<ImportResult> {
  await using stack = new AsyncDisposableStack();
  const name = `waihu import ${randomBytes(6).toString("hex")}`;
  const watch = stack.use(watchDatabase(job.databaseUrl, name));
  const connect = () =>
    connectTo(new watch.Client({ connectionString: job.databaseUrl, application_name: name }));
  const reader = await connect();
  stack.defer(() => reader.end());
  stack.defer(async () => {
    await reader.query(`drop table if exists ${stagingTable(job.importId)}`).catch(() => undefined);
  });
  const writer = await connect();
  // Cut rather than closed: a COPY or a transaction left open by a failure must not outlive it.
  stack.defer(() => void writer.connection.stream.destroy());
  const counts = { rowsRead: 0, rowsDuplicate: 0, rowsInvalid: 0 };
  const checkCancelled = () => {
    if (isCancelled()) throw invalid("import-cancelled", "The import was cancelled.");
  };

  await makeStaging(writer, job.importId);
  const errors = await stage(job, { writer, reader, counts, onProgress, checkCancelled });

  const report = (rowsAdded: number) =>
    onProgress({ step: "writing", bytesDone: Number.MAX_SAFE_INTEGER, rowsAdded, ...counts });
  report(0);
  await writer.query("begin");
  const written = await writeLeads(writer, job, (rows) => {
    checkCancelled();
    report(Math.min(rows, counts.rowsRead));
  });
  // What another writer put on the list between our look and now.
  const stagedNew = await writer.query<{ n: number }>(
    `select count(*) as n from ${stagingTable(job.importId)} where not known`,
  );
  counts.rowsDuplicate += stagedNew.rows[0]!.n - written.added;
  await finishRow(writer, job, { ...written, ...counts, errorRows: errors });
  await writer.query("commit");
  return { ...written, ...counts, errorRows: errors };
}

/** The driver's connection, which its types leave out. */
type Client = pg.Client & { readonly connection: { readonly stream: Socket } };

async function connectTo(client: pg.Client): Promise<Client> {
  // A broken connection is told by the query that meets it.
  client.on("error", () => undefined);
  await client.connect();
  return client as Client;
}

/** The import's row says done in the same transaction as the leads: after a crash it is all there or nothing. */
async function finishRow(client: pg.ClientBase, job: ImportJob, result: ImportResult): Promise<void> {
  await client.query(
    `update imports set state = 'done', bytes_done = bytes_total, rows_read = $2, rows_added = $3,
      rows_updated = $4, rows_duplicate = $5, rows_invalid = $6, first_lead_id = $7, last_lead_id = $8,
      error_path = case when $9 > 0 then error_path end, ended_at = now()
    where id = $1`,
    [
      job.importId,
      result.rowsRead,
      result.added,
      result.updated,
      result.rowsDuplicate,
      result.rowsInvalid,
      result.firstLeadId,
      result.lastLeadId,
      result.errorRows,
    ],
  );
}

interface Staging {
  writer: pg.Client;
  reader: pg.Client;
  counts: { rowsRead: number; rowsDuplicate: number; rowsInvalid: number };
  onProgress: (progress: ImportProgress) => void;
  checkCancelled: () => void;
}

/** Reads the file into the staging table and what is no lead into the error file; returns the rows of the latter. */
async function stage(job: ImportJob, staging: Staging): Promise<number> {
  const { writer, reader, counts } = staging;
  const { options } = job;
  const table = openTable({ ...options, path: job.path, format: job.format });
  let headers = options.columns.map((column, i) => column.label ?? column.key ?? `${i + 1}`);
  await using errors = createErrorFile(job.errorPath, () => headers, job.language);
  const copy = copyIntoStaging(writer, job.importId);
  const toLead = rowReader(options);
  const seen = new NumberSet();
  const lookUp = await hasLeads(reader, job);
  let batch: Candidate[] = [];

  const refuse = async (row: number, reason: RowReason, cells: readonly string[]) => {
    if (reason.startsWith("duplicate")) counts.rowsDuplicate++;
    else counts.rowsInvalid++;
    await errors.add(row, reason, cells);
  };
  const flush = async () => {
    const known = lookUp ? await knownNumbers(reader, batch, job) : undefined;
    let lines = "";
    for (const { row, lead, cells } of batch) {
      const place = known?.get(lead.phone);
      if (place === "other") await refuse(row, "duplicate-in-other-list", cells);
      else if (place === "own" && options.duplicates.action === "skip")
        await refuse(row, "duplicate-in-list", cells);
      else lines += copyLine(row, lead, place === "own");
    }
    batch = [];
    if (lines !== "") await copy.write(lines);
    staging.onProgress({ step: "reading", bytesDone: table.bytesRead(), rowsAdded: 0, ...counts });
    // Lets a cancel come through.
    await setImmediate();
    staging.checkCancelled();
  };

  let row = 0;
  for await (const cells of table) {
    row++;
    if (row === 1 && options.hasHeader) {
      headers = cells;
      continue;
    }
    if (++counts.rowsRead > maxRows)
      throw invalid("import-too-many-rows", `A file may have ${maxRows} rows; split this one.`, { maxRows });
    const lead = toLead(cells);
    if (typeof lead === "string") await refuse(row, lead, cells);
    else if (!seen.add(lead.phone)) await refuse(row, "duplicate-in-file", cells);
    else batch.push({ row, lead, cells });
    if (batch.length >= batchRows || row % (batchRows * 4) === 0) await flush();
  }
  await flush();
  await copy.end();
  return errors.rows;
}

/** An empty list needs no look-ups. */
async function hasLeads(client: pg.ClientBase, job: ImportJob): Promise<boolean> {
  const { scope, otherListIds } = job.options.duplicates;
  const lists = scope === "lists" ? [job.listId, ...otherListIds] : [job.listId];
  const { rows } = await client.query("select 1 from leads where list_id = any($1::integer[]) limit 1", [
    lists,
  ]);
  return rows.length > 0;
}
