import "./events.ts";
import "./tables.ts";

export { createGreetings, type Greetings } from "./greetings.ts";
export { greetingRuleRoutes } from "./routes.ts";
