/** Which shift holds for a person on a day. Pure. */
import type { ShiftExceptionRow, ShiftRow } from "../../../shared/agent-time.ts";
import { addDays, instantOf } from "../../../shared/zoned-time.ts";
import type { PlannedSlice } from "./adherence.ts";

export interface Plan {
  patterns: readonly ShiftRow[];
  exceptions: readonly ShiftExceptionRow[];
}

/** A person, and the units that they stand in, the nearest first. */
export interface Planned {
  userId: number;
  units: readonly number[];
}

interface Shift {
  starts: string;
  ends: string;
  breaks: readonly (readonly [string, string])[];
  note: string;
}

/**
 * The nearest that says something of this day: the person, then their units upwards; of one, its exception before its
 * pattern, and of patterns the one that began last. null: nothing is planned, or the day is free.
 */
export function shiftOn(day: string, { userId, units }: Planned, plan: Plan): Shift | null {
  const weekday = ((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7) + 1;
  const holders = [
    (row: { userId: number | null }) => row.userId === userId,
    ...units.map((unit) => (row: { orgUnitId: number | null }) => row.orgUnitId === unit),
  ] as ((row: { userId: number | null; orgUnitId: number | null }) => boolean)[];
  for (const holds of holders) {
    const different = plan.exceptions.find((row) => row.day === day && holds(row));
    if (different) {
      const { starts, ends, breaks, note } = different;
      return starts === null || ends === null ? null : { starts, ends, breaks, note };
    }
    const [usual] = plan.patterns
      .filter(
        (row) =>
          row.weekday === weekday &&
          row.validFrom <= day &&
          (row.validTo === null || row.validTo >= day) &&
          holds(row),
      )
      .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.id - a.id);
    if (usual) return { ...usual, note: "" };
  }
  return null;
}

/** Work and breaks in order. Times before the start are on the next day. */
export function slicesOf(day: string, shift: Shift | null, timeZone: string): PlannedSlice[] {
  if (!shift) return [];
  const at = (time: string) =>
    Date.parse(instantOf(`${time < shift.starts ? addDays(day, 1) : day}T${time}`, timeZone)!);
  const begin = at(shift.starts);
  const end =
    shift.ends <= shift.starts
      ? Date.parse(instantOf(`${addDays(day, 1)}T${shift.ends}`, timeZone)!)
      : at(shift.ends);
  const breaks = shift.breaks
    .map(([from, to]) => ({ from: Math.max(begin, at(from)), to: Math.min(end, at(to)) }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from);
  const slices: PlannedSlice[] = [];
  let cursor = begin;
  for (const rest of breaks) {
    if (rest.from > cursor) slices.push({ kind: "work", from: cursor, to: rest.from });
    const from = Math.max(cursor, rest.from);
    if (rest.to > from) slices.push({ kind: "break", from, to: rest.to });
    cursor = Math.max(cursor, rest.to);
  }
  if (end > cursor) slices.push({ kind: "work", from: cursor, to: end });
  return slices;
}
