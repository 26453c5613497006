/** Wall-clock hours in any IANA zone, by the platform's own zone data (ECMA-402). Pure: the instant is an argument. */
import { type WeekHours, type Weekday, weekdays } from "./campaigns.ts";

export interface WallClock {
  weekday: Weekday;
  /** Minutes since local midnight, 0…1439. */
  minute: number;
  /** `2026-11-20`. */
  date: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "long",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Is this a zone the platform knows? */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** What was asked lately, by zone and minute: the platform takes 10 to 30 µs to tell, the same minute is asked for often. */
const lately = new Map<string, Readonly<WallClock>>();
const latelyMost = 20_000;

/** What a clock on the wall shows there. Throws RangeError for an unknown zone. */
export function wallClock(atMs: number, timeZone: string): Readonly<WallClock> {
  // Offsets are whole minutes everywhere since 1972; of what lies before, nobody asks often.
  const key = `${timeZone} ${Math.floor(atMs / 60_000)}`;
  const known = atMs > 1e11 ? lately.get(key) : undefined;
  if (known) return known;
  const shown = readClock(atMs, timeZone);
  if (lately.size >= latelyMost) lately.clear();
  if (atMs > 1e11) lately.set(key, shown);
  return shown;
}

function readClock(atMs: number, timeZone: string): WallClock {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) part[type] = value;
  return {
    weekday: part["weekday"]!.toLowerCase() as Weekday,
    minute: Number(part["hour"]) * 60 + Number(part["minute"]),
    date: `${part["year"]}-${part["month"]}-${part["day"]}`,
  };
}

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Is it within the hours when a wall there shows this? An end is exclusive; `24:00` ends a day. */
export const isWithin = (hours: WeekHours, { weekday, minute }: WallClock): boolean =>
  (hours[weekday] ?? []).some(([from, to]) => minute >= minuteOf(from) && minute < minuteOf(to));

/** Is it within the hours there now? */
export const isOpen = (hours: WeekHours, atMs: number, timeZone: string): boolean =>
  isWithin(hours, wallClock(atMs, timeZone));

/** Minutes that are open there from now to midnight there. */
export function openMinutesLeft(hours: WeekHours, atMs: number, timeZone: string): number {
  const { weekday, minute } = wallClock(atMs, timeZone);
  return (hours[weekday] ?? []).reduce(
    (sum, [from, to]) => sum + Math.max(0, minuteOf(to) - Math.max(minute, minuteOf(from))),
    0,
  );
}

const minuteMs = 60_000;

/** The next moment (ms) at which it is open there, `atMs` itself if it is open; null when it never opens. */
export function nextOpening(hours: WeekHours, atMs: number, timeZone: string): number | null {
  if (isOpen(hours, atMs, timeZone)) return atMs;
  const start = Math.floor(atMs / minuteMs) * minuteMs;
  const { weekday, minute } = wallClock(start, timeZone);
  const today = weekdays.indexOf(weekday);
  const openings = Array.from({ length: 8 }, (_, day) =>
    (hours[weekdays[(today + day) % 7]!] ?? []).map(([from]) => day * 1440 + minuteOf(from) - minute),
  )
    .flat()
    .filter((delta) => delta > 0)
    .sort((a, b) => a - b);
  for (const delta of openings) {
    // The clock may be put forward or back in between, by up to an hour anywhere on earth today.
    for (const shift of [-60, -30, 0, 30, 60]) {
      const candidate = start + (delta + shift) * minuteMs;
      if (candidate > atMs && isOpen(hours, candidate, timeZone)) return candidate;
    }
  }
  return null;
}
