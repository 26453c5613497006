import type { Language } from "../../../shared/common.ts";

/** Says texts: espeak-ng of this machine, or a service. */
export interface Synthesizer {
  /** Engine, model and voices. Two with one name say a text alike: what is kept of it is found by this name. */
  readonly name: string;
  /**
   * `text` (1 to 4,000 signs, values in it already as words) as a whole WAV file: 16 bits, A-law or µ-law, 8 to 48 kHz.
   * Errors (`AppError`): `voice-missing` 503, `voice-failed` 502, those of `service.ts`.
   */
  synthesize(text: string, language: Language): Promise<Buffer>;
}
