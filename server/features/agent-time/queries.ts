import { sql } from "kysely";
import type { z } from "zod";
import type {
  shiftExceptionInput,
  ShiftExceptionRow,
  shiftInput,
  ShiftRow,
} from "../../../shared/agent-time.ts";
import type { AgentState } from "../../../shared/desk.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Plan } from "./shift-plan.ts";
import "./tables.ts";

/** Who may be asked about: `"all"`, or these. */
export type Visible = "all" | readonly number[];

const days = sql`to_char(p.valid_from, 'YYYY-MM-DD') as "validFrom", to_char(p.valid_to, 'YYYY-MM-DD') as "validTo"`;
const named = sql`coalesce(u.name, o.name) as name`;

/** All shifts of these people, and those of units. */
export async function readPlan(db: Db, visible: Visible = "all"): Promise<Plan> {
  const seen =
    visible === "all" ? sql`true` : sql`(p.user_id is null or p.user_id = any(${visible}::integer[]))`;
  const [patterns, exceptions] = await Promise.all([
    sql<ShiftRow>`
      select p.id, p.user_id as "userId", p.org_unit_id as "orgUnitId", ${named}, p.weekday, p.starts, p.ends, p.breaks,
        ${days}
      from shift_patterns p left join users u on u.id = p.user_id left join org_units o on o.id = p.org_unit_id
      where ${seen} order by name, p.user_id, p.org_unit_id, p.weekday, p.valid_from`.execute(db),
    sql<ShiftExceptionRow>`
      select p.id, p.user_id as "userId", p.org_unit_id as "orgUnitId", ${named}, to_char(p.day, 'YYYY-MM-DD') as day,
        p.starts, p.ends, p.breaks, p.note
      from shift_exceptions p left join users u on u.id = p.user_id left join org_units o on o.id = p.org_unit_id
      where ${seen} order by p.day desc, name`.execute(db),
  ]);
  return { patterns: patterns.rows, exceptions: exceptions.rows };
}

/** A newer pattern of the same weekday takes the older one's place from its first day on. */
export async function insertPatterns(tx: Tx, input: z.output<typeof shiftInput>): Promise<void> {
  const { userId, orgUnitId, weekdays, starts, ends, breaks, validFrom, validTo } = input;
  const whose = sql`user_id is not distinct from ${userId}::integer and org_unit_id is not distinct from ${orgUnitId}::integer
    and weekday = any(${weekdays}::integer[])`;
  await sql`delete from shift_patterns where ${whose} and valid_from >= ${validFrom}::date`.execute(tx);
  await sql`update shift_patterns set valid_to = ${validFrom}::date - 1
    where ${whose} and (valid_to is null or valid_to >= ${validFrom}::date)`.execute(tx);
  await sql`
    insert into shift_patterns (user_id, org_unit_id, weekday, starts, ends, breaks, valid_from, valid_to)
    select ${userId}, ${orgUnitId}, weekday, ${starts}, ${ends}, ${JSON.stringify(breaks)}::jsonb, ${validFrom}::date,
      ${validTo}::date
    from unnest(${weekdays}::integer[]) weekday`.execute(tx);
}

export async function putException(tx: Tx, input: z.output<typeof shiftExceptionInput>): Promise<void> {
  const { userId, orgUnitId, day, starts, ends, breaks, note } = input;
  await sql`
    insert into shift_exceptions (user_id, org_unit_id, day, starts, ends, breaks, note)
    values (${userId}, ${orgUnitId}, ${day}::date, ${starts}, ${ends}, ${JSON.stringify(breaks)}::jsonb, ${note})
    on conflict (user_id, org_unit_id, day) do update set starts = excluded.starts, ends = excluded.ends,
      breaks = excluded.breaks, note = excluded.note`.execute(tx);
}

export async function deleteShift(
  tx: Tx,
  table: "shift_patterns" | "shift_exceptions",
  id: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where id = ${id}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface TimedPerson {
  userId: number;
  name: string;
  /** Those they stand in, the nearest first. */
  units: number[];
}

/** Active agents, and who else worked in the time; by unit and those below it. One who is asked for by name in any case. */
export async function timedPeople(
  db: Db,
  {
    visible,
    userId,
    orgUnitId,
    from,
    to,
  }: { visible: Visible; userId?: number; orgUnitId?: number; from: Date; to: Date },
): Promise<TimedPerson[]> {
  const { rows } = await sql<TimedPerson>`
    with recursive up as (
      select id as start, id, parent_id, 0 as depth from org_units
      union all select up.start, o.id, o.parent_id, up.depth + 1 from up join org_units o on o.id = up.parent_id
    )
    select u.id as "userId", u.name,
      coalesce((select array_agg(up.id order by up.depth) from up where up.start = u.org_unit_id), '{}') as units
    from users u
    where (${visible === "all"} or u.id = any(${visible === "all" ? [] : visible}::integer[]))
      and (${userId ?? null}::integer is null or u.id = ${userId ?? null})
      and (${orgUnitId ?? null}::integer is null or exists (
        select from up where up.start = u.org_unit_id and up.id = ${orgUnitId ?? null}))
      and ((u.active and u.role = 'agent') or u.id = ${userId ?? null} or exists (
        select from agent_events e where e.user_id = u.id and e.at >= ${from} and e.at < ${to}))
    order by u.name, u.id limit 2000`.execute(db);
  return rows;
}

export interface SpanRow {
  userId: number;
  from: Date;
  to: Date;
  state: AgentState;
  pauseReasonId: number | null;
  callId: string | null;
  cause: string;
}

/** What these people did between, from what they did before it on; `until`: now, or the end when that is over. */
export async function spansOf(
  db: Db,
  userIds: readonly number[],
  { from, until }: { from: Date; until: Date },
): Promise<SpanRow[]> {
  const { rows } = await sql<SpanRow>`
    with e as (
      select e.id, e.user_id, e.at, e.state, e.pause_reason_id, e.call_id, e.cause from agent_events e
      where e.user_id = any(${userIds}::integer[]) and e.at >= ${from} and e.at < ${until}
      union all
      select p.id, p.user_id, ${from}::timestamptz, p.state, p.pause_reason_id, p.call_id, p.cause
      from unnest(${userIds}::integer[]) u(id) cross join lateral (
        select * from agent_events e where e.user_id = u.id and e.at < ${from} order by e.at desc, e.id desc limit 1) p
    ), s as (
      select *, lead(at, 1, ${until}::timestamptz) over (partition by user_id order by at, id) as ends from e
    )
    select user_id as "userId", at as "from", ends as "to", state, pause_reason_id as "pauseReasonId",
      call_id as "callId", cause
    from s where ends > at and state <> 'signed-out' order by user_id, at, id`.execute(db);
  return rows;
}

export async function workReasons(db: Db): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`select id from pause_reasons where counts_as_work`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export async function reasonNames(db: Db): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; label: string }>`select id, label from pause_reasons`.execute(db);
  return new Map(rows.map(({ id, label }) => [id, label]));
}

export async function userIdsByLogin(db: Db, logins: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; login: string }>`
    select id, login from users where login = any(${logins}::text[])`.execute(db);
  return new Map(rows.map(({ id, login }) => [login, id]));
}
