import "./tables.ts";

export { learnTruth, measuredFalsePositive } from "./measure.ts";
export { findVerdict, type NewVerdict, saveVerdict } from "./queries.ts";
export { answeringRoutes } from "./routes.ts";
