import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";
import type { CampaignDetail, CampaignFunnel, FunnelReason } from "../../../shared/campaigns.ts";
import { isOpen, nextOpening } from "../../../shared/hours.ts";
import { countLeads, countReadyByZone } from "../lists/index.ts";
import { findStartProblems } from "./run-campaign.ts";

/** Ready leads of nobody that wait for their next try, by zone; a range of `lead_queue_retries`. */
async function countDueLater(db: Db, listIds: readonly number[], now: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ time_zone: string; n: number }>`
    select time_zone, count(*) as n from lead_queue
    where list_id = any(${listIds}::integer[]) and due_at > '-infinity' and due_at > ${now}
      and owner_user_id is null
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.time_zone, row.n]));
}

async function nextDue(db: Db, listIds: readonly number[], now: Date): Promise<string | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(due_at) as at from lead_queue
    where list_id = any(${listIds}::integer[]) and due_at > '-infinity' and due_at > ${now}`.execute(db);
  return rows[0]?.at?.toISOString() ?? null;
}

/**
 * Where the campaign's leads are and why they are not dialled now: each counts once. Counts by status and zone are
 * exact at once; those due later are counted from their index.
 */
export async function campaignFunnelOf(
  db: Db,
  campaign: CampaignDetail,
  nowMs: number,
): Promise<CampaignFunnel> {
  const now = new Date(nowMs);
  const { listIds, hours } = campaign;
  const byStatus = [...(await countLeads(db, listIds)).values()];
  const sum = (key: keyof (typeof byStatus)[number]) => byStatus.reduce((n, count) => n + count[key], 0);
  const later = await countDueLater(db, listIds, now);
  const zones = await countReadyByZone(db, listIds);
  const reasons: Record<FunnelReason, number> = {
    dialable: 0,
    "due-later": 0,
    "outside-hours": 0,
    owned: 0,
    claimed: sum("claimed"),
    callback: sum("callback"),
    done: sum("done"),
    excluded: sum("excluded"),
  };
  const presentZones = zones.map(({ timeZone, ready, owned }) => {
    const callable = isOpen(hours, nowMs, timeZone);
    const waiting = Math.min(later.get(timeZone) ?? 0, ready);
    reasons["due-later"] += waiting;
    reasons.owned += owned;
    reasons[callable ? "dialable" : "outside-hours"] += ready - waiting;
    const opensAt = callable ? null : nextOpening(hours, nowMs, timeZone);
    return {
      timeZone,
      ready: ready + owned,
      callable,
      opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
    };
  });
  return {
    total: sum("total"),
    reasons: Object.entries(reasons).map(([reason, leads]) => ({ reason: reason as FunnelReason, leads })),
    zones: presentZones,
    nextDueAt: await nextDue(db, listIds, now),
    problems: await findStartProblems(db, campaign),
  };
}
