import type { Db } from "../../kernel/db.ts";
import "./tables.ts";

/** What the list tells of a lead besides name and numbers, by column; empty when it is gone. */
export async function leadFields(db: Db, leadId: number): Promise<Record<string, string>> {
  const row = await db.selectFrom("leads").select("fields").where("id", "=", leadId).executeTakeFirst();
  return row?.fields ?? {};
}
