import { sql } from "kysely";
import { pacedOrigins } from "../../../shared/calls.ts";
import type { Db } from "../../kernel/db.ts";

/** Counts of answered automatic calls; machines that were recognised are none of them. */
export interface AbandonFigures {
  /** People who met an agent in time. */
  served: number;
  /** Were not taken in time, be it that an agent came later. */
  abandoned: number;
  /** Hung up before an agent was due: a live answer to the US rule, neither to the others. */
  left: number;
  /** Taken for machines. */
  machines: number;
  /** Met an agent, who heard that it was no person. */
  told: number;
}

export const noFigures: AbandonFigures = { served: 0, abandoned: 0, left: 0, machines: 0, told: 0 };

/** Of these campaigns' automatic calls from `since` on, up to `until`; a campaign without any has zeros. */
export async function abandonsByCampaign(
  db: Db,
  { campaignIds, since, until }: { campaignIds: readonly number[]; since: Date; until?: Date },
): Promise<Map<number, AbandonFigures>> {
  const { rows } = await sql<AbandonFigures & { id: number }>`
    select given.id,
      count(*) filter (where connected_at is not null and not abandoned
        and coalesce(outcome, '') not in ('machine', 'screener')) as served,
      count(*) filter (where abandoned or (connected_at is null and outcome = 'agent-lost')) as abandoned,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'customer-left') as left,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'machine') as machines,
      count(*) filter (where connected_at is not null and not abandoned
        and outcome in ('machine', 'screener')) as told
    from unnest(${[...campaignIds]}::integer[]) as given (id) left join calls on campaign_id = given.id
      and origin = any(${pacedOrigins}::text[]) and planned_at >= ${since}
      and planned_at < ${until ?? "infinity"} and answered_at is not null
    group by given.id`.execute(db);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** Of one campaign's automatic calls since then, up to `until`. */
export async function abandonFigures(
  db: Db,
  { campaignId, ...span }: { campaignId: number; since: Date; until?: Date },
): Promise<AbandonFigures> {
  return (await abandonsByCampaign(db, { campaignIds: [campaignId], ...span })).get(campaignId)!;
}

/** When its first automatic call was planned; null: there is none. */
export async function firstPacedCallAt(db: Db, campaignId: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(planned_at) as at from calls
    where campaign_id = ${campaignId} and origin = any(${pacedOrigins}::text[])`.execute(db);
  return rows[0]!.at;
}
