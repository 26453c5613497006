import type { Language } from "../../../shared/common.ts";

export interface Transcript {
  /** What was said, with the engine's punctuation; empty: nothing was understood. */
  text: string;
}

/** Writes down what people said. */
export interface Recognizer {
  /** Engine and model, kept beside what it wrote. */
  readonly name: string;
  /**
   * `wav`: a whole WAV file, 16 bits, mono, 8 kHz or more, of at most 25 MB (the limit of the usual services).
   * `language`: what is expected; null: the engine finds out. Errors (`AppError`): those of `service.ts`.
   */
  transcribe(wav: Buffer, language: Language | null): Promise<Transcript>;
}
