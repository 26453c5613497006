import "./tables.ts";

export { idempotencyJobs, keepIdempotent } from "./idempotency.ts";
