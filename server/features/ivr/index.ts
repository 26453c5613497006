import "./tables.ts";
import "./events.ts";

export { flowsInForce } from "./queries.ts";
export { ensureDatabase } from "./queries-outside.ts";
export { createFlow, publishFlow } from "./save-flow.ts";
export { createIvr, type Ivr } from "./ivr.ts";
export { ivrOutsideRoutes } from "./routes-outside.ts";
export { ivrRoutes } from "./routes.ts";
export { ivrTestRoutes } from "./routes-test.ts";
