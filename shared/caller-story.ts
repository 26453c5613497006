/** What is known of a caller before the first word: how they came, what they keyed, who they proved to be. */
import { z } from "zod";
import { blockKinds } from "./ivr/blocks.ts";

export const callerStory = z.object({
  /** Blocks in the order of their coming, the last of them at most; `earlier` of them came before. */
  path: z.array(
    z.object({
      /** Its title; empty: it has none, and goes by its kind. */
      block: z.string(),
      kind: z.enum(blockKinds),
      /** What was keyed there, a secret as dots. */
      keys: z.string(),
      /** What the key of a menu stands for. */
      label: z.string(),
    }),
  ),
  earlier: z.number(),
  /** What was verified, with the result and the number of tries; never the digits. */
  facts: z.array(
    z.object({
      what: z.string(),
      /** Who was asked: a service, or a bound database. */
      how: z.enum(["http", "sql"]),
      ok: z.boolean(),
      tries: z.number(),
    }),
  ),
  /** Variables that the flow shows to agents, in its order; without those that are secret or empty. */
  shown: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type CallerStory = z.infer<typeof callerStory>;

/** `POST /api/v1/desk/caller`: of those who have this number, who is on the line; one of both is null. */
export const chosenCaller = z.object({ leadId: z.number().nullable(), customerId: z.number().nullable() });
export type ChosenCaller = z.infer<typeof chosenCaller>;
