import "./tables.ts";
import "./events.ts";

export { failingWebhooks } from "./queries.ts";
export { createWebhookRelay } from "./relay.ts";
export { webhookRoutes } from "./routes.ts";
