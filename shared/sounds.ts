import { z } from "zod";
import { instant, languages } from "./common.ts";

const name = z.string().trim().min(1).max(100);

/** `GET /api/v1/sounds`; its sound: `GET /api/v1/sounds/:id/audio`. Uploaded by `POST /api/v1/sounds?name=` (WAV, multipart). */
export const soundRow = z.object({
  id: z.number(),
  name,
  durationMs: z.number(),
  bytes: z.number(),
  /** Names of the prompts that play it. */
  prompts: z.array(z.string()),
  isHoldMusic: z.boolean(),
  createdBy: z.string().nullable(),
  createdAt: instant,
});
export type SoundRow = z.infer<typeof soundRow>;
export const soundName = z.object({ name });

/** Tones of the company's country. */
export const promptSignals = ["ringback", "busy", "congestion", "call-waiting", "confirmation"] as const;

/**
 * Parts of a prompt. Text is spoken; in it `{{name}}` stands for a variable, and `{{due|date}}` says how it is read
 * aloud.
 */
export const promptPart = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string().trim().min(1).max(1000) }),
  z.object({ kind: z.literal("sound"), soundId: z.number().int() }),
  z.object({ kind: z.literal("tone"), signal: z.enum(promptSignals) }),
  z.object({ kind: z.literal("silence"), ms: z.number().int().min(20).max(10_000) }),
]);
export type PromptPart = z.infer<typeof promptPart>;

/** How a variable is read aloud. */
export const readings = [
  "name",
  "number",
  "ordinal",
  "digits",
  "phone",
  "amount",
  "date",
  "time",
  /** Seconds. */
  "duration",
] as const;
export type Reading = (typeof readings)[number];

export const promptInput = z.object({
  name,
  language: z.enum(languages),
  parts: z.array(promptPart).min(1).max(50),
});
export type PromptInput = z.infer<typeof promptInput>;
/** `GET /api/v1/prompts`, `POST`, `PUT /:id`, `DELETE /:id`. */
export const promptRow = promptInput.extend({
  id: z.number(),
  /** Names in its texts. */
  variables: z.array(z.string()),
  isAbandonMessage: z.boolean(),
  isVoicemailNotice: z.boolean(),
  updatedAt: instant,
});
export type PromptRow = z.infer<typeof promptRow>;

/** `POST /api/v1/prompts/listen`: the prompt as WAV. */
export const promptTrial = promptInput.omit({ name: true }).extend({
  variables: z.record(z.string(), z.string().max(200)).default({}),
});

/** `GET /api/v1/voice`: the voice that speaks texts; `problem` says why it cannot. */
export const voiceState = z.object({ name: z.string(), problem: z.string().nullable() });
