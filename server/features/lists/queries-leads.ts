/** One lead: what is known of it, and what people do to it. */
import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { LeadDetail, ListColumn } from "../../../shared/lists.ts";
import { kindsOf } from "./lead-kinds.ts";
import { isHeld, type Lead, leadStatus, presentLead } from "./lead-row.ts";

function fieldsOf(columns: readonly ListColumn[], fields: Record<string, string>): LeadDetail["fields"] {
  const known = columns.map(({ key, label }) => ({ key, label, value: fields[key] ?? "" }));
  const others = Object.entries(fields).filter(([key]) => !columns.some((column) => column.key === key));
  return [...known, ...others.map(([key, value]) => ({ key, label: key, value }))];
}

function numbersOf(row: Lead): LeadDetail["numbers"] {
  const phones = [row.phone, ...row.more_phones];
  const kinds = kindsOf(phones, row.phone_kinds);
  return phones.map((phone, i) => ({
    phone,
    kind: kinds[i]!,
    givenUp: row.invalid_phones.includes(phone),
    last: row.phone_memory[phone] ?? null,
  }));
}

/** A lead with its columns in the list's order and what people did to it. */
export async function findLead(db: Db, id: number): Promise<LeadDetail | undefined> {
  const row = await db
    .selectFrom("leads")
    .innerJoin("lists", "lists.id", "leads.list_id")
    .selectAll("leads")
    .select(["lists.name as list_name", "lists.columns as list_columns", leadStatus.as("status")])
    .where("leads.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const history = await db
    .selectFrom("lead_events as e")
    .leftJoin("users as u", "u.id", "e.by_user_id")
    .select(["e.at", "e.type", "e.data", "u.name"])
    .where("e.lead_id", "=", id)
    .orderBy("e.id")
    .execute();
  const origin = await db
    .selectFrom("leads as o")
    .innerJoin("lists as l", "l.id", "o.list_id")
    .select(["o.id", "l.id as listId", "l.name as listName"])
    .where("o.id", "=", row.origin_lead_id)
    .executeTakeFirst();
  return {
    ...presentLead(row),
    numbers: numbersOf(row),
    origin: origin ?? null,
    fields: fieldsOf(row.list_columns, row.fields),
    customerId: row.customer_id,
    importId: row.import_id,
    dispositionId: row.disposition_id,
    statusReason: row.status_reason,
    createdAt: row.created_at.toISOString(),
    history: history.map(({ at, type, data, name }) => ({ at: at.toISOString(), type, data, byUser: name })),
  };
}

export interface NewLead {
  listId: number;
  name: string;
  phone: string;
  morePhones: readonly string[];
  phoneKinds: readonly string[];
  timeZone: string;
  priority: number;
  fields: Record<string, string>;
}

/** undefined: the number is on the list already. */
export async function insertLead(tx: Tx, lead: NewLead): Promise<number | undefined> {
  const row = await tx
    .insertInto("leads")
    .values({
      list_id: lead.listId,
      name: lead.name,
      phone: lead.phone,
      more_phones: [...lead.morePhones],
      phone_kinds: [...lead.phoneKinds],
      time_zone: lead.timeZone,
      priority: lead.priority,
      fields: JSON.stringify(lead.fields),
      customer_id: sql<number>`(select customer_id from customer_phones where phone = ${lead.phone})`,
    })
    .onConflict((oc) => oc.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export interface LeadPatch {
  name?: string;
  phone?: string;
  morePhones?: readonly string[];
  phoneKinds?: readonly string[];
  timeZone?: string;
  priority?: number;
  fields?: Record<string, string>;
  ownerUserId?: number | null;
  dueAt?: Date | null;
}

export async function updateLead(tx: Tx, id: number, patch: LeadPatch): Promise<void> {
  const { morePhones, fields, dueAt } = patch;
  await tx
    .updateTable("leads")
    .set({
      ...(patch.name !== undefined && { name: patch.name }),
      ...(patch.phone !== undefined && { phone: patch.phone, next_phone: null }),
      ...(morePhones !== undefined && { more_phones: [...morePhones] }),
      ...(patch.phoneKinds !== undefined && { phone_kinds: [...patch.phoneKinds] }),
      ...(patch.timeZone !== undefined && { time_zone: patch.timeZone }),
      ...(patch.priority !== undefined && { priority: patch.priority }),
      ...(fields !== undefined && { fields: JSON.stringify(fields) }),
      ...(patch.ownerUserId !== undefined && { owner_user_id: patch.ownerUserId }),
      ...(dueAt !== undefined && { due_at: dueAt ?? "-infinity" }),
    })
    .where("id", "=", id)
    .execute();
}

/** Moves a lead to another status by a person's hand; false when it is in a call. */
export async function setLeadStatus(
  tx: Tx,
  id: number,
  change: { to: "ready" | "excluded"; reason: string | null },
): Promise<boolean> {
  const afresh = change.to === "ready" && {
    due_at: "-infinity" as const,
    attempts: 0,
    tries: "{}",
    invalid_phones: [],
    phone_memory: "{}",
    next_phone: null,
  };
  // Waits for whoever is about to take it from the queue.
  await tx.selectFrom("lead_queue").select("lead_id").where("lead_id", "=", id).forUpdate().execute();
  const result = await tx
    .updateTable("leads")
    .set({ status: change.to, status_reason: change.reason, ...afresh })
    .where("id", "=", id)
    .where(sql<boolean>`not ${isHeld}`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The number is dialled again, and what was remembered of it is forgotten. False: it was not given up. */
export async function reviveNumber(tx: Tx, id: number, phone: string): Promise<boolean> {
  const result = await sql`
    update leads set invalid_phones = array_remove(invalid_phones, ${phone}), phone_memory = phone_memory - ${phone}::text
    where id = ${id} and ${phone} = any(invalid_phones)`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

export async function insertLeadEvent(
  tx: Tx,
  event: { leadId: number; at: Date; type: string; byUserId: number | null; data: Record<string, unknown> },
): Promise<void> {
  await tx
    .insertInto("lead_events")
    .values({
      lead_id: event.leadId,
      at: event.at,
      type: event.type,
      by_user_id: event.byUserId,
      data: JSON.stringify(event.data),
    })
    .execute();
}
