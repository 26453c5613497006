import "./tables.ts";

export { createIvr, type Ivr } from "./ivr.ts";
export { ivrOutsideRoutes } from "./routes-outside.ts";
export { ivrRoutes } from "./routes.ts";
