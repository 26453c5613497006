/**
 * What an IVR flow is drawn of: blocks with named exits, each of which leads to a block. `flow.ts` is the whole,
 * `machine.ts` walks it, `check.ts` says what is wrong with it.
 */
import { z } from "zod";
import { answerRule } from "../answer-rules.ts";
import { weekHours } from "../campaigns.ts";
import { flowKeys } from "../message-flow.ts";
import { digitChecks } from "./check-digits.ts";

export const blockId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** What a flow knows by name; those with a dot are the system's (`systemVariables`) and are not set by a flow. */
const ownVariable = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** A stored prompt, or else a text in the language of the call; `{{variables}}` are filled and read aloud. */
export const speech = z.object({
  promptId: z.number().int().positive().nullable().default(null),
  zh: z.string().trim().max(1000).default(""),
  en: z.string().trim().max(1000).default(""),
});
export type Speech = z.output<typeof speech>;

const base = {
  id: blockId,
  title: z.string().trim().max(60).default(""),
  /** Where it stands in the drawing. */
  x: z.number().default(0),
  y: z.number().default(0),
  /** By the names of `exitsOf`; null: leads nowhere yet. */
  exits: z.record(z.string().max(40), blockId.nullable()).default({}),
};
const said = speech.prefault({});
/** A question: it is asked `tries` times at most, after `wrong` when the answer was none. */
const question = {
  speech: said,
  wrong: said,
  /** For the first key after it was said. */
  waitMs: z.number().int().min(1000).max(60_000).default(6000),
  tries: z.number().int().min(1).max(5).default(3),
};
const digits = {
  variable: ownVariable,
  min: z.number().int().min(1).max(32).default(1),
  max: z.number().int().min(1).max(32).default(20),
  endKey: z.enum(["#", "*"]).nullable().default("#"),
  betweenMs: z.number().int().min(1000).max(20_000).default(4000),
  check: z.enum(digitChecks).default("none"),
};
export const verifiedFacts = ["identity", "phone", "order", "pin", "other"] as const;
const caseKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

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
const menu = z.object({
  ...base,
  kind: z.literal("menu"),
  ...question,
  keys: z
    .array(z.object({ key: z.enum(flowKeys), label: z.string().trim().max(60).default("") }))
    .max(12)
    .default([]),
});
const collect = z.object({
  ...base,
  kind: z.literal("collect"),
  ...question,
  ...digits,
  /** Never written down, logged or spoken. */
  secret: z.boolean().default(false),
});
const record = z.object({
  ...base,
  kind: z.literal("record"),
  speech: said,
  maxMs: z.number().int().min(1000).max(300_000).default(60_000),
  endKey: z.enum(["#", "*"]).default("#"),
});
const hours = z.object({
  ...base,
  kind: z.literal("hours"),
  timeZone: z.string().max(60).default("Asia/Shanghai"),
  hours: weekHours,
  /** Days on that clock which have an exit of their own. */
  holidays: z.array(z.iso.date()).max(200).default([]),
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
/** Waits with music in a queue, or for whoever is free; whom the queue refuses, or nobody takes in time, comes back. */
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
/** Of a person, or a box of several people. */
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
const satisfaction = z.object({
  ...base,
  kind: z.literal("satisfaction"),
  ...question,
  /** Keys from 1 on; the highest is the best. */
  scale: z.number().int().min(2).max(9).default(5),
});
const subFlow = z.object({
  ...base,
  kind: z.literal("sub-flow"),
  flowId: z.number().int().nullable().default(null),
});
/** Where an answer goes: `from` is a path such as `data.balance`, or a column. */
const saves = z
  .array(z.object({ variable: ownVariable, from: z.string().trim().min(1).max(100) }))
  .max(20)
  .default([]);
/** Asked of somebody else's service. `speech` is said meanwhile. `{{variables}}` are filled, encoded for where they stand. */
const httpRequest = {
  method: z.enum(["GET", "POST", "PUT"]).default("GET"),
  url: z.string().trim().max(1000).default(""),
  headers: z
    .array(z.object({ name: z.string().regex(/^[A-Za-z0-9-]{1,60}$/), value: z.string().max(500) }))
    .max(10)
    .default([]),
  body: z.string().max(5000).default(""),
  timeoutMs: z.number().int().min(500).max(20_000).default(5000),
};
/** `:name` stands for a variable. */
const sqlQuestion = {
  databaseId: z.number().int().nullable().default(null),
  query: z.string().trim().max(5000).default(""),
  timeoutMs: z.number().int().min(200).max(10_000).default(3000),
};
const http = z.object({ ...base, kind: z.literal("http"), ...httpRequest, saves, speech: said });
const database = z.object({ ...base, kind: z.literal("sql"), ...sqlQuestion, saves, speech: said });
/** `vars` holds the variables, to be read and set; what it returns is one of `outcomes`. */
const script = z.object({
  ...base,
  kind: z.literal("script"),
  code: z.string().max(10_000).default(""),
  outcomes: z.array(caseKey).min(1).max(10).default(["next"]),
});
/** Who the caller is, or what is theirs: keyed digits that a service or a database knows. */
const verify = z.object({
  ...base,
  kind: z.literal("verify"),
  ...question,
  ...digits,
  secret: z.boolean().default(true),
  what: z.enum(verifiedFacts).default("identity"),
  /** A row, or a status of 200 to 299, is a match; no row, or 404 or 422, is none. */
  by: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("http"), ...httpRequest }),
    z.object({ kind: z.literal("sql"), ...sqlQuestion }),
  ]),
  saves,
});
/** Back to the flow that this one is a part of; by itself it hangs up. */
const back = z.object({ ...base, kind: z.literal("return") });
const hangUp = z.object({ ...base, kind: z.literal("hang-up"), speech: said });

export const ivrBlock = z.discriminatedUnion("kind", [
  greeting,
  prompt,
  menu,
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
  subFlow,
  back,
  hangUp,
]);
export type IvrBlock = z.output<typeof ivrBlock>;
export type BlockKind = IvrBlock["kind"];
export const blockKinds: readonly BlockKind[] = ivrBlock.options.map(({ shape }) => shape.kind.value);
export type BlockOf<K extends BlockKind> = Extract<IvrBlock, { kind: K }>;

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
    case "collect":
      return ["next", "timeout", "invalid"];
    case "record":
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
      return ["open", "closed", ...(block.holidays.length > 0 ? ["holiday"] : [])];
    case "condition":
      return [...new Set(block.cases.map(({ key }) => key)), "otherwise"];
    case "queue":
      return ["timeout"];
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
    case "verify":
      return exit === "verified" || exit === "failed";
    case "satisfaction":
      return exit === "rated";
    case "record":
      return exit === "next";
    case "queue":
    case "agent":
      return true;
    default:
      return false;
  }
}
