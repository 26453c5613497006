import { companyZone } from "./format.ts";

/** Milliseconds that `zone` is ahead of UTC at an instant. */
function offsetAt(instantMs: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instantMs);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(instantMs / 1000) * 1000;
}

/** The instant at which a wall clock in `zone` shows `local` (`YYYY-MM-DD` or with `THH:MM`). */
export function instantOf(local: string, zone = companyZone()): string {
  const wall = Date.parse(local.length === 10 ? `${local}T00:00Z` : `${local}Z`);
  const guess = wall - offsetAt(wall, zone);
  return new Date(wall - offsetAt(guess, zone)).toISOString();
}

/** The first instant of a day on the company's clock. */
export const dayStart = (day: string) => instantOf(day);

/** The day (`YYYY-MM-DD`) of an instant on the company's clock. */
export function dayOf(instant: Date, zone = companyZone()): string {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString().slice(0, 10);
}

/** The day after, or `days` later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
