import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Decision, DialFacts } from "./facts.ts";
import "./tables.ts";

export interface DecisionRow {
  callId: string;
  facts: DialFacts;
  decision: Decision;
}

export async function insertDecisions(tx: Tx, rows: readonly DecisionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("decisions")
    .values(
      rows.map(({ callId, facts, decision }) => ({
        call_id: callId,
        at: new Date(facts.at),
        allowed: decision.allowed,
        reasons: JSON.stringify(decision.reasons),
        facts: JSON.stringify(facts),
        rules_version: decision.rulesVersion,
      })),
    )
    .execute();
}

export interface DoNotCallEntry {
  phone: string;
  campaignId: number | null;
  source: string;
  reason: string;
  expiresAt: Date | null;
  createdBy: number | null;
}

/**
 * Adds entries; one that stands already is kept, made wider if the new one lasts longer. Returns how many are new. A lock
 * and an entry that is none stand side by side: lifting the lock leaves the other.
 */
export async function addDoNotCall(tx: Tx, entries: readonly DoNotCallEntry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = entries.map((e) => ({
    phone: e.phone,
    campaign_id: e.campaignId,
    source: e.source,
    reason: e.reason,
    expires_at: e.expiresAt,
    created_by: e.createdBy,
  }));
  const { rows: added } = await sql<{ new: boolean }>`
    insert into do_not_call as d (phone, campaign_id, source, reason, expires_at, created_by)
    select distinct on (phone, campaign_id, source = 'lock') phone, campaign_id, source, reason, expires_at, created_by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e (phone text, campaign_id integer, source text, reason text, expires_at timestamptz, created_by integer)
    on conflict (phone, campaign_id, (source = 'lock')) do update set
      reason = case when excluded.source = 'lock' and d.expires_at < coalesce(excluded.expires_at, 'infinity')
        then excluded.reason else d.reason end,
      expires_at = case when d.expires_at is null or excluded.expires_at is null then null
        else greatest(d.expires_at, excluded.expires_at) end
    returning (xmax = 0) as new`.execute(tx);
  return added.filter((row) => row.new).length;
}

/** False when there is no such entry. */
export async function removeDoNotCall(tx: Tx, id: number): Promise<{ phone: string } | undefined> {
  return tx.deleteFrom("do_not_call").where("id", "=", id).returning("phone").executeTakeFirst();
}

export interface DoNotCallFilter {
  campaignId?: number | undefined;
  search?: string | undefined;
  page: number;
  pageSize: number;
}

export async function listDoNotCall(db: Db, filter: DoNotCallFilter) {
  const digits = filter.search?.replaceAll(/\D/g, "");
  const base = db
    .selectFrom("do_not_call")
    .$if(filter.campaignId !== undefined, (q) => q.where("campaign_id", "=", filter.campaignId!))
    .$if(Boolean(digits), (q) => q.where("phone", "like", `%${digits}%`));
  const items = await base
    .leftJoin("campaigns", "campaigns.id", "do_not_call.campaign_id")
    .leftJoin("users", "users.id", "do_not_call.created_by")
    .select([
      "do_not_call.id",
      "do_not_call.phone",
      "do_not_call.campaign_id",
      "campaigns.name as campaign_name",
      "do_not_call.source",
      "do_not_call.reason",
      "do_not_call.expires_at",
      "do_not_call.created_at",
      "users.name as by_name",
    ])
    .orderBy("do_not_call.id", "desc")
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute();
  const { total } = await base.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { items, total };
}

/** The number may not be contacted by anybody; entries of one campaign do not count. */
export async function isBlockedEverywhere(db: Db, phone: string, at: Date): Promise<boolean> {
  const found = await db
    .selectFrom("do_not_call")
    .select("id")
    .where("phone", "=", phone)
    .where("campaign_id", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", at)]))
    .executeTakeFirst();
  return found !== undefined;
}

/** Every entry for one number, and who made it. */
export function entriesOf(db: Db, phone: string) {
  return db
    .selectFrom("do_not_call")
    .leftJoin("campaigns", "campaigns.id", "do_not_call.campaign_id")
    .leftJoin("users", "users.id", "do_not_call.created_by")
    .selectAll("do_not_call")
    .select(["campaigns.name as campaign_name", "users.name as by_name"])
    .where("phone", "=", phone)
    .orderBy("do_not_call.id")
    .execute();
}
