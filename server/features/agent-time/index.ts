import "./tables.ts";

export { agentTimeRoutes } from "./routes.ts";
export { shiftRoutes } from "./routes-shifts.ts";
