/**
 * What an IVR flow is drawn of: blocks with named exits, each of which leads to a block. `flow.ts` is the whole,
 * `machine.ts` walks it, `check.ts` says what is wrong with it.
 */
import { z } from "zod";
import { answerRule } from "../answer-rules.ts";
import { weekHours } from "../campaigns.ts";
import { base, caseKey, ownVariable, said } from "./block-parts.ts";
import { collect, menu, record, satisfaction, speechChoice } from "./blocks-asking.ts";
import { database, http, message, script, verify } from "./blocks-outside.ts";

/** The first whose rule holds is said, else `speech`; a key ends it, and counts for what is asked after it. */
const greeting = z.object({
  ...base,
  kind: z.literal("greeting"),
  variants: z
    .array(z.object({ when: answerRule, speech: said }))
    .max(20)
    .default([]),
  speech: said,
  bargeIn: z.boolean().default(true),
});
const prompt = z.object({
  ...base,
  kind: z.literal("prompt"),
  speech: said,
  bargeIn: z.boolean().default(true),
});
const hours = z.object({
  ...base,
  kind: z.literal("hours"),
  timeZone: z.string().max(60).default("Asia/Shanghai"),
  hours: weekHours,
  /** Days on that clock which have an exit of their own. */
  holidays: z.array(z.iso.date()).max(200).default([]),
  /** A holiday calendar (shared/calendars.ts): its days off are holidays, its days made up for open as it says. */
  calendarId: z.number().int().nullable().default(null),
});
const condition = z.object({
  ...base,
  kind: z.literal("condition"),
  cases: z
    .array(z.object({ key: caseKey, label: z.string().trim().max(60).default(""), when: answerRule }))
    .max(20)
    .default([]),
});
const set = z.object({
  ...base,
  kind: z.literal("set"),
  /** In order; `{{variables}}` are filled. `language` (zh or en) changes what is spoken from here on. */
  values: z
    .array(z.object({ variable: ownVariable, value: z.string().max(500) }))
    .max(20)
    .default([]),
});
/**
 * Waits with music in a queue, or for whoever is free. Whom the queue refuses, nobody takes in time, or who leaves by key
 * comes back, by the exit that says why; where that leads nowhere, by `timeout`. `empty`: nobody of the queue is signed in;
 * that is asked only where the exit leads somewhere, or the queue itself asks it.
 */
const queue = z.object({
  ...base,
  kind: z.literal("queue"),
  queueId: z.number().int().nullable().default(null),
  waitMs: z.number().int().min(5000).max(1_800_000).default(120_000),
});
const agent = z.object({
  ...base,
  kind: z.literal("agent"),
  userId: z.number().int().nullable().default(null),
});
const number = z.object({ ...base, kind: z.literal("number"), phone: z.string().trim().max(60).default("") });
/** Of a person, or a box of several people, which comes first. */
const voicemail = z.object({
  ...base,
  kind: z.literal("voicemail"),
  userId: z.number().int().nullable().default(null),
  boxId: z.number().int().nullable().default(null),
});
/** Promises to call the caller's own number. */
const callback = z.object({
  ...base,
  kind: z.literal("callback"),
  afterMinutes: z.number().int().min(1).max(43_200).default(60),
  speech: said,
});
const subFlow = z.object({
  ...base,
  kind: z.literal("sub-flow"),
  flowId: z.number().int().nullable().default(null),
});
/** Back to the flow that this one is a part of; by itself it hangs up. */
const back = z.object({ ...base, kind: z.literal("return") });
const hangUp = z.object({ ...base, kind: z.literal("hang-up"), speech: said });

export const ivrBlock = z.discriminatedUnion("kind", [
  greeting,
  prompt,
  menu,
  speechChoice,
  collect,
  record,
  hours,
  condition,
  set,
  queue,
  agent,
  number,
  voicemail,
  callback,
  satisfaction,
  http,
  database,
  script,
  verify,
  message,
  subFlow,
  back,
  hangUp,
]);
export type IvrBlock = z.output<typeof ivrBlock>;
export type BlockKind = IvrBlock["kind"];
export const blockKinds: readonly BlockKind[] = ivrBlock.options.map(({ shape }) => shape.kind.value);
export type BlockOf<K extends BlockKind> = Extract<IvrBlock, { kind: K }>;

/** Why a queue gives a caller back beside their time being over. */
export const queueExits = ["full", "closed", "empty", "key"] as const;
/** An exit that may lead nowhere: those who take it go by the one named here. */
export const insteadOf = (block: IvrBlock, exit: string): string | undefined =>
  block.kind === "queue" && exit !== "timeout" ? "timeout" : undefined;

/** The names of a block's exits; a block without any is the last of its path. */
export function exitsOf(block: IvrBlock): string[] {
  switch (block.kind) {
    case "greeting":
    case "prompt":
    case "set":
    case "callback":
      return ["next"];
    case "menu":
      return [...new Set(block.keys.map(({ key }) => key)), "timeout", "invalid"];
    case "speech-choice":
      return [...new Set(block.choices.map(({ key }) => key)), "timeout", "invalid", "unavailable"];
    case "collect":
      return ["next", "timeout", "invalid"];
    case "record":
    case "message":
    case "sub-flow":
      return ["next", "failed"];
    case "http":
      return ["ok", "failed", "timeout"];
    case "sql":
      return ["found", "none", "failed"];
    case "script":
      return [...new Set(block.outcomes), "failed"];
    case "verify":
      return ["verified", "failed", "timeout", "unavailable"];
    case "hours":
      return [
        "open",
        "closed",
        ...(block.holidays.length > 0 || block.calendarId !== null ? ["holiday"] : []),
      ];
    case "condition":
      return [...new Set(block.cases.map(({ key }) => key)), "otherwise"];
    case "queue":
      // Whoever is free are never too many, nor closed.
      return block.queueId === null ? ["timeout"] : ["timeout", ...queueExits];
    case "agent":
      return ["unanswered"];
    case "number":
      return ["failed"];
    case "satisfaction":
      return ["rated", "unrated"];
    case "voicemail":
    case "return":
    case "hang-up":
      return [];
  }
}

/** Exits that a caller takes by doing something, or that come after a wait for somebody: a circle through one ends. */
export function isPaced(block: IvrBlock, exit: string): boolean {
  switch (block.kind) {
    case "menu":
    case "collect":
      return exit !== "timeout";
    case "speech-choice":
      return exit !== "timeout" && exit !== "unavailable";
    case "verify":
      return exit === "verified" || exit === "failed";
    case "satisfaction":
      return exit === "rated";
    case "record":
      return exit === "next";
    case "queue":
      return exit === "timeout" || exit === "key";
    case "agent":
      return true;
    default:
      return false;
  }
}
