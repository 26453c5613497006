/** Calendars in memory: they are asked at every call. */
import type { CalendarBook, CalendarDay } from "../../../shared/calendars.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { allCalendars } from "./queries.ts";
import "./events.ts";

export interface Calendars extends Disposable {
  /** Days of this calendar that are not as their weekday says; none of one that there is not, or of null. */
  daysOf(calendarId: number | null): readonly CalendarDay[];
  all(): CalendarBook;
  /** Reads everything; again whenever something is changed. */
  start(): Promise<void>;
}

export function createCalendars({ database, events }: { database: Database; events: EventBus }): Calendars {
  let known: CalendarBook = new Map();
  async function read(): Promise<void> {
    known = new Map((await allCalendars(database.db)).map(({ id, days }) => [id, days]));
  }
  const stop = events.on("calendars.changed", read);
  return {
    daysOf: (calendarId) => (calendarId === null ? undefined : known.get(calendarId)) ?? [],
    all: () => known,
    start: read,
    [Symbol.dispose]: stop,
  };
}
