/** When a lead is tried again. Pure: the instant, the learned rates and the random number are arguments. */
import type { PhoneKind, RetryRule } from "../../../shared/after-call.ts";
import { slotOf } from "../../../shared/after-call.ts";
import { weekdays, type WeekHours } from "../../../shared/campaigns.ts";
import { aroundTheClock } from "../../../shared/week.ts";
import { isOpen, isWithin, nextOpening, type WallClock, wallClock } from "../../../shared/hours.ts";
import { dayAt, instantOf } from "../../../shared/zoned-time.ts";

/** An earlier attempt to reach this lead. */
export interface PastAttempt {
  /** ms since the epoch. */
  at: number;
  answered: boolean;
}

/** How likely an answer is at this hour of the week (0: Monday 00:00), 0 to 1. */
export type AnswerCurve = (kind: PhoneKind, slot: number) => number;

export interface RetryTiming {
  /** When the attempt ended, ms. */
  at: number;
  timeZone: string;
  /** null: a call outside of any campaign, open around the clock. */
  hours: WeekHours | null;
  /** Of the number that is tried next. */
  kind: PhoneKind;
  /** All attempts so far, this one included. */
  history: readonly PastAttempt[];
  curve: AnswerCurve;
  /** 0 to 1: where in its half hour the try falls, so that not all of them come at the full hour. */
  spread: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stepMs = hourMs / 2;
/** How far ahead a better hour is looked for. */
const horizonMs = 7 * dayMs;
/** A day of waiting must be worth this share of the rate. */
const patience = 0.95;
/** So many attempts weigh as much as what is known of everybody. */
const personalWeight = 3;

const slotOn = ({ weekday, minute }: WallClock) => slotOf(weekdays.indexOf(weekday), Math.floor(minute / 60));
/** 0: morning, 1: afternoon (12:00 to 17:00), 2: evening. */
const daypartOn = ({ minute }: WallClock) => (minute < 720 ? 0 : minute < 1020 ? 1 : 2);

/** Half hours from `from` on that begin within the hours; `from` itself comes first if it is open. */
function* openTimes(from: number, hours: WeekHours, timeZone: string): Generator<[number, WallClock]> {
  for (let at = from; at < from + horizonMs; at = Math.floor(at / stepMs + 1) * stepMs) {
    const wall = wallClock(at, timeZone);
    if (isWithin(hours, wall)) yield [at, wall];
  }
}

/** The part of the day that was tried least, never the one of the last try; undefined: the hours know no other. */
function otherDaypart(
  from: number,
  { timeZone, history }: RetryTiming,
  hours: WeekHours,
): number | undefined {
  const parts = history.map(({ at }) => daypartOn(wallClock(at, timeZone)));
  const triedIn = (part: number) => parts.filter((tried) => tried === part).length;
  let best: { at: number; tried: number } | undefined;
  for (const [at, wall] of openTimes(from, hours, timeZone)) {
    const part = daypartOn(wall);
    if (part === parts.at(-1)) continue;
    const tried = triedIn(part);
    if (!best || tried < best.tried) best = { at, tried };
    if (best.tried === 0 || at > best.at + dayMs) break;
  }
  return best?.at;
}

/** What everybody does, corrected by what this person did within an hour of that time of day. */
function personalRate(
  rate: number,
  hour: number,
  own: readonly { hour: number; answered: boolean }[],
): number {
  const near = own.filter((attempt) => {
    const apart = Math.abs(attempt.hour - hour);
    return Math.min(apart, 24 - apart) <= 1;
  });
  const answered = near.filter((attempt) => attempt.answered).length;
  return (rate * personalWeight + answered) / (personalWeight + near.length);
}

function bestTime(from: number, timing: RetryTiming, hours: WeekHours): number | undefined {
  const { timeZone, history, curve, kind } = timing;
  const own = history.map(({ at, answered }) => ({ hour: slotOn(wallClock(at, timeZone)) % 24, answered }));
  let best: { at: number; worth: number } | undefined;
  for (const [at, wall] of openTimes(from, hours, timeZone)) {
    const slot = slotOn(wall);
    const worth = personalRate(curve(kind, slot), slot % 24, own) * patience ** ((at - from) / dayMs);
    if (!best || worth > best.worth * 1.001) best = { at, worth };
  }
  return best?.at;
}

/** When the rule wants the next try, ms; always within the hours if these ever open, and never before the delay for those that have one. */
export function retryAt(rule: RetryRule, timing: RetryTiming): number {
  const { at, timeZone } = timing;
  const hours = timing.hours ?? aroundTheClock;
  const from = at + rule.delayMs;
  const open = (wanted: number) => nextOpening(hours, wanted, timeZone) ?? wanted;
  const spread = (wanted: number | undefined) => {
    if (wanted === undefined) return open(from);
    const later = wanted + Math.floor(timing.spread * stepMs);
    return isOpen(hours, later, timeZone) ? later : wanted;
  };
  const onDay = (time: string) => {
    const wall = dayAt(at, rule.days ?? 1, time, timeZone);
    return Math.max(at, Date.parse(instantOf(wall, timeZone)!));
  };
  switch (rule.when ?? "delay") {
    case "delay":
      return from;
    case "other-daypart":
      return spread(otherDaypart(from, timing, hours));
    case "best-time":
      return spread(bestTime(from, timing, hours));
    case "opening":
      return open(onDay("00:00"));
    case "clock":
      return open(onDay(rule.time ?? "10:00"));
  }
}
