import { sql } from "kysely";
import { pacedOrigins } from "../../../shared/calls.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { SavedPolicy } from "./predictive/policy.ts";

export interface PacingState {
  /** The company's date, `2026-11-20`. */
  day: string;
  state: SavedPolicy;
}

export async function readPacingState(db: Db, campaignId: number): Promise<PacingState | undefined> {
  return db
    .selectFrom("pacing_states")
    .select([sql<string>`day::text`.as("day"), "state"])
    .where("campaign_id", "=", campaignId)
    .executeTakeFirst();
}

export async function savePacingState(
  tx: Tx,
  campaignId: number,
  { day, state }: PacingState,
  at: Date,
): Promise<void> {
  const row = { day, state: JSON.stringify(state), saved_at: at };
  await sql`insert into pacing_states (campaign_id, day, state, saved_at)
    select id, ${row.day}, ${row.state}, ${row.saved_at} from campaigns where id = ${campaignId}
    on conflict (campaign_id) do update
      set day = excluded.day, state = excluded.state, saved_at = excluded.saved_at`.execute(tx);
}

/** Live answers of a campaign's automatic calls on this day, and those that met no agent: what the ceiling is of. */
export async function answersOfDay(
  db: Db,
  { campaignId, day, timeZone }: { campaignId: number; day: string; timeZone: string },
): Promise<{ answers: number; abandons: number }> {
  const { rows } = await sql<{ answers: number; abandons: number }>`
    select count(*) filter (where connected_at is not null or lost) as answers, count(*) filter (where lost) as abandons
    from (
      select connected_at, abandoned or (outcome = 'agent-lost' and connected_at is null) as lost
      from calls
      where campaign_id = ${campaignId} and origin = any(${pacedOrigins}::text[])
        and planned_at >= (${day}::date::timestamp at time zone ${timeZone}::text)
    ) of_day`.execute(db);
  return rows[0]!;
}
