import { type Selectable, sql } from "kysely";
import type { z } from "zod";
import type { Db, Tx } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import type { Page } from "../../../shared/common.ts";
import type { LeadCounts, ListColumn, listFilter, ListInput, ListRow } from "../../../shared/lists.ts";
import { countLeads } from "./queries-counts.ts";
import type { ListsTable } from "./tables.ts";

function present(row: Selectable<ListsTable>, leads: LeadCounts): ListRow {
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    country: row.country,
    columns: row.columns,
    leads,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}

async function withCounts(db: Db, rows: Selectable<ListsTable>[]): Promise<ListRow[]> {
  const counts = await countLeads(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => present(row, counts.get(row.id)!));
}

export async function findList(db: Db, id: number): Promise<ListRow | undefined> {
  const rows = await db.selectFrom("lists").selectAll().where("id", "=", id).execute();
  return (await withCounts(db, rows))[0];
}

/** Newest first. */
export async function findLists(db: Db, filter: z.output<typeof listFilter>): Promise<Page<ListRow>> {
  let query = db.selectFrom("lists").where("archived_at", filter.archived ? "is not" : "is", null);
  if (filter.search) query = query.where("name", "ilike", `%${escapeLike(filter.search)}%`);
  const count = await query.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy("id", "desc")
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute();
  return { items: await withCounts(db, rows), total: count.n };
}

export async function listNameTaken(db: Db, name: string, exceptId = 0): Promise<boolean> {
  const row = await db
    .selectFrom("lists")
    .select("id")
    .where("name", "=", name)
    .where("archived_at", "is", null)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

const columnsOf = (input: ListInput) => ({
  name: input.name,
  note: input.note,
  country: input.country,
  columns: JSON.stringify(input.columns),
});

export async function insertList(tx: Tx, input: ListInput, byUserId: number | null): Promise<number> {
  const row = await tx
    .insertInto("lists")
    .values({ ...columnsOf(input), created_by: byUserId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateList(tx: Tx, id: number, input: ListInput): Promise<void> {
  await tx.updateTable("lists").set(columnsOf(input)).where("id", "=", id).execute();
}

export async function saveListColumns(tx: Tx, id: number, columns: readonly ListColumn[]): Promise<void> {
  await tx
    .updateTable("lists")
    .set({ columns: JSON.stringify(columns) })
    .where("id", "=", id)
    .execute();
}

export async function setListArchived(tx: Tx, id: number, at: Date | null): Promise<void> {
  await tx.updateTable("lists").set({ archived_at: at }).where("id", "=", id).execute();
}

/** Keeps the list from being deleted until the transaction ends. */
export async function lockList(tx: Tx, id: number): Promise<void> {
  await tx.selectFrom("lists").select("id").where("id", "=", id).forKeyShare().execute();
}

/** False while it has a lead or a running import. */
export async function deleteEmptyList(tx: Tx, id: number): Promise<boolean> {
  const result = await sql`delete from lists where id = ${id}
    and not exists (select from leads where list_id = ${id})
    and not exists (select from imports where list_id = ${id} and state = 'running')`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}
