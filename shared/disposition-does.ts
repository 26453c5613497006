/** What a disposition does besides its effect: parts that are absent do nothing of their own. */
import { z } from "zod";
import { retryRule } from "./after-call.ts";

const dayMs = 86_400_000;

export const dispositionDoes = z.object({
  /** With `retry`: when, with which number and how often, instead of the outcome's rule. */
  retry: retryRule.optional(),
  /** With `callback`: the time after now that the desk proposes, and whose it is: the agent's own or the team's. */
  callback: z
    .object({
      afterMs: z
        .number()
        .int()
        .min(60_000)
        .max(365 * dayMs),
      mine: z.boolean(),
    })
    .optional(),
  /** With `do-not-call`; absent: the number that was called, everywhere, for ever. */
  doNotCall: z
    .object({
      scope: z.enum(["everywhere", "campaign"]),
      /** `all`: every number of the lead and the customer. */
      numbers: z.enum(["called", "all"]),
      /** null: for ever. */
      days: z.number().int().min(1).max(3_650).nullable(),
    })
    .optional(),
  /** Other systems are asked for a ticket, with the form's answers: webhook event `ticket.requested`. */
  ticket: z
    .object({
      title: z.string().trim().min(1).max(200),
      /** What sort of ticket, in the other system's words. */
      category: z.string().trim().max(100).default(""),
    })
    .optional(),
  /** The lead is put on this list, fresh; with `done` it is over on its own. */
  listId: z.number().int().optional(),
});
export type DispositionDoes = z.output<typeof dispositionDoes>;

/** Parts that belong to one effect, by the part. */
const partOf = { retry: "retry", callback: "callback", doNotCall: "do-not-call" } as const;

/** Without parts of another effect. */
export function doesFor(effect: string, does: DispositionDoes | undefined): DispositionDoes {
  const kept = Object.entries(does ?? {}).filter(
    ([part, value]) =>
      value !== undefined && (!(part in partOf) || partOf[part as keyof typeof partOf] === effect),
  );
  return Object.fromEntries(kept);
}
