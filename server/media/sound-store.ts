import { readFile, stat } from "node:fs/promises";
import { AppError, reasonOf } from "../kernel/errors.ts";
import { renderSignal, renderTones } from "./tones.ts";
import type { Sound } from "./types.ts";
import { decodeWav } from "./wav.ts";

/** A prompt longer than this belongs in pieces: it would hold 58 MB of memory. */
const maxFileBytes = 128 * 2 ** 20;
const maxCachedSamples = 32 * 2 ** 20;

/** Decoded sounds, the least recently used dropped first. */
const cache = new Map<string, Int16Array>();
let cachedSamples = 0;

function forget(key: string): void {
  cachedSamples -= cache.get(key)?.length ?? 0;
  cache.delete(key);
}

function remember(key: string, samples: Int16Array): Int16Array {
  forget(key);
  cache.set(key, samples);
  cachedSamples += samples.length;
  for (const old of cache.keys()) {
    if (cachedSamples <= maxCachedSamples || old === key) break;
    forget(old);
  }
  return samples;
}

/** Samples of `sound` at 8 kHz. @throws AppError `sound-unreadable` or `unsupported-sound`. */
export async function loadSound(sound: Sound): Promise<Int16Array> {
  if ("tones" in sound) return renderTones(sound.tones);
  if ("signal" in sound) return renderSignal(sound.country, sound.signal);
  if ("sequence" in sound) return joined(await Promise.all(sound.sequence.map(loadSound)));
  if ("silenceMs" in sound) return new Int16Array(Math.round(sound.silenceMs * 8));
  try {
    const { mtimeMs, size } = await stat(sound.file);
    if (size > maxFileBytes)
      throw new AppError(
        "sound-too-long",
        422,
        `${sound.file} is larger than 128 MB. Split it into shorter files.`,
      );
    const key = `${sound.file}:${mtimeMs}:${size}`;
    return remember(key, cache.get(key) ?? decodeWav(await readFile(sound.file)));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("sound-unreadable", 422, `${sound.file} cannot be played: ${reasonOf(error)}.`, {
      file: sound.file,
    });
  }
}

/** One part stays what it is: whoever plays only reads, and a copy of a long prompt is a megabyte for every key. */
function joined(parts: readonly Int16Array[]): Int16Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
