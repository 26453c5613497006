import type { PromptPart } from "../../../shared/sounds.ts";

/** What a switch can play, as far as this feature makes it (media/types.ts Sound). */
export type Playable =
  | { file: string }
  | { signal: Extract<PromptPart, { kind: "tone" }>["signal"]; country: string }
  | { silenceMs: number }
  | { sequence: readonly Playable[] };

/** What is known of sound; given from outside, because features do not see media. */
export interface SoundAudio {
  /** A WAV file of any usual format as 16 bits, 8 kHz, mono. Errors: `unsupported-sound`. */
  toSound(file: Buffer): { wav: Buffer; durationMs: number };
  /** What a switch would play, as one WAV file. */
  render(sound: Playable): Promise<Buffer>;
}
