export { demoLogins, demoPassword } from "./people.ts";
export { type Seeded, seedOnce } from "./seed.ts";
export { peopleToCall } from "./people-to-call.ts";
export { policyOf } from "./policies.ts";
export { flowNumber, serviceNumber } from "./service-line.ts";
