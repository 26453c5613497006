import { AppError } from "../kernel/errors.ts";
import { loadSound } from "./sound-store.ts";
import type { Sound } from "./types.ts";
import { decodeWav, toWav } from "./wav.ts";

/** A WAV file of any usual format as 16 bits, 8 kHz, mono. Errors: `unsupported-sound`. */
export function toSound(file: Buffer): { wav: Buffer; durationMs: number } {
  const samples = decodeWav(file);
  if (samples.length === 0) throw new AppError("unsupported-sound", 422, "The file has no sound in it.");
  return { wav: toWav(samples), durationMs: Math.round(samples.length / 8) };
}

/** What would be played, as one WAV file. Errors: `sound-unreadable`, `unsupported-sound`. */
export const renderSound = async (sound: Sound): Promise<Buffer> => toWav(await loadSound(sound));
