import { type WeekHours, type Weekday, weekdays } from "./campaigns.ts";

export type Span = [from: string, to: string];

/** The same hours on each of these days, none on the others. */
export const weekOf = (days: readonly Weekday[], ...spans: Span[]): WeekHours =>
  Object.fromEntries(weekdays.map((day) => [day, days.includes(day) ? spans : []])) as WeekHours;

export const everyDay = (...spans: Span[]): WeekHours => weekOf(weekdays, ...spans);
export const aroundTheClock = everyDay(["00:00", "24:00"]);
export const workdays: readonly Weekday[] = weekdays.slice(0, 5);
export const mondayToSaturday: readonly Weekday[] = weekdays.slice(0, 6);
