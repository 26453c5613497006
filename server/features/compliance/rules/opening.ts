/** When several clocks and several rules are open together. Pure: the instant is an argument, times in ms. */
import type { WeekHours } from "../../../../shared/campaigns.ts";
import { isOpen, nextOpening, wallClock } from "../../../../shared/hours.ts";
import { holidayOn } from "./holidays.ts";

export interface OpenRule {
  week: WeekHours;
  /** A calendar of holidays on which it is closed. */
  closedOn: string | null;
  timeZone: string;
}

const minuteMs = 60_000;

export function isOpenAt(rule: OpenRule, at: number): boolean {
  if (!isOpen(rule.week, at, rule.timeZone)) return false;
  return rule.closedOn === null || holidayOn(rule.closedOn, wallClock(at, rule.timeZone).date) === null;
}

/** `at` itself if it is open; null if it never opens, or not within two months of holidays. */
function opensAfter(rule: OpenRule, at: number): number | null {
  let from = at;
  for (let days = 0; days < 60; days++) {
    const next = nextOpening(rule.week, from, rule.timeZone);
    if (next === null || rule.closedOn === null) return next;
    const { date, minute } = wallClock(next, rule.timeZone);
    if (holidayOn(rule.closedOn, date) === null) return next;
    // Into the next day there; a change of the clock in between costs an hour of it at most.
    from = Math.floor(next / minuteMs) * minuteMs + (1440 - minute) * minuteMs;
  }
  return null;
}

/** The first moment from `at` on at which every rule is open; null: there is none in sight. */
export function allOpenFrom(rules: readonly OpenRule[], at: number): number | null {
  let moment = at;
  for (let round = 0; round < 200; round++) {
    let latest = moment;
    for (const rule of rules) {
      const next = opensAfter(rule, moment);
      if (next === null) return null;
      latest = Math.max(latest, next);
    }
    if (latest === moment) return moment;
    moment = latest;
  }
  return null;
}
