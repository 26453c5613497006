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

/** Of one campaign's automatic calls since then. */
export async function abandonFigures(
  db: Db,
  { campaignId, since }: { campaignId: number; since: Date },
): Promise<AbandonFigures> {
  const { rows } = await sql<AbandonFigures>`
    select count(*) filter (where connected_at is not null) as served,
      count(*) filter (where connected_at is null and (abandoned or outcome = 'agent-lost')) as abandoned,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'customer-left') as left,
      count(*) filter (where connected_at is null and not abandoned and outcome = 'machine') as machines
    from calls
    where campaign_id = ${campaignId} and origin = any(${pacedOrigins}::text[]) and planned_at >= ${since}
      and answered_at is not null`.execute(db);
  return rows[0]!;
}
