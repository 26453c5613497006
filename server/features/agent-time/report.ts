/** Figures of people over days, each day by its shift; a night shift's hours belong to the day on which it begins. */
import type { AgentDay, AgentTimeQuery, AgentTimeRow, TimeFigures } from "../../../shared/agent-time.ts";
import { addDays, instantOf } from "../../../shared/zoned-time.ts";
import type { Db } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import { figuresOf, isWork, type PlannedSlice, type StateSlice, sumOf } from "./adherence.ts";
import {
  readPlan,
  type SpanRow,
  spansOf,
  type TimedPerson,
  timedPeople,
  type Visible,
  workReasons,
} from "./queries.ts";
import { type Plan, shiftOn, slicesOf } from "./shift-plan.ts";

const mostDays = 62;
const iso = (at: number) => new Date(at).toISOString();

const startOf = (day: string, timeZone: string) => Date.parse(instantOf(`${day}T00:00`, timeZone)!);

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length <= mostDays; day = addDays(day, 1)) days.push(day);
  if (days.length === 0 || days.length > mostDays)
    throw invalid("agent-time-range", `Ask for 1 to ${mostDays} days.`, { most: mostDays });
  return days;
}

interface PersonDay {
  day: string;
  from: number;
  to: number;
  plan: PlannedSlice[];
  note: string;
}

/** From midnight, or the end of the night shift before, to midnight or the end of the shift. */
function dayOf(day: string, person: TimedPerson, plan: Plan, timeZone: string): PersonDay {
  const sliced = (of: string) => slicesOf(of, shiftOn(of, person, plan), timeZone);
  const midnight = startOf(day, timeZone);
  const next = startOf(addDays(day, 1), timeZone);
  const slices = sliced(day);
  const from = Math.max(midnight, sliced(addDays(day, -1)).at(-1)?.to ?? 0);
  const to = Math.max(next, slices.at(-1)?.to ?? 0);
  return { day, from, to, plan: slices, note: shiftOn(day, person, plan)?.note ?? "" };
}

const clipped = (spans: readonly SpanRow[], { from, to }: { from: number; to: number }) =>
  spans.flatMap((span) => {
    const slice = { ...span, from: Math.max(from, span.from.getTime()), to: Math.min(to, span.to.getTime()) };
    return slice.to > slice.from ? [slice] : [];
  });

export interface Asked {
  visible: Visible;
  timeZone: string;
  now: number;
}

/** The figures of each person on each day. */
export async function timeByDay(
  db: Db,
  query: AgentTimeQuery,
  { visible, timeZone, now }: Asked,
): Promise<{ person: TimedPerson; days: { day: string; figures: TimeFigures }[] }[]> {
  const days = daysFrom(query.from, query.to);
  const from = new Date(startOf(query.from, timeZone));
  const to = new Date(startOf(addDays(query.to, 2), timeZone));
  const people = await timedPeople(db, { ...query, visible, from, to });
  const ids = people.map(({ userId }) => userId);
  const until = new Date(Math.max(from.getTime(), Math.min(now, to.getTime())));
  const [plan, spans, reasons] = await Promise.all([
    readPlan(db),
    spansOf(db, ids, { from, until }),
    workReasons(db),
  ]);
  const byUser = Map.groupBy(spans, ({ userId }) => userId);
  return people.map((person) => ({
    person,
    days: days.map((day) => {
      const range = dayOf(day, person, plan, timeZone);
      const own: StateSlice[] = clipped(byUser.get(person.userId) ?? [], range);
      return { day, figures: figuresOf(range.plan, own, { now, workReasons: reasons }) };
    }),
  }));
}

export async function timeReport(db: Db, query: AgentTimeQuery, asked: Asked): Promise<AgentTimeRow[]> {
  const people = await timeByDay(db, query, asked);
  return people.map(({ person: { userId, name }, days }) => ({
    userId,
    name,
    figures: sumOf(days.map(({ figures }) => figures)),
  }));
}

/** undefined: nobody of this id whom one may see. */
export async function agentDayOf(
  db: Db,
  { userId, day }: { userId: number; day: string },
  { visible, timeZone, now }: Asked,
): Promise<AgentDay | undefined> {
  const wide = { from: new Date(startOf(day, timeZone)), to: new Date(startOf(addDays(day, 2), timeZone)) };
  const [person] = await timedPeople(db, { visible, userId, ...wide });
  if (!person) return undefined;
  const [plan, reasons] = await Promise.all([readPlan(db), workReasons(db)]);
  const range = dayOf(day, person, plan, timeZone);
  const until = new Date(Math.max(range.from, Math.min(now, range.to)));
  const spans = clipped(await spansOf(db, [userId], { from: new Date(range.from), until }), range);
  return {
    timeZone,
    userId,
    name: person.name,
    from: iso(range.from),
    to: iso(range.to),
    plan: range.plan.map(({ from, to, kind }) => ({ from: iso(from), to: iso(to), kind })),
    note: range.note,
    spans: spans.map((span) => ({
      from: iso(span.from),
      to: iso(span.to),
      state: span.state,
      pauseReasonId: span.pauseReasonId,
      callId: span.callId,
      cause: span.cause,
      work: isWork(span, reasons),
    })),
    figures: figuresOf(range.plan, spans, { now, workReasons: reasons }),
  };
}
