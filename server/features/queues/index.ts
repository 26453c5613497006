export type { AcdCaller, QueueKey } from "./acd/types.ts";
export { createDistribution, type Distribution, type Given } from "./distribution.ts";
