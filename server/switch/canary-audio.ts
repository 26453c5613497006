import type { CanaryAudio } from "../../shared/canary.ts";
import type { Clock } from "../kernel/clock.ts";
import { frameMs, levelDbm0 } from "../media/frame.ts";
import { toneLevelDbm0 } from "../media/tones.ts";
import { listenWhilePlaying } from "./listen-while-playing.ts";
import type { LegId, Sound, Switch } from "./switch.ts";

/** Sent at this level; a whole number of periods fits into a frame of 20 ms, so that each frame is exact. */
export const canaryToneDbm0 = -13;
const heardDbm0 = canaryToneDbm0 - 12;
/** Audio measured once the tone is there. */
const windowFrames = 75;
const giveUpMs = 3000;

const tone = (hz: number): Sound => ({
  tones: [{ frequenciesHz: [hz], levelDbm0: canaryToneDbm0, onMs: 1000, offMs: 0 }],
});

/** Plays `hz` to the leg `from` and listens on `to` until a second and a half of it was measured; undefined when it never comes. */
export async function measureTone(
  sw: Switch,
  clock: Clock,
  { from, to, hz }: { from: LegId; to: LegId; hz: number },
): Promise<CanaryAudio | undefined> {
  let delayMs: number | undefined;
  const levels: number[] = [];
  const way = { into: from, outOf: to, sound: tone(hz), forMs: giveUpMs };
  await listenWhilePlaying(sw, clock, way, ({ samples }, sinceMs) => {
    const isHeard = toneLevelDbm0(samples, hz) > heardDbm0;
    if (isHeard) delayMs ??= sinceMs;
    if (delayMs !== undefined) levels.push(isHeard ? levelDbm0(samples) : Number.NaN);
    return levels.length >= windowFrames;
  });
  return delayMs === undefined ? undefined : summary(levels, delayMs);
}

function summary(levels: readonly number[], delayMs: number): CanaryAudio {
  const heard = levels.filter((level) => !Number.isNaN(level));
  let gap = 0;
  let longest = 0;
  for (const level of levels) {
    gap = Number.isNaN(level) ? gap + 1 : 0;
    longest = Math.max(longest, gap);
  }
  const missing = windowFrames - heard.length;
  const middle = heard.toSorted((a, b) => a - b)[heard.length >> 1] ?? -90;
  return {
    levelDbm0: Math.round(middle * 10) / 10,
    delayMs: Math.round(delayMs),
    lostMs: missing * frameMs,
    longestGapMs: Math.max(longest, windowFrames - levels.length) * frameMs,
  };
}
