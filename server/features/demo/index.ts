export { demoLogins, demoPassword } from "./people.ts";
export { type Seeded, seedOnce } from "./seed.ts";
