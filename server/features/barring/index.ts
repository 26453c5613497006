import "./tables.ts";

export { type Barring, createBarring } from "./barring.ts";
export { barringRoutes } from "./routes.ts";
