import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";

export interface DayFigures {
  campaignId: number;
  calls: number;
  connected: number;
  abandoned: number;
}

/** What each campaign did since midnight of the company's clock. */
export async function dayFigures(db: Db, timeZone: string, now: Date): Promise<Map<number, DayFigures>> {
  const { rows } = await sql<DayFigures>`
    select campaign_id as "campaignId", count(*) filter (where dialled_at is not null) as calls,
      count(*) filter (where connected_at is not null) as connected, count(*) filter (where abandoned) as abandoned
    from calls
    where campaign_id is not null
      and planned_at >= date_trunc('day', ${now}::timestamptz at time zone ${timeZone}::text) at time zone ${timeZone}::text
    group by campaign_id`.execute(db);
  return new Map(rows.map((row) => [row.campaignId, row]));
}

/** Campaigns worth a line: those that run, pause or were stopped today. */
export async function boardCampaigns(db: Db) {
  return db
    .selectFrom("campaigns")
    .select(["id", "name", "mode", "status"])
    .where("deleted_at", "is", null)
    .where("status", "<>", "draft")
    .execute();
}

export async function readyLeads(db: Db): Promise<Map<number, number>> {
  const { rows } = await sql<{ campaign_id: number; ready: number }>`
    select cl.campaign_id, sum(n.leads) as ready from campaign_lists cl
    join lead_counts n on n.list_id = cl.list_id and n.status = 'ready' group by 1`.execute(db);
  return new Map(rows.map((row) => [row.campaign_id, row.ready]));
}
