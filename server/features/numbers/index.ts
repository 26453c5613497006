import "./events.ts";
import "./tables.ts";

export { createNumbers, type Numbers } from "./numbers.ts";
export { directNumbers, replaceInboundRoutes, saveDirectNumber, whoseNumber } from "./queries.ts";
export { isOurNumber } from "./queries-strays.ts";
export { numberRoutes } from "./routes.ts";
export { routeTestRoutes } from "./routes-test.ts";
