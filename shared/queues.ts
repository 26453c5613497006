/** Queues of callers, who serves them and how. */
import { z } from "zod";
import { e164, instant, languages } from "./common.ts";
import { flowKeys } from "./message-flow.ts";

/** Who is asked first of those who are free and of the best rank. */
export const queueStrategies = [
  "longest-idle", // free for the longest time
  "fewest-answered", // answered the fewest callers today
  "round-robin", // by turns, 循环振铃
  "ring-all", // everybody at once, the first to accept has it, 集体振铃
  "most-skilled", // the highest levels in what the queue asks for
] as const;
export type QueueStrategy = (typeof queueStrategies)[number];

const level = z.int().min(1).max(10);
const isOnce = (keys: readonly number[]) => new Set(keys).size === keys.length;
const seconds = z.int().min(1).max(86_400);

/** Keeps the beginning of its wait. */
const toQueue = z.object({ type: z.literal("queue"), queueId: z.int() });
const toVoicemail = z.object({ type: z.literal("voicemail"), userId: z.int() });
/** Through the door, like every number that is dialled. */
const toNumber = z.object({ type: z.literal("number"), phone: e164 });

/** Where a caller goes whom nobody takes in time, for whom there is no room, or for whom nobody is here. */
export const overflowTarget = z.discriminatedUnion("type", [
  toQueue,
  toVoicemail,
  toNumber,
  /** With words of apology. */
  z.object({ type: z.literal("hang-up") }),
]);
export type OverflowTarget = z.infer<typeof overflowTarget>;

/** What a key does for a caller who waits. */
export const waitingAct = z.discriminatedUnion("type", [
  /** They hang up, keep their place, and are called when it is their turn. */
  z.object({ type: z.literal("callback") }),
  /** As if they had waited too long. */
  z.object({ type: z.literal("overflow") }),
  toQueue,
  toVoicemail,
  toNumber,
]);
export type WaitingAct = z.infer<typeof waitingAct>;

/** What callers of a queue hear and can do while they wait. */
export const queueWaiting = z.object({
  /** null: of the caller's number. */
  language: z.enum(languages).nullable().default(null),
  /** A sound that is played on and on; null: the company's music on hold. */
  musicSoundId: z.int().nullable().default(null),
  /** Said once, when they come; null: nothing. */
  greetingPromptId: z.int().nullable().default(null),
  /** One of them, by turns, every so many seconds, with place and wait. */
  promptIds: z.array(z.int()).max(20).default([]),
  everySeconds: z.int().min(5).max(600).default(40),
  tellsPlace: z.boolean().default(false),
  /** Only once it is known: from the waits of those who were answered last. */
  tellsWait: z.boolean().default(false),
  choices: z
    .array(z.object({ key: z.enum(flowKeys), act: waitingAct }))
    .max(6)
    .refine((choices) => new Set(choices.map(({ key }) => key)).size === choices.length, "a key stands twice")
    .default([]),
  callback: z
    .object({
      /** Who is on the line first: an agent, who is kept for them, or the customer. */
      first: z.enum(["agent", "customer"]).default("agent"),
      tries: z.int().min(1).max(10).default(3),
      minutesBetween: z.int().min(1).max(1440).default(10),
      /** So long after it was asked for, nobody is called any more. */
      hours: z.int().min(1).max(168).default(24),
    })
    .prefault({}),
});
export type QueueWaiting = z.output<typeof queueWaiting>;

/** Body of `POST /api/v1/queues` and `PUT /api/v1/queues/:id`. */
export const queueInput = z.object({
  name: z.string().trim().min(1).max(100),
  strategy: z.enum(queueStrategies).default("longest-idle"),
  /** The caller is with the agent at once, or is announced and accepted; `ring-all` is always announced. */
  answer: z.enum(["auto", "ring"]).default("auto"),
  /** Who does not accept for so long is paused, and the caller is the first again. */
  ringSeconds: z.int().min(5).max(120).default(20),
  /** Callers of this queue count as if they had waited so many times `senioritySeconds` longer. */
  priority: z.int().min(0).max(9).default(0),
  senioritySeconds: z.int().min(1).max(3600).default(60),
  /** For so long a caller waits for the agent who knows them, alone; null: no agent goes before others. */
  familiarSeconds: z.int().min(0).max(600).nullable().default(0),
  /** So many wait at most, and so long; null: no limit. */
  maxLength: z.int().min(1).max(10_000).nullable().default(null),
  maxWaitSeconds: seconds.nullable().default(600),
  /** Nobody waits while none of its agents is signed in. */
  overflowWhenEmpty: z.boolean().default(false),
  overflow: overflowTarget.default({ type: "hang-up" }),
  /** Service level: so many per cent of callers are answered in so many seconds. */
  serviceSeconds: seconds.default(20),
  servicePercent: z.int().min(1).max(100).default(80),
  /** Calls are handled by its script, form, dispositions and wrap-up; null: by those of who called this person last, if any. */
  campaignId: z.int().nullable().default(null),
  /** Talks are recorded, from the agent's first word on. */
  record: z.boolean().default(true),
  /** Who is here for it; 1 is asked before 2. */
  members: z
    .array(z.object({ userId: z.int(), rank: z.int().min(1).max(9).default(1) }))
    .max(5000)
    .refine((members) => isOnce(members.map(({ userId }) => userId)), "a person stands twice")
    .default([]),
  /** What its callers ask for. */
  skills: z
    .array(z.object({ skillId: z.int(), level }))
    .max(20)
    .refine((skills) => isOnce(skills.map(({ skillId }) => skillId)), "a skill stands twice")
    .default([]),
  /** After so long the levels are so much lower. */
  relax: z
    .array(z.object({ afterSeconds: seconds, levels: level }))
    .max(10)
    .default([]),
  waiting: queueWaiting.prefault({}),
});
export type QueueInput = z.output<typeof queueInput>;

export const queueDetail = queueInput.extend({ id: z.number() });
export type QueueDetail = z.infer<typeof queueDetail>;

/** `GET /api/v1/skills`, `POST` and `PUT /api/v1/skills/:id`: who has it, and how well. */
export const skillInput = z.object({
  name: z.string().trim().min(1).max(60),
  agents: z
    .array(z.object({ userId: z.int(), level }))
    .max(5000)
    .refine((agents) => isOnce(agents.map(({ userId }) => userId)), "a person stands twice")
    .default([]),
});
export type SkillInput = z.output<typeof skillInput>;
export const skillDetail = skillInput.extend({ id: z.number() });
export type SkillDetail = z.infer<typeof skillDetail>;

/** How a wait in a queue ended. */
export const visitEnds = [
  "answered",
  "abandoned", // the caller hung up
  "overflowed", // to another queue, a voicemail, a number
  "place-kept", // hung up to be called back in their turn
  "turned-away", // told that nobody can take the call
  "lost", // by a fault, or the end of the server
] as const;
export type VisitEnd = (typeof visitEnds)[number];

/** A queue as it is now and was today; live topic `queues`, by queue id. */
export const liveQueue = z.object({
  queueId: z.number(),
  name: z.string(),
  waiting: z.number(),
  /** Places that are kept for those who will be called back in their turn. */
  kept: z.number(),
  /** When the longest wait began; null: nobody waits. */
  waitingSince: instant.nullable(),
  agentsReady: z.number(),
  agentsBusy: z.number(),
  agentsPaused: z.number(),
  offeredToday: z.number(),
  answeredToday: z.number(),
  abandonedToday: z.number(),
  overflowedToday: z.number(),
  /** 0 to 1: answered in time, of those whose wait is over or longer than that; null: nobody came. */
  serviceLevel: z.number().nullable(),
  serviceSeconds: z.number(),
  servicePercent: z.number(),
});
export type LiveQueue = z.infer<typeof liveQueue>;

/** Several queues as one: who is ready in two of them counts in both, and the share is of all whose wait is judged. */
export function sumOfQueues(queues: readonly LiveQueue[]) {
  const sum = (of: (queue: LiveQueue) => number) => queues.reduce((all, queue) => all + of(queue), 0);
  const judged = queues.filter(({ serviceLevel }) => serviceLevel !== null);
  const weight = judged.reduce((all, { offeredToday }) => all + offeredToday, 0);
  const weighed = (of: (queue: LiveQueue) => number) =>
    judged.reduce((all, queue) => all + of(queue) * queue.offeredToday, 0) / weight;
  const since = queues.flatMap(({ waitingSince }) => waitingSince ?? []).toSorted();
  return {
    waiting: sum(({ waiting }) => waiting),
    kept: sum(({ kept }) => kept),
    waitingSince: since[0] ?? null,
    agentsReady: sum(({ agentsReady }) => agentsReady),
    answeredToday: sum(({ answeredToday }) => answeredToday),
    abandonedToday: sum(({ abandonedToday }) => abandonedToday),
    serviceLevel: weight === 0 ? null : weighed(({ serviceLevel }) => serviceLevel ?? 0),
    servicePercent: weight === 0 ? 80 : weighed(({ servicePercent }) => servicePercent),
  };
}
