import type { BarringInput, BarringRule } from "../../../shared/barring.ts";
import type { Role } from "../../../shared/permissions.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export function listRules(db: Db): Promise<BarringRule[]> {
  return db
    .selectFrom("barring_rules")
    .select(["id", "name", "action", "prefixes", "roles", "hours", "enabled"])
    .orderBy("position")
    .execute();
}

export async function replaceRules(tx: Tx, rules: readonly BarringInput[]): Promise<void> {
  await tx.deleteFrom("barring_rules").execute();
  if (rules.length === 0) return;
  const rows = rules.map((rule, position) => ({
    ...rule,
    position,
    hours: rule.hours && JSON.stringify(rule.hours),
  }));
  await tx.insertInto("barring_rules").values(rows).execute();
}

export async function rolesOf(db: Db, userIds: readonly number[]): Promise<Map<number, Role>> {
  if (userIds.length === 0) return new Map();
  const rows = await db.selectFrom("users").select(["id", "role"]).where("id", "in", userIds).execute();
  return new Map(rows.map(({ id, role }) => [id, role]));
}
