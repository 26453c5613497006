export { createHealth, type Health, type HealthProbe } from "./probes.ts";
export { banRoutes } from "./ban-routes.ts";
export { healthRoutes } from "./routes.ts";
export { coreProbes } from "./core-probes.ts";
