import { z } from "zod";
import { instant } from "./common.ts";

/** Who answered. Words under `answering.class.<name>`. */
export const answerClasses = ["human", "machine", "screener", "fax"] as const;
export type AnswerClass = (typeof answerClasses)[number];

/** What decided; words under `answering.reason.<name>`. */
export const answerReasons = [
  "sure", // the model, before its time was over
  "unsure", // the time was over: human
  "silence", // nobody spoke in that time: human
  "no-audio", // nothing was heard of the leg at all: human
  "fax-tone",
  "beep",
  "talks-on", // a prompt so long is no question
  "waits", // it asked, and listens
] as const;
export type AnswerReason = (typeof answerReasons)[number];

/** `beside`: an agent hears who answers at once, and so do we. */
export const listenings = ["before", "beside"] as const;
export type Listening = (typeof listenings)[number];

/** `cautious`: fewer people are taken for machines, and fewer machines are found. */
export const sensitivities = ["cautious", "balanced"] as const;
export type Sensitivity = (typeof sensitivities)[number];

export const machineActions = ["hang-up", "message", "agent"] as const;
export type MachineAction = (typeof machineActions)[number];

/** Two humans hung up on, at least, before detection is turned off for them. */
export const fewestErrors = 2;

const turnedOff = z.object({
  at: instant,
  /** Share of people who were taken for machines, per cent, with its interval. */
  percent: z.number(),
  low: z.number(),
  high: z.number(),
});

/** What a campaign does with answers that are no person's. */
export const answeringSettings = z.object({
  enabled: z.boolean().default(false),
  /** It is found out before an agent is taken, or while one talks already. */
  listen: z.enum(listenings).default("before"),
  /** Of `beside`: a machine is taken from the agent at once; else the desk says what it is taken for. */
  takeBack: z.boolean().default(false),
  sensitivity: z.enum(sensitivities).default("balanced"),
  /** `message`: after the beep, then hang up. */
  onMachine: z.enum(machineActions).default("hang-up"),
  machinePromptId: z.number().int().nullable().default(null),
  /** `message`: says it to the assistant, then an agent takes the call. */
  onScreener: z.enum(machineActions).default("agent"),
  screenerPromptId: z.number().int().nullable().default(null),
  /** Of calls taken for machines, so many are given to an agent all the same: they measure the error. */
  samplePercent: z.number().min(0).max(100).default(2),
  /** Detection turns itself off above this share of people taken for machines. */
  maxErrorPercent: z.number().min(0.1).max(50).default(2),
  turnedOff: turnedOff.nullable().default(null),
});
export type AnsweringSettings = z.infer<typeof answeringSettings>;

/** A share, per cent, with its 95 % interval; null: nothing measured yet. */
const share = z.object({ percent: z.number(), low: z.number(), high: z.number() }).nullable();
export type Share = z.infer<typeof share>;

/** How good detection was, over verdicts of the last 30 days. */
export const answerAccuracy = z.object({
  verdicts: z.number(),
  /** Calls taken for a person, and how many of them an agent called a machine. */
  takenForHuman: z.number(),
  missedMachines: z.number(),
  takenForMachine: z.number(),
  /** Of these, drawn at random and known; and how many were people. */
  sampled: z.number(),
  sampledHumans: z.number(),
  /** Share of people who were taken for machines: what abandons are charged with. */
  falsePositive: share,
  medianMs: z.number().nullable(),
});
export type AnswerAccuracy = z.infer<typeof answerAccuracy>;

/** `GET /api/v1/campaigns/:id/answering`. */
export const campaignAccuracy = z.object({
  all: answerAccuracy,
  trunks: z.array(answerAccuracy.extend({ id: z.number().nullable(), name: z.string() })),
  classes: z.array(z.object({ class: z.enum(answerClasses), calls: z.number() })),
});
export type CampaignAccuracy = z.infer<typeof campaignAccuracy>;

/** On the call page: what was heard, and what is known. `PUT /api/v1/calls/:id/answered-by {truth}` corrects it. */
export const callVerdict = z.object({
  class: z.enum(answerClasses),
  reason: z.enum(answerReasons),
  probability: z.number(),
  decidedMs: z.number(),
  model: z.string(),
  features: z.record(z.string(), z.number()),
  sampled: z.boolean(),
  truth: z.enum(answerClasses).nullable(),
  truthSource: z.enum(["talk", "key", "review"]).nullable(),
});
export type CallVerdict = z.infer<typeof callVerdict>;

export const answerTruth = z.object({ truth: z.enum(answerClasses) });
