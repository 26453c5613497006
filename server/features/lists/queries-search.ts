/** Leads by the page, by id and one after the other. */
import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import type { Page } from "../../../shared/common.ts";
import { type LeadFilter, type LeadRow, type LeadStatus, leadStatuses } from "../../../shared/lists.ts";
import { inStatus, type Lead, leadStatus, presentLead } from "./lead-row.ts";
import { countLeads } from "./queries-counts.ts";

export type LeadSearch = LeadFilter & {
  /** `search` as a whole number, E.164. */
  phone?: string | undefined;
  /** Ids of the import in question. */
  idRange?: readonly [number, number] | undefined;
};

/** Counting stops here: the page says "10,000 or more". */
export const countLimit = 10_000;

const likePrefix = (text: string) => `${escapeLike(text)}%`;

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
    return { items: rows.map(presentLead), total };
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
      items.push(...rows.map(presentLead));
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
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(presentLead));
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
