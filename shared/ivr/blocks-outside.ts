/** Blocks that have somebody else do something: services, databases, scripts, whoever delivers messages. */
import { z } from "zod";
import { base, caseKey, digits, ownVariable, question, said } from "./block-parts.ts";

export const verifiedFacts = ["identity", "phone", "order", "pin", "other"] as const;
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
export const http = z.object({ ...base, kind: z.literal("http"), ...httpRequest, saves, speech: said });
export const database = z.object({ ...base, kind: z.literal("sql"), ...sqlQuestion, saves, speech: said });
/** `vars` holds the variables, to be read and set; what it returns is one of `outcomes`. */
export const script = z.object({
  ...base,
  kind: z.literal("script"),
  code: z.string().max(10_000).default(""),
  outcomes: z.array(caseKey).min(1).max(10).default(["next"]),
});
/** Who the caller is, or what is theirs: keyed digits that a service or a database knows. */
export const verify = z.object({
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
export const messageChannels = ["sms", "email"] as const;
const words = z.object({
  zh: z.string().trim().max(2000).default(""),
  en: z.string().trim().max(2000).default(""),
});
/**
 * Puts a text message or an e-mail into its outbox, in the language of the call; `{{variables}}` are filled, secret ones
 * are left out. `to` is a number or an address; empty: the caller's own number, or the address of their record.
 */
export const message = z.object({
  ...base,
  kind: z.literal("message"),
  channel: z.enum(messageChannels).default("sms"),
  to: z.string().trim().max(200).default(""),
  /** Of an e-mail. */
  subject: words.prefault({}),
  text: words.prefault({}),
});
