import { z } from "zod";
import { instant } from "./common.ts";

const share = z.object({
  /** Live answers by this rule. */
  answers: z.number(),
  abandoned: z.number(),
});

/**
 * Topic `dialler` (key campaign id): what the dialler of a running campaign does now, and why. Counts of the day are of
 * the company's clock; a person who hangs up before an agent is due counts neither way.
 */
export const liveDialler = z.object({
  campaignId: z.number(),
  mode: z.string(),
  at: instant,
  limit: z.string(),
  limitDetail: z.record(z.string(), z.unknown()),
  agents: z.object({
    ready: z.number(),
    /** Their own dial rings, or they look at a record. */
    dialling: z.number(),
    talking: z.number(),
    wrapUp: z.number(),
    paused: z.number(),
  }),
  lines: z.object({
    dialling: z.number(),
    ringing: z.number(),
    /** Answered, no agent yet. */
    waiting: z.number(),
    talking: z.number(),
  }),
  /** Predictive only: expected within 2, 4 … seconds from now. */
  forecast: z
    .object({
      stepSeconds: z.number(),
      frees: z.array(z.number()),
      answers: z.array(z.number()),
      /** The leads that are held to choose among: how likely each answers. */
      leads: z.array(z.number()),
    })
    .nullable(),
  abandons: z.object({
    ceiling: z.number(),
    today: share,
    /** One-sided 95 % bound of the day's share by Clopper and Pearson. */
    upper: z.number(),
    /** Abandons that the day still bears; null: no policy counts them. */
    left: z.number().nullable(),
    /** The chance of finding nobody that one more line may have; null as above. */
    theta: z.number().nullable(),
    /** 47 CFR 64.1200(a)(7): of all calls that a person answered, over 30 days, for the campaign. */
    us: share,
    /** Ofcom, persistent misuse: of abandoned calls and calls passed to an agent, with an estimate of people taken for machines, over 24 hours. */
    ofcom: share.extend({ estimated: z.number() }),
  }),
});
export type LiveDialler = z.infer<typeof liveDialler>;
