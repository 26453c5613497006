import type { NamedFilter } from "../../../../shared/lead-conditions.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import "../tables.ts";

export async function namedFilters(db: Db): Promise<NamedFilter[]> {
  return db.selectFrom("lead_filters").select(["id", "name", "conditions"]).orderBy("name").execute();
}

/** A filter of this name is replaced. */
export async function saveNamedFilter(
  tx: Tx,
  input: Omit<NamedFilter, "id">,
  byUserId: number | null,
): Promise<NamedFilter> {
  const conditions = JSON.stringify(input.conditions);
  return tx
    .insertInto("lead_filters")
    .values({ name: input.name, conditions, created_by: byUserId })
    .onConflict((oc) => oc.column("name").doUpdateSet({ conditions, created_by: byUserId }))
    .returning(["id", "name", "conditions"])
    .executeTakeFirstOrThrow();
}

/** False when there is none. */
export async function removeNamedFilter(tx: Tx, id: number): Promise<boolean> {
  const result = await tx.deleteFrom("lead_filters").where("id", "=", id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
