/** Where things stand in a grid of days, on one zone's wall clock. Pure. */
import { addDays, instantOf, wallClockOf } from "../../../shared/zoned-time.ts";

export const minutesPerDay = 1440;
/** The least that a move moves, and a block is tall. */
export const stepMinutes = 15;

const two = (n: number) => String(n).padStart(2, "0");

export interface Span {
  startsAt: string;
  endsAt: string;
}

/** `YYYY-MM-DD` of the days from `day` on; for a week from its Monday. */
export function daysOf(day: string, view: "day" | "week"): string[] {
  if (view === "day") return [day];
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, i) => addDays(day, i - weekday));
}

/** The part of a span that lies in a day, in minutes since its midnight; null when none does. */
export function partIn(span: Span, day: string, zone: string): { from: number; to: number } | null {
  const minutesFrom = (at: string): number => {
    const [date, time] = wallClockOf(Date.parse(at), zone).split("T") as [string, string];
    const [hours, minutes] = time.split(":").map(Number) as [number, number];
    const days = (Date.parse(`${date}T00:00Z`) - Date.parse(`${day}T00:00Z`)) / 86_400_000;
    return days * minutesPerDay + hours * 60 + minutes;
  };
  const [from, to] = [minutesFrom(span.startsAt), minutesFrom(span.endsAt)];
  // The clocks may go back within it.
  const end = Math.max(to, from + stepMinutes);
  if (from >= minutesPerDay || end <= 0) return null;
  return { from: Math.max(0, from), to: Math.min(minutesPerDay, end) };
}

export interface Placed<T> {
  item: T;
  from: number;
  to: number;
  /** Side by side with those that it overlaps: the `lane`th of `lanes`. */
  lane: number;
  lanes: number;
}

/** Blocks of one day, those that overlap beside each other in as few lanes as there can be. */
export function laidOut<T extends Span>(items: readonly T[], day: string, zone: string): Placed<T>[] {
  const parts = items
    .flatMap((item) => {
      const part = partIn(item, day, zone);
      return part ? [{ item, ...part, lane: 0, lanes: 1 }] : [];
    })
    .toSorted((a, b) => a.from - b.from || b.to - a.to);
  let cluster: Placed<T>[] = [];
  let clusterEnd = -1;
  const close = () => {
    const lanes = Math.max(0, ...cluster.map(({ lane }) => lane)) + 1;
    for (const block of cluster) block.lanes = lanes;
  };
  for (const block of parts) {
    if (block.from >= clusterEnd) {
      close();
      cluster = [];
    }
    const taken = new Set(cluster.filter(({ to }) => to > block.from).map(({ lane }) => lane));
    while (taken.has(block.lane)) block.lane++;
    cluster.push(block);
    clusterEnd = Math.max(clusterEnd, block.to);
  }
  close();
  return parts;
}

/** So many days and minutes later on the wall clock: ten o'clock stays ten o'clock when the clocks change. */
export function movedBy(at: string, by: { days?: number; minutes?: number }, zone: string): string {
  const [date, time] = wallClockOf(Date.parse(at), zone).split("T") as [string, string];
  const wall = Date.parse(`${addDays(date, by.days ?? 0)}T${time}Z`) + (by.minutes ?? 0) * 60_000;
  return instantOf(new Date(wall).toISOString().slice(0, 16), zone)!;
}

/** The instant of a place in the grid, at the step before it. */
export function instantAt(day: string, minutes: number, zone: string): string {
  const snapped = Math.min(
    minutesPerDay - stepMinutes,
    Math.max(0, Math.floor(minutes / stepMinutes) * stepMinutes),
  );
  return instantOf(`${day}T${two(Math.floor(snapped / 60))}:${two(snapped % 60)}`, zone)!;
}
