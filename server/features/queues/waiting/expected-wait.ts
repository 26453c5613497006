/** How long a caller will probably wait, by what those had to wait who were answered last. Pure; times are ms. */

/** An answered caller: so many were before them when they came, and so long they waited. */
export interface Served {
  at: number;
  place: number;
  waitedMs: number;
}

const recentMs = 60 * 60_000;
const mostServed = 20;
const fewestServed = 3;
/** Who is answered sooner met a free agent, and says nothing of how long a line takes. */
const atOnceMs = 2_000;

/** Keeps what may still count; the newest last. */
export const withServed = (before: readonly Served[], served: Served): readonly Served[] =>
  served.waitedMs < atOnceMs ? before : [...before, served].slice(-mostServed);

/**
 * The wait from now on of a caller with so many before them: places times what a place took of late. It holds for any
 * number of agents and queues that they share, for it counts nothing but places. null: too few were answered lately.
 */
export function expectedWaitMs(served: readonly Served[], place: number, now: number): number | null {
  const recent = served.filter(({ at }) => now - at <= recentMs);
  if (recent.length < fewestServed) return null;
  const waited = recent.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  const places = recent.reduce((sum, one) => sum + one.place + 1, 0);
  return ((place + 1) * waited) / places;
}

/** A wait as people say it. */
export type SaidWait =
  | { type: "under-a-minute" }
  | { type: "minutes"; minutes: number }
  | { type: "over-an-hour" };

const minuteMs = 60_000;

/** Whole minutes up to ten, then by fives. */
export function saidWait(ms: number): SaidWait {
  if (ms < minuteMs) return { type: "under-a-minute" };
  const minutes = ms / minuteMs;
  const said = minutes < 10.5 ? Math.round(minutes) : Math.round(minutes / 5) * 5;
  return said > 60 ? { type: "over-an-hour" } : { type: "minutes", minutes: said };
}
