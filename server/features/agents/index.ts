export { type AgentCore, type AgentEvent } from "./agent-machine.ts";
export { type AgentFacts, remedyOf } from "./state-cause.ts";
export { type Agent, type AgentRegistry, createAgentRegistry, type Fed, type SignIn } from "./registry.ts";
export { browserUser, createPhones, deskPhoneUser, type Phones, userOfSip } from "./phones.ts";
export { type AgentRouteParts, agentRoutes } from "./routes.ts";
export { type AgentDays, createAgentDays } from "./agent-days.ts";
export { pauseReasons, signEverybodyOut } from "./queries.ts";
