/** What an agent says and asks, as a graph of pages: call scripts, and questionnaires whose answers are counted. */
import { z } from "zod";
import { answerRule } from "./answer-rules.ts";
import { instant, pageQuery } from "./common.ts";

export const scriptKinds = ["script", "questionnaire"] as const;
export type ScriptKind = (typeof scriptKinds)[number];

export const questionTypes = [
  "single",
  "multiple",
  "scale",
  "nps", // 0 to 10, how likely they recommend us
  "number",
  "text",
  "date",
  "matrix", // one of the options for each row
] as const;
export type QuestionType = (typeof questionTypes)[number];

/** Stays when words change, so that answers before and after count together. */
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const option = z.object({ key, label: z.string().trim().max(200) });
export type QuestionOption = z.output<typeof option>;

export const question = z.object({
  key,
  type: z.enum(questionTypes),
  /** As it is asked; `{{variables}}` are filled. */
  label: z.string().trim().max(1000),
  required: z.boolean().default(false),
  /** Of `single`, `multiple`, and of each row of a `matrix`. */
  options: z.array(option).max(50).default([]),
  rows: z.array(option).max(30).default([]),
  /** Of `scale` (whole numbers, both included) and `number`; null: none. */
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  /** What the ends of a scale mean. */
  minLabel: z.string().trim().max(60).default(""),
  maxLabel: z.string().trim().max(60).default(""),
});
export type Question = z.output<typeof question>;

/** What reaching a last page puts into the service summary, for the agent to confirm. */
export const scriptEnd = z.object({
  /** The walk counts as complete; a refusal does not. */
  complete: z.boolean().default(true),
  /** Label of a result of the campaign, or its path such as `Interested / Sold`; one it has not is left out. */
  disposition: z.string().trim().max(250).default(""),
  /** A callback is proposed so long from then; null: none. */
  callbackMinutes: z.number().int().min(1).max(525_600).nullable().default(null),
  /** Added to the note; `{{variables}}` are filled. */
  note: z.string().max(1000).default(""),
});
export type ScriptEnd = z.output<typeof scriptEnd>;

export const scriptPage = z.object({
  id: key,
  title: z.string().trim().max(100),
  /** See `script-text.ts`. */
  text: z.string().max(10_000).default(""),
  /** Keys of the campaign's summary form that are filled in here; one it has not is left out. */
  fields: z.array(z.string().max(60)).max(20).default([]),
  questions: z.array(question).max(20).default([]),
  /** The first whose rule holds is taken. */
  jumps: z
    .array(z.object({ when: answerRule, to: key }))
    .max(20)
    .default([]),
  /** Where it goes on when no jump is taken. */
  next: key.nullable().default(null),
  /** Only of a last page. */
  end: scriptEnd.nullable().default(null),
});
export type ScriptPage = z.output<typeof scriptPage>;

export const scriptDocument = z.object({
  start: key,
  pages: z.array(scriptPage).min(1).max(200),
  /** The agent may open any page out of turn; else only those already seen. */
  freeJump: z.boolean().default(true),
});
export type ScriptDocument = z.output<typeof scriptDocument>;

export const scriptProblems = [
  "start-missing", // the first page does not exist
  "repeated-page",
  "repeated-question", // two questions have one key
  "title-missing",
  "page-empty", // neither words nor anything to fill in
  "question-empty",
  "no-options",
  "repeated-option",
  "option-empty",
  "no-rows",
  "bad-range",
  "dead-end", // not a last page, and nowhere to go for some answer
  "after-end", // a last page that goes on
  "unknown-page", // goes to a page that does not exist
  "unreachable",
  "no-way-out", // no last page can be reached
  "loop", // pages in a circle that ask nothing
  "unknown-question", // a condition about a question that does not exist
  "unknown-option",
  "unknown-variable",
] as const;
export const scriptProblem = z.object({
  problem: z.enum(scriptProblems),
  /** Null: of the whole script. */
  pageId: z.string().nullable(),
  /** The key, page or variable it is about. */
  about: z.string().default(""),
});
export type ScriptProblem = z.output<typeof scriptProblem>;

const name = z.string().trim().min(1).max(100);
/** `POST /api/v1/scripts`, also for an imported file; `PUT /api/v1/scripts/:id` takes its `revision` with it. */
export const scriptInput = z.object({ name, kind: z.enum(scriptKinds), document: scriptDocument });
export type ScriptInput = z.output<typeof scriptInput>;
/** Errors: 409 `script-changed-elsewhere` when somebody else saved a newer revision; 409 `script-name-taken`. */
export const scriptChange = z.object({ name, document: scriptDocument, revision: z.number().int() });
export type ScriptChange = z.output<typeof scriptChange>;
export const scriptCopy = z.object({ name });
/** `POST /:id/publish`; errors: 422 `script-incomplete` with `detail.problems: ScriptProblem[]`. */
export const scriptPublish = z.object({ note: z.string().trim().max(500).default("") });

export const scriptFilter = pageQuery.extend({
  kind: z.enum(scriptKinds).optional(),
  search: z.string().trim().max(100).optional(),
});
const versionRow = z.object({
  id: z.number(),
  number: z.number(),
  note: z.string(),
  publishedAt: instant,
  publishedBy: z.string().nullable(),
  /** Calls that walked it. */
  calls: z.number(),
});
export type ScriptVersionRow = z.output<typeof versionRow>;

export const scriptRow = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(scriptKinds),
  pages: z.number(),
  questions: z.number(),
  /** In force; null: never published. */
  version: z.object({ id: z.number(), number: z.number() }).nullable(),
  /** The draft differs from what is in force. */
  hasChanges: z.boolean(),
  campaigns: z.array(z.object({ id: z.number(), name: z.string() })),
  updatedAt: instant,
});
export type ScriptRow = z.output<typeof scriptRow>;

export const scriptDetail = scriptRow.extend({
  /** The draft. */
  document: scriptDocument,
  revision: z.number(),
  problems: z.array(scriptProblem),
  /** Newest first. */
  versions: z.array(versionRow),
});
export type ScriptDetail = z.output<typeof scriptDetail>;

/** `GET /api/v1/script-versions/:id`; never changes. `POST /:id/restore` puts it in force again. */
export const scriptVersion = z.object({
  id: z.number(),
  scriptId: z.number(),
  name: z.string(),
  kind: z.enum(scriptKinds),
  number: z.number(),
  document: scriptDocument,
});
export type ScriptVersion = z.output<typeof scriptVersion>;

/** Where a call stands in its script. */
export const scriptWalk = z.object({
  pageId: z.string(),
  /** The pages before, in the order in which they were seen. */
  trail: z.array(z.string()).max(500),
  answers: z.record(z.string(), z.unknown()),
});
export type ScriptWalk = z.output<typeof scriptWalk>;

/** The script in force of a campaign, and so of a call that begins now. */
export const scriptInForce = z.object({
  id: z.number(),
  versionId: z.number(),
  name: z.string(),
  kind: z.enum(scriptKinds),
});
export type ScriptInForce = z.output<typeof scriptInForce>;

/** `GET /api/v1/desk/script?callId=`: the version the call began with, and where it stands. */
export const deskScript = z.object({ version: scriptVersion, walk: scriptWalk.nullable() });
/** `PUT /api/v1/desk/script`: as often as the agent moves or types; errors 422 `script-walk-invalid`. */
export const deskScriptSave = scriptWalk.extend({ callId: z.string() });

/** Of a call's page: what was asked, what was answered. `onPath` is false for a branch that was left again. */
export const callScript = z.object({
  scriptId: z.number(),
  versionId: z.number(),
  name: z.string(),
  kind: z.enum(scriptKinds),
  number: z.number(),
  document: scriptDocument,
  pageId: z.string(),
  trail: z.array(z.string()),
  complete: z.boolean().nullable(),
  answers: z.array(z.object({ question: z.string(), value: z.unknown(), at: instant, onPath: z.boolean() })),
});
export type CallScript = z.output<typeof callScript>;

/** Calls under a script, by how far they came. */
export const scriptFigures = ["started", "ended", "complete"] as const;
export type ScriptFigure = (typeof scriptFigures)[number];

/**
 * `GET /api/v1/scripts/:id/results`: days on the company's clock, both included; ids as in `callFilter`. Each number
 * opens its calls: `GET /api/v1/calls?scriptId=&question=&answer=…`. `/export` has a sheet of counts and one of answers.
 */
export const scriptResultsQuery = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  campaignId: z.coerce.number().int().optional(),
  listId: z.coerce.number().int().optional(),
  agentId: z.coerce.number().int().optional(),
  versionId: z.coerce.number().int().optional(),
});
export type ScriptResultsQuery = z.output<typeof scriptResultsQuery>;

const counted = z.object({ answer: z.string(), label: z.string(), calls: z.number() });
export type CountedAnswer = z.output<typeof counted>;
const questionResult = z.object({
  key: z.string(),
  type: z.enum(questionTypes),
  label: z.string(),
  /** Of the newest version; false: an earlier one asked it. */
  isAsked: z.boolean(),
  /** Calls with an answer. */
  answered: z.number(),
  /** In the order of the options or values; of `multiple` their sum may exceed `answered`. */
  counts: z.array(counted),
  /** Of a matrix. */
  rows: z.array(z.object({ row: z.string(), label: z.string(), counts: z.array(counted) })),
  /** Of numbers and scales. */
  mean: z.number().nullable(),
  nps: z
    .object({ promoters: z.number(), passives: z.number(), detractors: z.number(), score: z.number() })
    .nullable(),
  /** Of texts: the newest, 50 at most. */
  texts: z.array(z.object({ callId: z.string(), at: instant, text: z.string() })),
});
export type QuestionResult = z.output<typeof questionResult>;
export const scriptResults = z.object({
  timeZone: z.string(),
  started: z.number(),
  /** Reached a last page. */
  ended: z.number(),
  complete: z.number(),
  /** From the first page to the last; null: none ended. */
  meanMs: z.number().nullable(),
  questions: z.array(questionResult),
});
export type ScriptResults = z.output<typeof scriptResults>;
