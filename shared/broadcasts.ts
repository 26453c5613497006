/** A campaign's recorded messages: what an agentless campaign plays, and what a person hears whom no agent can take. */
import { z } from "zod";
import { instant } from "./common.ts";
import {
  hasTransfer,
  messageFlow,
  optOutRule,
  type PromptChoice,
  promptChoice,
  promptsIn,
  saidWithoutKeys,
} from "./message-flow.ts";

/**
 * What answering machines hear. `as-people`: nobody finds out who answered. `same`: what people hear up to the first
 * question, after the beep. `prompt`: `voicemailPrompt`, after the beep.
 */
export const onMachineChoices = ["as-people", "hang-up", "same", "prompt"] as const;

export const agentlessSettings = z.object({
  /** Calls of this campaign under way at once, talks with agents left out. */
  concurrency: z.number().int().min(1).max(2000).default(10),
  callsPerSecond: z.number().min(0.1).max(200).default(2),
  /** The message begins when the person has spoken, or this long after the answer. */
  startAfterMs: z.number().int().min(0).max(5000).default(1000),
  onMachine: z.enum(onMachineChoices).default("as-people"),
  voicemailPrompt: promptChoice.default(null),
  flow: messageFlow,
});
export type AgentlessSettings = z.output<typeof agentlessSettings>;

/** What follows when a person answered and no agent is free in time; it counts as abandoned either way. */
export const abandonedFirst = ["message", "queue"] as const;
export const abandonment = z.object({
  /** `message`: who called and a key against more calls. `queue`: music until an agent is free, then that message. */
  first: z.enum(abandonedFirst).default("message"),
  /** The longest wait in the queue. */
  queueMs: z.number().int().min(5000).max(600_000).default(30_000),
  prompt: promptChoice.default("abandoned"),
  optOut: optOutRule.default({ key: "9", scope: "global", prompt: "opted-out" }),
  /** The key works during the message and so long after it. */
  keyWaitMs: z.number().int().min(1000).max(30_000).default(5000),
});
export type Abandonment = z.output<typeof abandonment>;
export const defaultAbandonment: Abandonment = abandonment.parse({});

/** What is said to a machine after its beep; empty: we hang up. */
export function saidToMachines({ onMachine, voicemailPrompt, flow }: AgentlessSettings): PromptChoice[] {
  if (onMachine === "same") return saidWithoutKeys(flow);
  return onMachine === "prompt" && voicemailPrompt !== null ? [voicemailPrompt] : [];
}

export const needsAgents = (settings: AgentlessSettings): boolean => hasTransfer(settings.flow);

/** Prompts of the company that these messages play. */
export const promptsOfMessages = (messages: {
  agentless: AgentlessSettings | null;
  abandonment: Abandonment;
}): number[] => {
  const { agentless, abandonment: lost } = messages;
  const own = [lost.prompt, lost.optOut.prompt, agentless?.voicemailPrompt ?? null];
  const all = [
    ...own.filter((choice) => typeof choice === "number"),
    ...(agentless ? promptsIn(agentless.flow) : []),
  ];
  return [...new Set(all)];
};

export const messageQuery = z.object({ from: instant.optional(), to: instant.optional() });
/** `GET /api/v1/campaigns/:id/message-results?from=&to=`; each figure opens the calls that `CallFilter` finds with its name. */
export const messageResults = z.object({
  /** People who answered and heard a message, whether whole or not. */
  calls: z.number(),
  heard: z.number(),
  cut: z.number(),
  /** Machines, and those that took the whole message. */
  machines: z.number(),
  left: z.number(),
  optOuts: z.number(),
  callbacks: z.number(),
  transfers: z.number(),
  /** Transfers that reached an agent. */
  connected: z.number(),
  /** By the keys that were chosen in turn, such as `1-2`; empty: none. `label` of the last one. */
  keys: z.array(z.object({ keys: z.string(), label: z.string(), calls: z.number() })),
  /** Those who hung up before the end, by the second in which they did. */
  seconds: z.array(z.object({ second: z.number(), calls: z.number() })),
});
export type MessageResults = z.infer<typeof messageResults>;
