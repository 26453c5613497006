import { type WeekHours, weekdays } from "../../../shared/campaigns.ts";
import { dayAt, instantOf } from "../../../shared/zoned-time.ts";

const usual = "09:00";

/**
 * When work begins on the next day that has hours, in the zone; tomorrow at nine without hours. Pure; ms since the epoch.
 */
export function openingAfter(now: number, timeZone: string, hours: WeekHours | null): number {
  for (const days of [1, 2, 3, 4, 5, 6, 7]) {
    const day = dayAt(now, days, "12:00", timeZone);
    const weekday = weekdays[(new Date(`${day}Z`).getUTCDay() + 6) % 7]!;
    const spans = hours?.[weekday] ?? [];
    const first = spans.map(([from]) => from).sort()[0];
    if (first !== undefined) return Date.parse(instantOf(`${day.slice(0, 10)}T${first}`, timeZone)!);
  }
  return Date.parse(instantOf(dayAt(now, 1, usual, timeZone), timeZone)!);
}
