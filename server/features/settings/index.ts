import "./events.ts";
import "./tables.ts";

export { readSettings, writeSettings } from "./queries.ts";
export { settingsRoutes } from "./routes.ts";
