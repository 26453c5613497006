import "./events.ts";
import "./tables.ts";

export { type Calendars, createCalendars } from "./calendars.ts";
export { calendarRoutes } from "./routes.ts";
