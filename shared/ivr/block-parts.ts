/** What blocks have in common: names, words, questions. */
import { z } from "zod";
import { digitChecks } from "./check-digits.ts";

export const blockId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** What a flow knows by name; those with a dot are the system's (`systemVariables`) and are not set by a flow. */
export const ownVariable = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** A stored prompt, or else a text in the language of the call; `{{variables}}` are filled and read aloud. */
export const speech = z.object({
  promptId: z.number().int().positive().nullable().default(null),
  zh: z.string().trim().max(1000).default(""),
  en: z.string().trim().max(1000).default(""),
});
export type Speech = z.output<typeof speech>;

export const base = {
  id: blockId,
  title: z.string().trim().max(60).default(""),
  /** Where it stands in the drawing. */
  x: z.number().default(0),
  y: z.number().default(0),
  /** By the names of `exitsOf`; null: leads nowhere yet. */
  exits: z.record(z.string().max(40), blockId.nullable()).default({}),
};
export const said = speech.prefault({});
/** A question: it is asked `tries` times at most, after `wrong` when the answer was none. */
export const question = {
  speech: said,
  wrong: said,
  /** For the first key after it was said. */
  waitMs: z.number().int().min(1000).max(60_000).default(6000),
  tries: z.number().int().min(1).max(5).default(3),
};
export const digits = {
  variable: ownVariable,
  min: z.number().int().min(1).max(32).default(1),
  max: z.number().int().min(1).max(32).default(20),
  endKey: z.enum(["#", "*"]).nullable().default("#"),
  betweenMs: z.number().int().min(1000).max(20_000).default(4000),
  check: z.enum(digitChecks).default("none"),
};
/** A name among the exits of a block. */
export const caseKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
