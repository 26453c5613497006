/** Minutes a zone is ahead of UTC at an instant. */
function offsetMinutes(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(new Date(atMs));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
  return Math.round((wall - Math.floor(atMs / 60_000) * 60_000) / 60_000);
}

/**
 * `2026-11-21T10:00` on a wall in the zone, as an ISO instant; undefined when the text is no time. A time that the
 * clocks skip when they go forward is as much later; of one that they show twice, the first.
 */
export function instantOf(wallClock: string, timeZone: string): string | undefined {
  const naive = Date.parse(`${wallClock}Z`);
  if (Number.isNaN(naive)) return undefined;
  // The zone's offset changes at most once within a day on either side.
  const offsets = [naive - 86_400_000, naive + 86_400_000].map((at) => offsetMinutes(at, timeZone));
  const candidates = offsets.map((offset) => naive - offset * 60_000).toSorted((a, b) => a - b);
  const shown = candidates.find((at) => at + offsetMinutes(at, timeZone) * 60_000 === naive);
  // Skipped: by the offset from before the change, it comes out after it.
  return new Date(shown ?? naive - offsets[0]! * 60_000).toISOString();
}

/** The wall clock of an instant in the zone, as `datetime-local` inputs want it. */
export function wallClockOf(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetMinutes(atMs, timeZone) * 60_000).toISOString().slice(0, 16);
}

/** The day (`YYYY-MM-DD`) so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `days` days after the instant's own day in the zone, at a wall-clock time: tomorrow at `10:00`. */
export function dayAt(atMs: number, days: number, time: string, timeZone: string): string {
  return `${addDays(wallClockOf(atMs, timeZone).slice(0, 10), days)}T${time}`;
}
