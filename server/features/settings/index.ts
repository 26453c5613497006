import "./events.ts";
import "./tables.ts";

export { readSettings } from "./queries.ts";
export { settingsRoutes } from "./routes.ts";
