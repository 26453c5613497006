/** Blocks that ask a caller for something: keys, digits, words. */
import { z } from "zod";
import { flowKeys } from "../message-flow.ts";
import { base, caseKey, digits, question, said } from "./block-parts.ts";

export const menu = z.object({
  ...base,
  kind: z.literal("menu"),
  ...question,
  keys: z
    .array(z.object({ key: z.enum(flowKeys), label: z.string().trim().max(60).default("") }))
    .max(12)
    .default([]),
});
export const collect = z.object({
  ...base,
  kind: z.literal("collect"),
  ...question,
  ...digits,
  /** Never written down, logged or spoken. */
  secret: z.boolean().default(false),
});
export const record = z.object({
  ...base,
  kind: z.literal("record"),
  speech: said,
  maxMs: z.number().int().min(1000).max(300_000).default(60_000),
  endKey: z.enum(["#", "*"]).default("#"),
});
export const satisfaction = z.object({
  ...base,
  kind: z.literal("satisfaction"),
  ...question,
  /** Keys from 1 on; the highest is the best. */
  scale: z.number().int().min(2).max(9).default(5),
});
const phrases = z.array(z.string().trim().min(1).max(60)).max(30).default([]);
/**
 * The caller says one of these phrases, or keys its digit. Where nobody understands speech `keysSpeech` asks for keys
 * alone; without any digit they leave by `unavailable`.
 */
export const speechChoice = z.object({
  ...base,
  kind: z.literal("speech-choice"),
  ...question,
  keysSpeech: said,
  choices: z
    .array(
      z.object({
        key: caseKey,
        label: z.string().trim().max(60).default(""),
        digit: z.enum(flowKeys).nullable().default(null),
        phrases: z.object({ zh: phrases, en: phrases }).prefault({}),
      }),
    )
    .max(12)
    .default([]),
  /** Nobody is listened to for longer. */
  longestMs: z.number().int().min(2000).max(30_000).default(8000),
});
