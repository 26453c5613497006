import { type Selectable, sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Page } from "../../../shared/common.ts";
import {
  type LeadDetail,
  type LeadFilter,
  type LeadRow,
  type LeadStatus,
  leadStatuses,
  type ListColumn,
} from "../../../shared/lists.ts";
import { kindsOf } from "./lead-kinds.ts";
import { countLeads } from "./queries-counts.ts";
import type { LeadsTable } from "./tables.ts";

type Lead = Omit<Selectable<LeadsTable>, "status"> & { list_name: string; status: LeadStatus };

/** A call holds the lead; of the table `leads`. */
export const isHeld = sql<boolean>`exists (select from lead_claims c where c.lead_id = leads.id)`;
/** What people see: a lead that a call holds is `claimed`. */
export const leadStatusOf = (alias: string) => sql<LeadStatus>`case
  when exists (select from lead_claims c where c.lead_id = ${sql.ref(`${alias}.id`)}) then 'claimed'
  else ${sql.ref(`${alias}.status`)} end`;
export const leadStatus = leadStatusOf("leads");

const dueText = (due: Date | number) => (due instanceof Date ? due.toISOString() : null);

function present(row: Lead): LeadRow {
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

export type LeadSearch = LeadFilter & {
  /** `search` as a whole number, E.164. */
  phone?: string | undefined;
  /** Ids of the import in question. */
  idRange?: readonly [number, number] | undefined;
};

/** Counting stops here: the page says "10,000 or more". */
export const countLimit = 10_000;

const likePrefix = (text: string) => `${text.replaceAll(/[\\%_]/g, "\\$&")}%`;

const inStatus = (status: LeadStatus) => {
  if (status === "claimed") return sql<boolean>`leads.id in (select lead_id from lead_claims)`;
  return status === "ready"
    ? sql<boolean>`leads.status = 'ready' and not ${isHeld}`
    : sql<boolean>`leads.status = ${status}`;
};

/** By name when something is searched by name, else by number or in the order of import. */
function filtered(db: Db, search: LeadSearch) {
  let query = db.selectFrom("leads").innerJoin("lists", "lists.id", "leads.list_id");
  if (search.listId !== undefined) query = query.where("leads.list_id", "=", search.listId);
  if (search.status !== undefined) query = query.where(inStatus(search.status));
  if (search.importId !== undefined && search.idRange)
    query = query
      .where("leads.id", ">=", search.idRange[0])
      .where("leads.id", "<=", search.idRange[1])
      .where("leads.import_id", "=", search.importId);
  if (search.outcome !== undefined) query = query.where("leads.last_outcome", "=", search.outcome);
  if (search.ownerUserId !== undefined) query = query.where("leads.owner_user_id", "=", search.ownerUserId);
  const text = search.search;
  if (!text) return query;
  if (search.phone !== undefined) return query.where("leads.phone", "=", search.phone);
  return query.where(
    text.startsWith("+") ? "leads.phone" : sql`leads.name collate "C"`,
    "like",
    likePrefix(text),
  );
}

/** Only the list and status: the counts know how many. */
async function quickTotal(db: Db, search: LeadSearch): Promise<number | undefined> {
  const { listId, status, importId, outcome, ownerUserId, search: text } = search;
  const isNarrower = importId !== undefined || outcome !== undefined || ownerUserId !== undefined || !!text;
  if (listId === undefined || isNarrower) return undefined;
  return (await countLeads(db, [listId])).get(listId)?.[status ?? "total"];
}

/**
 * A page of leads. A list of ten million answers in milliseconds when it is narrowed by nothing, a status, a
 * number or the beginning of a name; by an outcome alone it walks the list until the page is full.
 */
export async function findLeads(db: Db, search: LeadSearch): Promise<Page<LeadRow>> {
  const offset = (search.page - 1) * search.pageSize;
  const total =
    (await quickTotal(db, search)) ??
    (
      await db
        .selectFrom(filtered(db, search).select("leads.id").limit(countLimit).as("counted"))
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n;
  const columns = filtered(db, search)
    .selectAll("leads")
    .select(["lists.name as list_name", leadStatus.as("status")]);
  // Each status is a range of `leads_by_status`; one after the other they need no sort of the whole list.
  const isWholeList = search.listId !== undefined && search.status === undefined && !search.search;
  if (!isWholeList || search.importId !== undefined) {
    const order = search.search && search.phone === undefined && !search.search.startsWith("+");
    const sorted = order
      ? columns.orderBy(sql`leads.name collate "C"`).orderBy("leads.id")
      : columns.orderBy("leads.id");
    const rows = await sorted.limit(search.pageSize).offset(offset).execute();
    return { items: rows.map(present), total };
  }
  const items: LeadRow[] = [];
  const counts = (await countLeads(db, [search.listId!])).get(search.listId!);
  let skip = offset;
  for (const status of leadStatuses) {
    const standing = counts?.[status] ?? 0;
    if (skip >= standing) skip -= standing;
    else {
      const rows = await columns
        .where(inStatus(status))
        .orderBy("leads.id")
        .limit(search.pageSize - items.length)
        .offset(skip)
        .execute();
      items.push(...rows.map(present));
      skip = 0;
    }
    if (items.length >= search.pageSize) break;
  }
  return { items, total };
}

/** These leads, in the given order. */
export async function leadsById(db: Db, ids: readonly number[]): Promise<LeadRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("leads")
    .innerJoin("lists", "lists.id", "leads.list_id")
    .selectAll("leads")
    .select(["lists.name as list_name", leadStatus.as("status")])
    .where("leads.id", "in", ids)
    .execute();
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(present));
}

/** All leads of a list in batches, for exports; the order is that of status and import. */
export async function* eachLead(
  db: Db,
  listId: number,
  statuses: readonly LeadStatus[] = leadStatuses,
): AsyncGenerator<Lead[]> {
  for (const status of statuses)
    for (let after = 0; ;) {
      const rows: Lead[] = await db
        .selectFrom("leads")
        .innerJoin("lists", "lists.id", "leads.list_id")
        .selectAll("leads")
        .select(["lists.name as list_name", leadStatus.as("status")])
        .where("leads.list_id", "=", listId)
        .where(inStatus(status))
        .where("leads.id", ">", after)
        .orderBy("leads.id")
        .limit(2_000)
        .execute();
      if (rows.length === 0) break;
      yield rows;
      after = rows.at(-1)!.id;
    }
}

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
    ...present(row),
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
  await tx.deleteFrom("lead_queue").where("lead_id", "=", id).execute();
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
