/** What each figure of reports of incoming calls counts; the list of calls filters by the same conditions. */
import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { CallFilter } from "../../../shared/calls.ts";
import type { BoxFigure, FlowFigure, QueueFigure } from "../../../shared/inbound-reports.ts";

type Condition = RawBuilder<SqlBool>;

const waited = sql`v.left_at - v.entered_at`;
const threshold = sql`v.service_seconds * interval '1 second'`;
const abandonedIn = (after: number, upTo: number | null): Condition => sql`(v.how = 'abandoned'
  and ${waited} > ${after} * interval '1 second' and ${upTo === null ? sql`true` : sql`${waited} <= ${upTo} * interval '1 second'`})`;
const overflowedTo = (to: string): Condition => sql`(v.how = 'overflowed' and v.detail->>'to' = ${to})`;
const placeThat = (
  condition: Condition,
): Condition => sql`(v.how = 'place-kept' and exists (select from kept_places k
  where k.call_id = v.call_id and k.queue_id = v.queue_id and ${condition}))`;
const how = (end: string): Condition => sql`coalesce(v.how = ${end}, false)`;

/** Over `queue_visits v`. */
export const queueFigure: Record<QueueFigure, Condition> = {
  offered: sql`true`,
  answered: how("answered"),
  "in-time": sql`(v.how = 'answered' and ${waited} <= ${threshold})`,
  late: sql`(v.how = 'answered' and ${waited} > ${threshold})`,
  abandoned: how("abandoned"),
  "abandoned-5": sql`(v.how = 'abandoned' and ${waited} <= interval '5 seconds')`,
  "abandoned-15": abandonedIn(5, 15),
  "abandoned-30": abandonedIn(15, 30),
  "abandoned-60": abandonedIn(30, 60),
  "abandoned-more": abandonedIn(60, null),
  overflowed: how("overflowed"),
  "to-queue": overflowedTo("queue"),
  "to-voicemail": overflowedTo("voicemail"),
  "to-number": overflowedTo("number"),
  "to-flow": overflowedTo("flow"),
  "place-kept": how("place-kept"),
  "called-back": placeThat(sql`k.how = 'reached'`),
  "place-open": placeThat(sql`k.how is null`),
  "place-expired": placeThat(sql`k.how = 'expired'`),
  "place-lost": placeThat(sql`k.how not in ('reached', 'expired')`),
  "turned-away": how("turned-away"),
  lost: how("lost"),
};

const toPeople = sql`i.kind in ('queue', 'agent', 'number')`;
const facts = sql`select from ivr_facts f where f.call_id = i.call_id and f.flow_id = i.flow_id and f.block_id = i.block_id`;

/** Over `ivr_visits i`; of the ends of a walk through a flow each call has one at most. */
export const flowFigure: Record<FlowFigure, Condition> = {
  entered: sql`true`,
  finished: sql`i.exit = 'done'`,
  "hung-up": sql`(i.exit = 'left' and not ${toPeople})`,
  contained: sql`(i.exit = 'done' or i.exit = 'left' and not ${toPeople})`,
  people: sql`(i.exit = 'taken' and i.kind <> 'voicemail')`,
  "gave-up": sql`(i.exit = 'left' and ${toPeople})`,
  voicemail: sql`(i.exit = 'taken' and i.kind = 'voicemail')`,
  returned: sql`(i.kind = 'return' and i.exit = 'next')`,
  broken: sql`i.exit in ('time', 'circle', 'no-exit', 'fault')`,
  verified: sql`(i.kind = 'verify' and exists (${facts} and f.ok))`,
  "not-verified": sql`(i.kind = 'verify' and exists (${facts}) and not exists (${facts} and f.ok))`,
};

/** Over `voicemail_messages m`. */
export const boxFigure: Record<BoxFigure, Condition> = {
  left: sql`true`,
  heard: sql`m.heard_at is not null`,
  unheard: sql`(m.heard_at is null and m.deleted_at is null)`,
  returned: sql`exists (select from calls r where r.phone = m.phone and r.direction = 'outbound'
    and r.planned_at > m.left_at and r.dialled_at is not null)`,
};

/** A visit of a call that began in the span. */
function visit(
  filter: Partial<CallFilter>,
  table: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
): Condition {
  const { cameFrom, cameTo } = filter;
  const span = [
    ...(cameFrom === undefined ? [] : [sql`${at} >= ${cameFrom}::timestamptz`]),
    ...(cameTo === undefined ? [] : [sql`${at} < ${cameTo}::timestamptz`]),
  ];
  return sql<SqlBool>`calls.id in (select call_id from ${table} where ${sql.join([...span, ...conditions], sql` and `)})`;
}

/** Conditions over `calls`. */
export function inboundConditions(filter: Partial<CallFilter>): Condition[] {
  const { queueId, queueFigure: inQueue, flowId, flowFigure: inFlow, flowBlock, flowExit, boxId } = filter;
  const found: Condition[] = [];
  if (queueId !== undefined || inQueue !== undefined)
    found.push(
      visit(filter, sql`queue_visits v`, sql`v.entered_at`, [
        queueId === undefined ? sql`true` : sql`v.queue_id = ${queueId}`,
        queueFigure[inQueue ?? "offered"],
      ]),
    );
  if (flowId !== undefined)
    found.push(
      visit(filter, sql`ivr_visits i`, sql`i.entered_at`, [
        sql`i.flow_id = ${flowId}`,
        flowFigure[inFlow ?? "entered"],
        ...(flowBlock === undefined ? [] : [sql`i.block_id = ${flowBlock}`]),
        ...(flowExit === undefined ? [] : [sql`i.exit = ${flowExit}`]),
      ]),
    );
  if (boxId !== undefined)
    found.push(
      visit(filter, sql`voicemail_messages m`, sql`m.left_at`, [
        sql`m.box_id = ${boxId}`,
        boxFigure[filter.boxFigure ?? "left"],
      ]),
    );
  return found;
}
