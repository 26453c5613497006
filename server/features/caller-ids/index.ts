import "./tables.ts";
import "./events.ts";

export { type CallerIdChoice, type CallerIds, createCallerIds } from "./caller-ids.ts";
export { callerIdAlarms, poolCanCall } from "./alarms.ts";
export { regionOf } from "./areas.ts";
export { callerIdRoutes } from "./routes.ts";
export { watchCallerIds } from "./watch.ts";
