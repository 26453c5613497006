export { demandUnused } from "./demand-unused.ts";
