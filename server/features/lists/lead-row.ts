/** A lead as people see it: one that a call holds is `claimed`. */
import { type Selectable, sql } from "kysely";
import type { LeadRow, LeadStatus } from "../../../shared/lists.ts";
import type { LeadsTable } from "./tables.ts";

export type Lead = Omit<Selectable<LeadsTable>, "status"> & { list_name: string; status: LeadStatus };

/** A call holds the lead; of the table `leads`. */
export const isHeld = sql<boolean>`exists (select from lead_claims c where c.lead_id = leads.id and not c.buffered)`;
/** What people see: a lead that a call holds is `claimed`. */
export const leadStatusOf = (alias: string) => sql<LeadStatus>`case
  when exists (select from lead_claims c where c.lead_id = ${sql.ref(`${alias}.id`)} and not c.buffered) then 'claimed'
  else ${sql.ref(`${alias}.status`)} end`;
export const leadStatus = leadStatusOf("leads");

const dueText = (due: Date | number) => (due instanceof Date ? due.toISOString() : null);

/** For lists of leads. */
export function presentLead(row: Lead): LeadRow {
  return {
    id: row.id,
    listId: row.list_id,
    listName: row.list_name,
    name: row.name,
    phone: row.phone,
    morePhones: row.more_phones,
    timeZone: row.time_zone,
    status: row.status,
    priority: row.priority,
    dueAt: dueText(row.due_at),
    attempts: row.attempts,
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    lastOutcome: row.last_outcome,
    ownerUserId: row.owner_user_id,
  };
}

/** Of the table `leads`. */
export const inStatus = (status: LeadStatus) => {
  if (status === "claimed")
    return sql<boolean>`leads.id in (select lead_id from lead_claims where not buffered)`;
  return status === "ready"
    ? sql<boolean>`leads.status = 'ready' and not ${isHeld}`
    : sql<boolean>`leads.status = ${status}`;
};
