import type { AnnouncementCause } from "../../../shared/announcements.ts";

/** What the switch learns: fingerprints and what they mean. */
export interface Trained {
  id: number;
  cause: AnnouncementCause;
  words: Uint32Array;
}

/** What is known of sound; given from outside, because features do not see media. */
export interface AnnouncementAudio {
  /** 8 kHz mono and its fingerprint. Errors: `unsupported-sound`, `announcement-too-short`, `announcement-too-long`. */
  trainingOf(
    file: Buffer,
    span?: { fromMs: number; toMs: number },
  ): { wav: Buffer; durationMs: number; words: Uint32Array };
  /** What a call would hear in this recording. */
  listenTo(
    file: Buffer,
    country: string,
    trained: readonly Trained[],
  ): {
    tones: { tone: string; atMs: number; levelDbm0: number }[];
    announcements: { id: number; errorRate: number; atMs: number }[];
  };
}
