/** Leads of other lists become a list of their own: an import whose source is the database. */
import type { LeadCollection } from "../../../shared/collect-leads.ts";
import type { ListColumn } from "../../../shared/lists.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import type { By } from "./change-lead.ts";
import type { ImportProgress } from "./import/import-job.ts";
import { finishCollection, insertCollection, type StoredImport } from "./import/queries.ts";
import { collectedStatuses, collectStep, countCollected } from "./queries-collect.ts";
import { createList, requireList } from "./save-list.ts";

/** Some tenths of a second. */
const stepLeads = 20_000;

/**
 * Makes the list and the import that will fill it; the caller enqueues it when the transaction has committed. Errors:
 * `list-name-taken` 409, `collect-nothing` 422.
 */
export async function beginCollection(tx: Tx, input: LeadCollection, by: By): Promise<number> {
  const sources = [];
  for (const id of input.listIds) sources.push(await requireList(tx, id));
  const { leads } = await countCollected(tx, input, by.at.getTime());
  if (leads === 0) throw invalid("collect-nothing", "No lead is like this.");
  const columns = new Map<string, ListColumn>();
  for (const column of sources.flatMap((list) => list.columns))
    if (!columns.has(column.key) && columns.size < 200) columns.set(column.key, column);
  const list = await createList(
    tx,
    { name: input.name, note: "", country: sources[0]!.country, columns: [...columns.values()] },
    by.userId,
  );
  const from = sources.map(({ name }) => name).join(", ");
  return insertCollection(tx, {
    listId: list.id,
    from: from.length > 200 ? `${from.slice(0, 199)}…` : from,
    options: input,
    leads,
    byUserId: by.userId,
    at: by.at,
  });
}

/** Copies the leads in steps, all in one transaction: a crash leaves nothing half done. Throws when it is stopped. */
export async function collectLeads(
  database: Database,
  row: StoredImport,
  clock: Clock,
  onProgress: (progress: ImportProgress) => void,
  isStopped: () => boolean,
): Promise<{ seen: number; added: number }> {
  const collection = row.options as LeadCollection;
  // So that a second try finds the same leads.
  const now = row.started_at?.getTime() ?? clock.now();
  const sum = { seen: 0, added: 0, firstLeadId: null as number | null, lastLeadId: null as number | null };
  return database.transact(async (tx) => {
    for (const fromListId of collection.listIds)
      for (const status of collectedStatuses(collection))
        for (let after = 0; ;) {
          if (isStopped()) throw invalid("import-cancelled", "The import was cancelled.");
          const step = await collectStep(tx, collection, {
            importId: row.id,
            toListId: row.list_id,
            fromListId,
            status,
            after,
            limit: stepLeads,
            now,
          });
          sum.seen += step.seen;
          sum.added += step.added;
          sum.firstLeadId ??= step.firstNew;
          sum.lastLeadId = step.lastNew ?? sum.lastLeadId;
          const counts = { rowsRead: sum.seen, rowsAdded: sum.added, rowsDuplicate: sum.seen - sum.added };
          onProgress({ step: "writing", bytesDone: sum.seen, rowsInvalid: 0, ...counts });
          if (step.seen < stepLeads) break;
          after = step.lastId!;
        }
    await finishCollection(tx, row.id, { ...sum, at: new Date(clock.now()) });
    return { seen: sum.seen, added: sum.added };
  });
}
