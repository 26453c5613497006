import "./tables.ts";

export { createAuthenticator } from "./authenticate.ts";
export { authRoutes } from "./routes.ts";
export { tokenRoutes } from "./routes-tokens.ts";
export { startSession } from "./sessions.ts";
export { authJobs } from "./jobs.ts";
