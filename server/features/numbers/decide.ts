/** Which rule leads a caller, and why. Pure: who calls, and what the clock shows, are arguments. */
import { type CalendarDay, dayOn, isWithinCalendar } from "../../../shared/calendars.ts";
import type { WallClock } from "../../../shared/hours.ts";
import {
  type RouteCondition,
  routeConditions,
  type RouteTime,
  type RouteWhen,
} from "../../../shared/numbers.ts";
import type { CallerRecord } from "./queries-caller.ts";
import type { RouteRow } from "./queries.ts";

export interface RouteFacts {
  /** E.164; null: withheld. */
  phone: string | null;
  /** ISO 3166-2; null: the number does not tell. */
  region: string | null;
  caller: CallerRecord;
  /** On the company's wall. */
  wall: WallClock;
  daysOf: (calendarId: number | null) => readonly CalendarDay[];
}

/** Whose number it is does not matter, or is not known. */
export const nobodyKnown: CallerRecord = { customerId: null, name: null, vip: 0, fields: {}, listIds: [] };

const isOneOf = (callers: readonly string[], phone: string): boolean =>
  callers.some((caller) => (caller.endsWith("*") ? phone.startsWith(caller.slice(0, -1)) : phone === caller));

function isTime(time: RouteTime, { wall, daysOf }: RouteFacts): boolean {
  const days = daysOf(time.calendarId);
  if (time.type === "day-off") return dayOn(days, wall.date)?.kind === "off";
  return isWithinCalendar(time.hours, days, wall) === (time.type === "open");
}

const folded = (text: string | undefined) => text?.trim().toLowerCase() ?? "";

/** undefined: the rule does not ask for it. */
function holds(condition: RouteCondition, when: RouteWhen, facts: RouteFacts): boolean | undefined {
  const { phone, caller } = facts;
  switch (condition) {
    case "callers":
      return when.callers.length === 0 ? undefined : phone !== null && isOneOf(when.callers, phone);
    case "listIds":
      return when.listIds.length === 0
        ? undefined
        : caller.listIds.some((listId) => when.listIds.includes(listId));
    case "regions":
      return when.regions.length === 0
        ? undefined
        : facts.region !== null && when.regions.includes(facts.region);
    case "anonymous":
      return when.anonymous === null ? undefined : (phone === null) === when.anonymous;
    case "customer":
      return when.customer === null ? undefined : (caller.customerId !== null) === when.customer;
    case "vip":
      return when.vip === null ? undefined : caller.vip >= when.vip;
    case "field":
      return when.field === null
        ? undefined
        : folded(caller.fields[when.field.key]) === folded(when.field.is);
    case "time":
      return when.time === null ? undefined : isTime(when.time, facts);
  }
}

export interface Looked {
  row: RouteRow;
  fits: boolean;
  conditions: { condition: RouteCondition; holds: boolean }[];
}

/** True: to decide, one must know who calls. */
export const asksWho = (rows: readonly RouteRow[]): boolean =>
  rows.some(
    ({ when }) =>
      when && (when.listIds.length > 0 || when.customer !== null || when.vip !== null || when.field !== null),
  );

/** What was looked at, in order; the last of it leads, if it fits. */
export function decideRoute(rows: readonly RouteRow[], facts: RouteFacts): Looked[] {
  const looked: Looked[] = [];
  for (const row of rows) {
    const { when } = row;
    const conditions = routeConditions.flatMap((condition) => {
      const held = when ? holds(condition, when, facts) : undefined;
      return held === undefined ? [] : [{ condition, holds: held }];
    });
    const fits = conditions.every((one) => one.holds);
    looked.push({ row, fits, conditions });
    if (fits) break;
  }
  return looked;
}
