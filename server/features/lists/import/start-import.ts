import type { Db, Tx } from "../../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../../kernel/errors.ts";
import type { ImportOptions } from "../../../../shared/imports.ts";
import { findList, saveListColumns } from "../queries-lists.ts";
import { beginImport, findImport, type StoredImport } from "./queries.ts";

export async function requireImport(db: Db, id: number): Promise<StoredImport> {
  const row = await findImport(db, id);
  if (!row) throw notFound("import", id);
  return row;
}

/**
 * Marks the import as running and gives its list the columns it brings; the caller enqueues it when the transaction
 * has committed. Errors: `import-no-phone-column` 422, `import-not-uploaded` 409, `list-archived` 409.
 */
export async function startImport(
  tx: Tx,
  id: number,
  options: ImportOptions,
  at: Date,
): Promise<StoredImport> {
  const row = await requireImport(tx, id);
  if (!options.columns.some((column) => column.role === "phone"))
    throw invalid("import-no-phone-column", "Say which column holds the telephone number.");
  const list = await findList(tx, row.list_id);
  if (!list) throw notFound("list", row.list_id);
  if (list.archivedAt !== null) throw conflict("list-archived", "The list is archived.", { list: list.name });
  const known = new Set(list.columns.map((column) => column.key));
  const added = options.columns
    .map((column) => ({ ...column, key: column.key ?? column.label }))
    .filter((column) => column.role === "field" && column.key !== undefined && !known.has(column.key))
    .map((column) => ({ key: column.key!, label: column.label ?? column.key! }));
  const columns = [...list.columns, ...new Map(added.map((column) => [column.key, column])).values()];
  if (added.length > 0) await saveListColumns(tx, list.id, columns);
  if (!(await beginImport(tx, { id, options, errorPath: `${id}.errors.csv`, at })))
    throw conflict("import-not-uploaded", `This import is ${row.state} already.`, { state: row.state });
  return requireImport(tx, id);
}
