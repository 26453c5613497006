import "./events.ts";
import "./tables.ts";

export { readSettings, settingOf, writeSettings } from "./queries.ts";
export { settingsRoutes } from "./routes.ts";
