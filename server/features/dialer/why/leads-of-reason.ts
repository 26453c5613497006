import { type RawBuilder, sql } from "kysely";
import type { CampaignDetail, FunnelReason } from "../../../../shared/campaigns.ts";
import type { Db } from "../../../kernel/db.ts";
import { compileConditions } from "../../lists/index.ts";
import { examine, type ExaminedRow, examinedColumns, type WhyParts } from "./examine.ts";
import { exhaustedReasons, invalidReasons } from "./reasons.ts";

/** So many leads are looked at for one page, and so many of them are put to the gate at most. */
const pageLooks = 20_000;
const pageExamines = 2_000;
const batch = 200;

const statusOf: Partial<Record<FunnelReason, "callback" | "done" | "excluded">> = {
  callback: "callback",
  excluded: "excluded",
  done: "done",
  exhausted: "done",
  "invalid-number": "done",
};
/** Reasons that a lead may have whether it is due or not. */
const evenIfNotDue: ReadonlySet<FunnelReason> = new Set([
  "quota-reached",
  "no-attempts-left",
  "do-not-call",
  "no-consent",
  "owner-absent",
]);

/** Lead `l` is done for one of these reasons. */
const among = (reasons: ReadonlySet<string>) =>
  sql<boolean>`coalesce(l.status_reason = any(${[...reasons]}::text[]), false)`;

/** What a lead `l` needs for the reason, so that few others are put to the gate; see `whyOf`. */
function needs(reason: FunnelReason, { leadFilter }: CampaignDetail, now: number): RawBuilder<boolean> {
  const kept = leadFilter ? compileConditions(leadFilter, "l", now) : sql<boolean>`true`;
  const at = new Date(now);
  if (reason === "invalid-number") return among(invalidReasons);
  if (reason === "exhausted") return among(exhaustedReasons);
  if (reason === "done") return sql`not ${among(new Set([...invalidReasons, ...exhaustedReasons]))}`;
  if (reason === "callback" || reason === "excluded") return sql`true`;
  if (reason === "filtered-out") return sql`not ${kept}`;
  if (reason === "owner-absent")
    return sql`${kept} and (l.owner_user_id is not null or l.owner_unit_id is not null)`;
  if (reason === "due-later") return sql`${kept} and l.due_at > ${at}`;
  return evenIfNotDue.has(reason) ? kept : sql`${kept} and l.due_at <= ${at}`;
}

/** The id up to which a page looks; null: to the end. */
async function lastOf(db: Db, campaign: CampaignDetail, reason: FunnelReason, after: number) {
  // Few leads are in calls; they are found by their claims.
  if (reason === "claimed") return null;
  const { rows } = await sql<{ id: number }>`
    select l.id from unnest(${campaign.listIds}::integer[]) as of (list_id) cross join lateral (
      select id from leads where list_id = of.list_id and status = ${statusOf[reason] ?? "ready"} and id > ${after}
      order by id limit ${pageLooks}) as l
    order by l.id offset ${pageLooks - 1} limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The next leads that may have the reason, in the order of import. */
async function candidates(
  db: Db,
  campaign: CampaignDetail,
  { reason, after, last }: { reason: FunnelReason; after: number; last: number | null },
  now: number,
): Promise<ExaminedRow[]> {
  const columns = examinedColumns(campaign, now);
  if (reason === "claimed") {
    const { rows } = await sql<ExaminedRow>`
      select ${columns} from leads l where l.id in (
        select lead_id from lead_claims where list_id = any(${campaign.listIds}::integer[]) and lead_id > ${after}
        order by lead_id limit ${batch}) order by l.id`.execute(db);
    return rows;
  }
  const { rows } = await sql<ExaminedRow>`
    select ${columns} from unnest(${campaign.listIds}::integer[]) as of (list_id) cross join lateral (
      select * from leads l
      where list_id = of.list_id and status = ${statusOf[reason] ?? "ready"} and id > ${after}
        ${last === null ? sql`` : sql`and id <= ${last}`} and ${needs(reason, campaign, now)}
      order by id limit ${batch}) as l
    order by l.id limit ${batch}`.execute(db);
  return rows;
}

/**
 * The leads behind a count, in the order of import; `next` goes on from there, null: that was all. A page may be short,
 * or empty, when many leads were looked at for it.
 */
export async function leadsOfReason(
  parts: WhyParts,
  campaign: CampaignDetail,
  asked: { reason: FunnelReason; after: number; pageSize: number },
  now: number,
): Promise<{ ids: number[]; next: number | null }> {
  const { db } = parts.database;
  const { reason, pageSize } = asked;
  const ids: number[] = [];
  const last = await lastOf(db, campaign, reason, asked.after);
  let { after } = asked;
  for (let examined = 0; examined < pageExamines; examined += batch) {
    const rows = await candidates(db, campaign, { reason, after, last }, now);
    for (const answer of await examine(parts, campaign, rows, now)) {
      if (answer.reason === reason) ids.push(answer.leadId);
      after = answer.leadId;
      if (ids.length === pageSize) return { ids, next: after };
    }
    if (rows.length < batch) return { ids, next: last };
  }
  return { ids, next: after };
}
