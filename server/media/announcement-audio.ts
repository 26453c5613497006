import { AppError } from "../kernel/errors.ts";
import { AnnouncementMatcher, AnnouncementSet, type Recognised } from "./announcement-matcher.ts";
import { fingerprintOf, voicedBit } from "./announcement-print.ts";
import { withoutShared } from "./announcement-shared.ts";
import { frameSamples } from "./frame.ts";
import { type DetectedTone, ToneDetector } from "./tone-detector.ts";
import type { Announcement } from "./types.ts";
import { decodeWav, parseWav, toWav, wavChannel } from "./wav.ts";

/** Shorter speech is not told from other speech. */
const minVoicedFrames = 75;
const maxMs = 30_000;

export interface Span {
  fromMs: number;
  toMs: number;
}

/** The party's channel of one of our recordings, which is the left one; other files are mixed to one. */
function partyOf(file: Buffer): Int16Array {
  const info = parseWav(file);
  return info.channels === 2 && info.sampleRate === 8000 ? wavChannel(file, info, 0) : decodeWav(file);
}

/**
 * Part of a WAV file as the training of an announcement: 8 kHz mono and its fingerprint. Errors:
 * `unsupported-sound`, `announcement-too-short` under 1.5 s of speech, `announcement-too-long` over 30 s.
 */
export function trainingOf(
  file: Buffer,
  span?: Span,
): { wav: Buffer; durationMs: number; words: Uint32Array } {
  const all = partyOf(file);
  const samples = span ? all.subarray(span.fromMs * 8, span.toMs * 8) : all;
  const durationMs = Math.round(samples.length / 8);
  if (durationMs > maxMs)
    throw new AppError("announcement-too-long", 422, "Pick at most 30 seconds: the announcement once.");
  const words = fingerprintOf(samples);
  if (words.filter((word) => word >= voicedBit).length < minVoicedFrames)
    throw new AppError("announcement-too-short", 422, "Pick at least a second and a half of speech.");
  return { wav: toWav(samples), durationMs, words };
}

/** What a call would hear in this recording. */
export function listenTo(
  file: Buffer,
  country: string,
  trained: readonly Announcement[],
): { tones: DetectedTone[]; announcements: Recognised[] } {
  const samples = partyOf(file);
  const tones: DetectedTone[] = [];
  const announcements: Recognised[] = [];
  const detector = new ToneDetector(country, ["progress"], (tone) => tones.push(tone));
  const matcher = new AnnouncementMatcher(new AnnouncementSet(withoutShared(trained)));
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const frame = samples.subarray(at, at + frameSamples);
    detector.push(frame);
    const hit = matcher.push(frame);
    if (hit) announcements.push(hit);
  }
  return { tones, announcements };
}
