import type { Language } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/errors.ts";
import type { Recognizer, Speech } from "../speech/index.ts";
import { inTime } from "./in-time.ts";

/** A recogniser that takes longer is none: somebody waits on the line. */
const longestMs = 8000;

/** `text`: what was said; `why`: it cannot be known, for the story of the call. */
export type Understood = { text: string } | { why: string };

/** Writes down what a caller said. Never rejects. */
export async function understand(
  {
    speech,
    wavOf,
    clock,
  }: { speech: Pick<Speech, "recognizer">; wavOf: (samples: Int16Array) => Buffer; clock: Clock },
  said: Int16Array,
  language: Language,
): Promise<Understood> {
  if (said.length === 0) return { text: "" };
  const recognizer: Recognizer | undefined = speech.recognizer();
  if (!recognizer) return { why: "no recogniser" };
  try {
    const { text } = await inTime(
      clock,
      longestMs,
      "speech-timeout",
      recognizer.transcribe(wavOf(said), language),
    );
    return { text };
  } catch (error) {
    // A service may say back what it was told.
    return { why: error instanceof AppError ? error.code : "error" };
  }
}
