import { sql } from "kysely";
import type { AgentState } from "../../../shared/desk.ts";
import type { Db } from "../../kernel/db.ts";

export interface DayRow {
  userId: number;
  /** `internal-call`: a talk without a customer. */
  state: AgentState | "internal-call";
  ms: number;
  /** How often the state began since then. */
  times: number;
}

/** How long agents were in each state since `since`; the state they are in still is not counted. */
export async function dayOfAgents(db: Db, since: Date): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select user_id as "userId", state, round(sum(extract(epoch from until - greatest(at, ${since}::timestamptz)) * 1000)) as ms,
      count(*) filter (where at >= ${since}::timestamptz) as times
    from (select user_id, at, case when state = 'talking' and cause = 'internal-call' then cause else state end as state,
        lead(at) over (partition by user_id order by at, id) as until
      from agent_events where at >= ${since}::timestamptz - interval '1 day') e
    where until > ${since}::timestamptz
    group by user_id, state`.execute(db);
  return rows;
}
