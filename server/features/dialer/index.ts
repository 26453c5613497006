import "./tables.ts";
import "./events.ts";

export { createDialer, type Dialer, type DialerStatus } from "./dialer.ts";
export type { Limit } from "./pacing.ts";
export { whyRoutes } from "./why/routes.ts";
export { createPreviews, type Preview, type Previews } from "./previews.ts";
export { replayRoutes } from "./replay/routes.ts";
