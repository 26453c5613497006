import "./tables.ts";
import "./events.ts";

export { findVersion, scriptsInForce } from "./queries.ts";
export { saveWalk, scriptOfCall, scriptOfWalk, walkOf } from "./queries-walks.ts";
export { scriptRoutes } from "./routes.ts";
export { createScript, publishScript } from "./save-script.ts";
