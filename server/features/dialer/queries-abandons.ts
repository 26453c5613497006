import { sql } from "kysely";
import { pacedOrigins } from "../../../shared/calls.ts";
import type { Db } from "../../kernel/db.ts";

/** Counts of answered automatic calls; machines that were recognised are none of them. */
export interface AbandonFigures {
  /** Met an agent. */
  served: number;
  abandoned: number;
  /** Hung up before an agent was due: a live answer to the US rule, neither to the others. */
  left: number;
  /** Taken for machines. */
  machines: number;
}

/** Of these campaigns' automatic calls from `since` on, up to `until`; a campaign without any has zeros. */
export async function abandonsByCampaign(
  db: Db,
  { campaignIds, since, until }: { campaignIds: readonly number[]; since: Date; until?: Date },
): Promise<Map<number, AbandonFigures>> {
  const { rows } = await sql<AbandonFigures & { id: number }>`
    select given.id, count(*) filter (where connected_at is not null) as served,
      count(*) filter (where connected_at is null and (abandoned or outcome = 'agent-lost')) as abandoned,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'customer-left') as left,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'machine') as machines
    from unnest(${[...campaignIds]}::integer[]) as given (id) left join calls on campaign_id = given.id
      and origin = any(${pacedOrigins}::text[]) and planned_at >= ${since}
      and planned_at < ${until ?? "infinity"} and answered_at is not null
    group by given.id`.execute(db);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** Of one campaign's automatic calls since then. */
export async function abandonFigures(
  db: Db,
  { campaignId, since }: { campaignId: number; since: Date },
): Promise<AbandonFigures> {
  return (await abandonsByCampaign(db, { campaignIds: [campaignId], since })).get(campaignId)!;
}
