import type { Database } from "../../../kernel/db.ts";
import { conflict, notFound } from "../../../kernel/errors.ts";
import type { UndoResult } from "../../../../shared/imports.ts";
import { countKept, findImport, markUndone, removeUndialled } from "./queries.ts";

const stepIds = 20_000;

/**
 * Takes an import back: its leads that were never dialled go, those that were stay, and the answer says how many and
 * why. In steps of a transaction each, so that nobody who dials waits. Errors: `import-not-done` 409.
 */
export async function undoImport(database: Database, importId: number, at: Date): Promise<UndoResult> {
  const row = await findImport(database.db, importId);
  if (!row) throw notFound("import", importId);
  if (row.state !== "done")
    throw conflict("import-not-done", `Only a finished import can be undone; this one is ${row.state}.`, {
      state: row.state,
    });
  const { first_lead_id: firstLeadId, last_lead_id: lastLeadId } = row;
  let removed = 0;
  let kept: UndoResult["kept"] = [];
  if (firstLeadId !== null && lastLeadId !== null) {
    for (let from = firstLeadId; from <= lastLeadId; from += stepIds)
      removed += await database.transact((tx) =>
        removeUndialled(tx, importId, from, Math.min(from + stepIds, lastLeadId + 1)),
      );
    kept = await countKept(database.db, { importId, firstLeadId, lastLeadId });
  }
  await database.transact((tx) => markUndone(tx, importId, at));
  return { removed, kept };
}
