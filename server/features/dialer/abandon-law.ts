/** Over which window a law takes the share of abandoned calls, and whether that is used up. Pure; times in ms. */
import { wallClock } from "../../../shared/hours.ts";
import type { AbandonRule } from "../../../shared/rule-packs.ts";

const hourMs = 3_600_000;

/**
 * The window that `now` lies in; `to` is Infinity where it moves with the clock. `firstAt`: when the campaign's first
 * call was; null: it has none. Rolling windows begin at a full hour, so they are up to an hour too long.
 */
export function windowAt(
  { window, windowHours, timeZone }: Pick<AbandonRule, "window" | "windowHours" | "timeZone">,
  { now, firstAt }: { now: number; firstAt: number | null },
): { from: number; to: number } {
  const length = windowHours * hourMs;
  if (window === "rolling") return { from: Math.floor((now - length) / hourMs) * hourMs, to: Infinity };
  if (window === "campaign-periods") {
    const first = firstAt ?? now;
    const from = first + Math.floor(Math.max(0, now - first) / length) * length;
    return { from, to: from + length };
  }
  const minuteMs = 60_000;
  const from = Math.floor(now / minuteMs) * minuteMs - wallClock(now, timeZone).minute * minuteMs;
  return { from, to: from + 24 * hourMs };
}

/** A law's window as it stands. */
export interface LawWindow {
  ceiling: number;
  answers: number;
  abandons: number;
  /** Until the next begins. */
  secondsLeft: number;
}

/** One more abandoned call would be one too many. The first of a window is never known before it has happened. */
export const isSpent = ({ ceiling, answers, abandons }: LawWindow): boolean =>
  abandons > 0 && abandons + 1 > ceiling * answers;
