/** IVR flows: the drawing, its drafts and versions, the numbers that lead to it. */
import { z } from "zod";
import { instant, languages, pageQuery } from "../common.ts";
import { blockId, speech } from "./block-parts.ts";
import { ivrBlock, type IvrBlock } from "./blocks.ts";

export const ivrDocument = z.object({
  start: blockId,
  blocks: z.array(ivrBlock).min(1).max(200),
  /** Texts are written in these; a caller hears the first unless their number or a key says another. */
  languages: z.array(z.enum(languages)).min(1).max(languages.length).default(["zh"]),
  /** Nobody is kept longer, waits for people aside. */
  longestMs: z.number().int().min(30_000).max(3_600_000).default(900_000),
  /** Variables that agents see when they get the call, by these names; a secret one is not shown. */
  shown: z
    .array(
      z.object({
        variable: z.string().trim().min(1).max(40),
        label: z.string().trim().max(60).default(""),
      }),
    )
    .max(20)
    .default([]),
  /** Said before we hang up where the flow cannot go on. */
  parting: speech.prefault({
    zh: "很抱歉，本次服务到此结束，请稍后再拨。再见。",
    en: "We are sorry, we have to end this call here. Please call again later. Goodbye.",
  }),
});
export type IvrDocument = z.output<typeof ivrDocument>;

export const blockOf = (document: IvrDocument, id: string): IvrBlock | undefined =>
  document.blocks.find((block) => block.id === id);

/** What every flow knows of its call, beside what it sets. */
export const systemVariables = [
  "caller.number",
  "caller.name",
  "caller.known", // "yes" for a customer
  "caller.vip", // their level; "0" for everybody else
  "called.number",
  "company.name",
] as const;

export const ivrProblems = [
  "start-missing",
  "repeated-block",
  "unknown-block", // an exit leads to a block that does not exist
  "open-exit", // an exit leads nowhere
  "unreachable",
  "no-way-out", // nothing that ends the path can be reached
  "loop", // blocks in a circle in which nobody does anything
  "speech-missing",
  "no-keys",
  "repeated-key",
  "no-cases",
  "repeated-case",
  "bad-range", // more digits at least than at most
  "unknown-zone",
  "no-hours",
  "target-missing", // no agent, number, mailbox or flow was chosen
  "no-values",
  "unknown-variable",
  "bad-address", // not http:// or https:// with a host of its own
  "no-question", // a query or a script is empty
  "no-choices",
  "phrase-missing", // a choice that cannot be said in every language of the flow
  "repeated-phrase", // two choices are the same words
  "subject-missing",
  "bad-recipient", // neither a number or an address, nor a variable
  "secret-told", // a text holds what is never spoken or written down
  "unknown-flow", // not published, or it leads back to this one
] as const;
export const ivrProblem = z.object({
  problem: z.enum(ivrProblems),
  /** Null: of the whole flow. */
  blockId: z.string().nullable(),
  /** The exit, key or variable it is about. */
  about: z.string().default(""),
});
export type IvrProblem = z.output<typeof ivrProblem>;

const name = z.string().trim().min(1).max(100);
/** `POST /api/v1/ivr/flows`. Errors: 409 `ivr-name-taken`. */
export const ivrFlowInput = z.object({ name, document: ivrDocument });
export type IvrFlowInput = z.output<typeof ivrFlowInput>;
/** `PUT /:id`. Errors: 409 `ivr-changed-elsewhere` when somebody else saved a newer revision. */
export const ivrFlowChange = ivrFlowInput.extend({ revision: z.number().int() });
export type IvrFlowChange = z.output<typeof ivrFlowChange>;
/** `POST /:id/publish`. Errors: 422 `ivr-incomplete` with `detail.problems: IvrProblem[]`. */
export const ivrPublish = z.object({ note: z.string().trim().max(500).default("") });
/** `GET /api/v1/ivr/flows`, by name. */
export const ivrFlowFilter = pageQuery.extend({ search: z.string().trim().max(100).optional() });

export const ivrFlowRow = z.object({
  id: z.number(),
  name: z.string(),
  blocks: z.number(),
  /** In force; null: never published. */
  version: z.object({ id: z.number(), number: z.number() }).nullable(),
  /** The draft differs from what is in force. */
  hasChanges: z.boolean(),
  /** Numbers of ours that lead to it. */
  numbers: z.array(z.string()),
  updatedAt: instant,
});
export type IvrFlowRow = z.output<typeof ivrFlowRow>;

const versionRow = z.object({
  id: z.number(),
  number: z.number(),
  note: z.string(),
  publishedAt: instant,
  publishedBy: z.string().nullable(),
});
export type IvrVersionRow = z.output<typeof versionRow>;

export const ivrFlowDetail = ivrFlowRow.extend({
  /** The draft. */
  document: ivrDocument,
  revision: z.number(),
  problems: z.array(ivrProblem),
  /** Newest first. */
  versions: z.array(versionRow),
});
export type IvrFlowDetail = z.output<typeof ivrFlowDetail>;

/** `GET /api/v1/ivr/versions/:id`; never changes. `POST /:id/restore` puts it in force again. */
export const ivrVersion = versionRow
  .pick({ id: true, number: true })
  .extend({ flowId: z.number(), document: ivrDocument });
export type IvrVersion = z.output<typeof ivrVersion>;

/** `GET /api/v1/ivr/flows/:id/statistics?days=7`: visits of its blocks by calls that began in these days. */
export const ivrStatisticsQuery = z.object({ days: z.coerce.number().int().min(1).max(90).default(7) });
export const ivrStatistics = z.object({
  calls: z.number(),
  blocks: z.array(
    z.object({
      blockId: z.string(),
      visits: z.number(),
      /** By exit; `left`: hung up there, `taken`: somebody took the call. */
      exits: z.record(z.string(), z.number()),
      meanMs: z.number(),
    }),
  ),
});
export type IvrStatistics = z.output<typeof ivrStatistics>;

/** Topic `ivr` of the live feed: callers who are in each block of a flow now. */
export interface LiveIvrFlow {
  flowId: number;
  blocks: Record<string, number>;
}
