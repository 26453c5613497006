import { sql } from "kysely";
import type { Scope } from "../../../shared/permissions.ts";
import type { OrgUnit, OrgUnitInput } from "../../../shared/users.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";

export async function listOrgUnits(db: Db): Promise<OrgUnit[]> {
  const rows = await db.selectFrom("org_units").select(["id", "parent_id", "name"]).orderBy("name").execute();
  return rows.map(({ id, parent_id, name }) => ({ id, parentId: parent_id, name }));
}

/** Is `id` the unit `below` itself or one under it? */
async function isWithin(tx: Tx, id: number, below: number): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    with recursive up as (
      select id, parent_id from org_units where id = ${id}
      union select parent.id, parent.parent_id from org_units parent join up on parent.id = up.parent_id
    ) select id from up where id = ${below}`.execute(tx);
  return rows.length > 0;
}

export async function saveOrgUnit(tx: Tx, id: number | undefined, input: OrgUnitInput): Promise<OrgUnit> {
  // One writer at a time: two moves that are each right may make a ring together.
  await sql`lock table org_units in share row exclusive mode`.execute(tx);
  const { name, parentId } = input;
  const same = await tx
    .selectFrom("org_units")
    .select("id")
    .where("name", "=", name)
    .where("parent_id", parentId === null ? "is" : "=", parentId)
    .executeTakeFirst();
  if (same && same.id !== id)
    throw conflict("org-unit-name-taken", `There is a unit ${name} here already.`, { name });
  if (parentId !== null) {
    const parent = await tx
      .selectFrom("org_units")
      .select("id")
      .where("id", "=", parentId)
      .executeTakeFirst();
    if (!parent) throw notFound("unit", parentId);
    if (id !== undefined && (await isWithin(tx, parentId, id)))
      throw invalid("org-unit-ring", "A unit cannot stand under itself.");
  }
  const values = { name, parent_id: parentId };
  const saved =
    id === undefined
      ? await tx.insertInto("org_units").values(values).returning("id").executeTakeFirst()
      : await tx.updateTable("org_units").set(values).where("id", "=", id).returning("id").executeTakeFirst();
  if (!saved) throw notFound("unit", id);
  return { id: saved.id, parentId, name };
}

export async function deleteOrgUnit(tx: Tx, id: number): Promise<void> {
  const used = await sql<{ used: boolean }>`
    select exists (select from users where org_unit_id = ${id})
        or exists (select from org_units where parent_id = ${id}) as used`.execute(tx);
  if (used.rows[0]?.used)
    throw conflict("org-unit-in-use", "The unit has people or units: move them first.", { id });
  const { numDeletedRows } = await tx.deleteFrom("org_units").where("id", "=", id).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound("unit", id);
}

/**
 * The people whose records `principal` may see, by data scope: `"all"`, or their user ids, always with one's own.
 * A person outside every unit has a group of one.
 */
export async function visibleUserIds(
  db: Db,
  principal: { userId: number; orgUnitId: number | null; scope: Scope },
): Promise<"all" | number[]> {
  const { userId, orgUnitId, scope } = principal;
  if (scope === "all") return "all";
  if (scope === "own" || orgUnitId === null) return [userId];
  const { rows } = await sql<{ id: number }>`
    with recursive units as (
      select id from org_units where id = ${orgUnitId}
      union select child.id from org_units child join units on child.parent_id = units.id and ${scope === "subtree"}
    ) select users.id from users join units on users.org_unit_id = units.id`.execute(db);
  return [...new Set([userId, ...rows.map(({ id }) => id)])].sort((a, b) => a - b);
}

/** The units whose people `principal` may see as a whole: `"all"`, or their ids. */
export async function visibleUnitIds(
  db: Db,
  { orgUnitId, scope }: { orgUnitId: number | null; scope: Scope },
): Promise<"all" | number[]> {
  if (scope === "all") return "all";
  if (scope === "own" || orgUnitId === null) return [];
  const { rows } = await sql<{ id: number }>`
    with recursive units as (
      select id from org_units where id = ${orgUnitId}
      union select child.id from org_units child join units on child.parent_id = units.id and ${scope === "subtree"}
    ) select id from units`.execute(db);
  return rows.map(({ id }) => id);
}
