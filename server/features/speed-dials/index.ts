import "./tables.ts";

export { speedDial } from "./queries.ts";
export { speedDialRoutes } from "./routes.ts";
