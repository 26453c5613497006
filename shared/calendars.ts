/** Holiday calendars: days off and days made up for them (调休), for whatever asks for opening hours. */
import { z } from "zod";
import { weekday, type WeekHours } from "./campaigns.ts";
import { isWithin, type WallClock, wallClock } from "./hours.ts";

/** Days that are not as their weekday says, both ends included. */
export const calendarDay = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    name: z.string().trim().max(100).default(""),
    /** `off`: closed all day. `work`: a day that is made up for, open in the hours of another weekday. */
    kind: z.enum(["off", "work"]).default("off"),
    /** Of `work`: whose hours hold. */
    hoursOf: weekday.default("monday"),
  })
  .refine(({ from, to }) => from <= to, "it ends before it begins");
export type CalendarDay = z.output<typeof calendarDay>;

/** Body of `POST /api/v1/calendars` and `PUT /api/v1/calendars/:id`. Errors: `calendar-name-taken` 409. */
export const calendarInput = z.object({
  name: z.string().trim().min(1).max(60),
  days: z.array(calendarDay).max(2000).default([]),
});
export type CalendarInput = z.output<typeof calendarInput>;
/** `GET /api/v1/calendars`: `{ items, total }`. `DELETE /api/v1/calendars/:id`: `in-use` 409. */
export const calendar = calendarInput.extend({ id: z.number() });
export type Calendar = z.infer<typeof calendar>;

/**
 * `POST /api/v1/calendars/read`: what a file of a year's holidays says, CSV or iCalendar (RFC 5545); nothing is stored.
 * `problems`: what could not be read, by the line where it begins.
 */
export const calendarFile = z.object({ text: z.string().max(1_000_000) });
export const calendarProblems = [
  "not-a-date",
  "not-a-table",
  "ends-before-it-begins",
  "repeats",
  "too-many",
  "no-days",
] as const;
export const calendarReading = z.object({
  days: z.array(calendarDay),
  problems: z.array(z.object({ line: z.number(), problem: z.enum(calendarProblems), text: z.string() })),
});
export type CalendarReading = z.infer<typeof calendarReading>;

/** Days by calendar. */
export type CalendarBook = ReadonlyMap<number, readonly CalendarDay[]>;

/** What the calendar says of this date; a day made up for goes before a day off. Undefined: a day like others. */
export function dayOn(days: readonly CalendarDay[], date: string): CalendarDay | undefined {
  const found = days.filter(({ from, to }) => from <= date && date <= to);
  return found.find(({ kind }) => kind === "work") ?? found[0];
}

/** Open hours with a calendar: closed on its days off, on days made up for open as the weekday that they stand for. */
export function isWithinCalendar(hours: WeekHours, days: readonly CalendarDay[], wall: WallClock): boolean {
  const day = dayOn(days, wall.date);
  if (!day) return isWithin(hours, wall);
  return day.kind === "work" && isWithin(hours, { ...wall, weekday: day.hoursOf });
}

/** Is it open there now? */
export const isOpenByCalendar = (
  hours: WeekHours,
  days: readonly CalendarDay[],
  atMs: number,
  timeZone: string,
): boolean => isWithinCalendar(hours, days, wallClock(atMs, timeZone));
