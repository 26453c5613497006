import "./tables.ts";

export { createOutbox, type Outbox } from "./outbox.ts";
export { insertMail, outboxState } from "./queries.ts";
export { mailRoutes } from "./routes.ts";
