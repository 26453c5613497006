import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";
import { numberKindOf } from "./lead-kinds.ts";
import "./tables.ts";

/** So many leads in one transaction: a fraction of a second. */
const stepLeads = 2_000;

/**
 * Finds the kind of the first number of leads behind id `after` that have none yet: those of before the column, and those
 * that came or were changed by another way than an import. The last id of this step; null: there are no more.
 */
export async function findNumberKinds(tx: Tx, after: number): Promise<number | null> {
  // Waits for nobody, so that no two who change many leads wait in a circle; who is passed over comes next time.
  const leads = await tx
    .selectFrom("leads")
    .select(["id", "phone", "phone_kinds"])
    .where("number_kind", "is", null)
    .where("id", ">", after)
    .orderBy("id")
    .limit(stepLeads)
    .forUpdate()
    .skipLocked()
    .execute();
  if (leads.length === 0) return null;
  // A number that was changed meanwhile is left for the next time.
  await sql`
    update leads l set number_kind = f.kind
    from unnest(${leads.map((lead) => lead.id)}::bigint[], ${leads.map((lead) => lead.phone)}::text[],
      ${leads.map((lead) => numberKindOf(lead.phone, lead.phone_kinds))}::text[]) as f (id, phone, kind)
    where l.id = f.id and l.phone = f.phone and l.number_kind is null`.execute(tx);
  return leads.at(-1)!.id;
}
