import "./events.ts";
import "./tables.ts";

export { createDiversions, type Diversions } from "./forwarding.ts";
export { forwardingRoutes } from "./routes.ts";
export type { Because, Stop } from "./where-to.ts";
