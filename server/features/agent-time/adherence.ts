/**
 * Planned time against time as it was. Pure; ms since the epoch.
 *
 *   adherence    share of the planned time spent in a state that was planned: at work in work, out of it in a break
 *   conformance  time at work, whenever, by the work that was planned
 *   late, early  from the planned begin to the first signed-in moment, from the last one to the planned end
 */
import type { TimeFigures } from "../../../shared/agent-time.ts";
import type { AgentState } from "../../../shared/desk.ts";

export interface Slice {
  from: number;
  to: number;
}
export interface PlannedSlice extends Slice {
  kind: "work" | "break";
}
export interface StateSlice extends Slice {
  state: AgentState;
  pauseReasonId: number | null;
}

const away = new Set<AgentState>(["signed-out", "connecting"]);

/** Is this time at work? A pause is when its reason counts as work. */
export const isWork = ({ state, pauseReasonId }: StateSlice, workReasons: ReadonlySet<number>): boolean =>
  state === "paused" ? pauseReasonId !== null && workReasons.has(pauseReasonId) : !away.has(state);

const overlap = (a: Slice, b: Slice) => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
const lengthOf = (slices: readonly Slice[]) => slices.reduce((sum, { from, to }) => sum + to - from, 0);

function totalsOf(spans: readonly StateSlice[]): TimeFigures["totals"] {
  const totals = new Map<string, TimeFigures["totals"][number]>();
  for (const { state, pauseReasonId, from, to } of spans) {
    if (state === "signed-out") continue;
    const reason = state === "paused" ? pauseReasonId : null;
    const found = totals.get(`${state} ${reason}`) ?? { state, pauseReasonId: reason, ms: 0 };
    found.ms += to - from;
    totals.set(`${state} ${reason}`, found);
  }
  return [...totals.values()];
}

/** The figures of one day of one person; what is planned after `now` does not count yet. */
export function figuresOf(
  plan: readonly PlannedSlice[],
  spans: readonly StateSlice[],
  { now, workReasons }: { now: number; workReasons: ReadonlySet<number> },
): TimeFigures {
  const planned = plan
    .map((slice) => ({ ...slice, to: Math.min(slice.to, now) }))
    .filter(({ from, to }) => to > from);
  const worked = spans.filter((span) => isWork(span, workReasons));
  const inWork = (slice: Slice) => worked.reduce((sum, span) => sum + overlap(slice, span), 0);
  const inPlanMs = planned.reduce(
    (sum, slice) => sum + (slice.kind === "work" ? inWork(slice) : slice.to - slice.from - inWork(slice)),
    0,
  );
  const [begin, end] = [plan[0]?.from ?? 0, plan.at(-1)?.to ?? 0];
  const here = spans.filter((span) => !away.has(span.state) && overlap(span, { from: begin, to: end }) > 0);
  const isDue = planned.length > 0;
  const isAbsent = isDue && here.length === 0;
  const lateMs = isDue && !isAbsent ? Math.max(0, here[0]!.from - begin) : 0;
  return {
    plannedMs: lengthOf(planned),
    plannedWorkMs: lengthOf(planned.filter(({ kind }) => kind === "work")),
    inPlanMs,
    workedMs: lengthOf(worked),
    lateMs,
    earlyMs: isDue && !isAbsent && now >= end ? Math.max(0, end - here.at(-1)!.to) : 0,
    absentDays: isAbsent ? 1 : 0,
    lateDays: lateMs >= lateAfterMs ? 1 : 0,
    totals: totalsOf(spans),
  };
}

/** Who comes within a minute is not late. */
export const lateAfterMs = 60_000;

export const noFigures: TimeFigures = {
  plannedMs: 0,
  plannedWorkMs: 0,
  inPlanMs: 0,
  workedMs: 0,
  lateMs: 0,
  earlyMs: 0,
  absentDays: 0,
  lateDays: 0,
  totals: [],
};

export function sumOf(days: readonly TimeFigures[]): TimeFigures {
  const sum = structuredClone(noFigures);
  for (const day of days) {
    for (const key of Object.keys(noFigures) as (keyof TimeFigures)[])
      if (key !== "totals") sum[key] += day[key];
    for (const total of day.totals) {
      const found = sum.totals.find(
        (t) => t.state === total.state && t.pauseReasonId === total.pauseReasonId,
      );
      if (found) found.ms += total.ms;
      else sum.totals.push({ ...total });
    }
  }
  return sum;
}
