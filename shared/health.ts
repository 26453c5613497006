import { z } from "zod";

export const healthStates = ["ok", "warning", "failed"] as const;
/** One thing that is looked at; `code` and `detail` make the sentence under `health.<code>` in the dictionaries. */
export const healthCheck = z.object({
  name: z.string(),
  state: z.enum(healthStates),
  code: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type HealthCheck = z.infer<typeof healthCheck>;

/** One row of the check `quality`: a trunk's answered calls of the last hour (its detail `trunks`). */
export const trunkQuality = z.object({
  trunkId: z.number(),
  name: z.string(),
  /** Answered calls that were measured. */
  calls: z.number(),
  /** Mean of the calls' worst directions, 1 to 4.5. */
  mos: z.number(),
  /** Of the packets that the carrier sent, 0 to 100. */
  lossPercent: z.number(),
  /** Calls on which one direction failed for a while. */
  oneWay: z.number(),
});
export type TrunkQuality = z.infer<typeof trunkQuality>;

export const health = z.object({
  state: z.enum(healthStates),
  version: z.string(),
  uptimeSeconds: z.number(),
  checks: z.array(healthCheck),
});
export type Health = z.infer<typeof health>;
