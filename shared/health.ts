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

export const health = z.object({
  state: z.enum(healthStates),
  version: z.string(),
  uptimeSeconds: z.number(),
  checks: z.array(healthCheck),
});
export type Health = z.infer<typeof health>;
