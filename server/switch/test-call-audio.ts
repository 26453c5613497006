import type { Clock } from "../kernel/clock.ts";
import { frameMs, levelDbm0 } from "../media/frame.ts";
import { toneLevelDbm0 } from "../media/tones.ts";
import { listenWhilePlaying } from "./listen-while-playing.ts";
import type { LegId, Sound, Switch } from "./switch.ts";

/** Two tones that neither speech, DTMF nor a network's own signals hold together. */
const pairHz = [587, 1831];
const pair: Sound = { tones: [{ frequenciesHz: pairHz, levelDbm0: -13, onMs: 500, offMs: 0 }] };
const echoFloorDbm0 = -36;
/** 10 frames: fine enough for a delay, long enough for 5 Hz of resolution. */
const windowFrames = 10;

export interface Heard {
  /** Loudest 200 ms. */
  loudestDbm0: number;
  /** From our first tone to its return; undefined when it did not come back. */
  echoDelayMs?: number;
}

/** Plays the pair to the leg and listens to what comes, for `forMs` at most. */
export async function listenForPair(sw: Switch, clock: Clock, legId: LegId, forMs: number): Promise<Heard> {
  const heard: Heard = { loudestDbm0: -90 };
  const window = new Int16Array(windowFrames * 160);
  let frames = 0;
  const way = { into: legId, outOf: legId, sound: pair, forMs };
  await listenWhilePlaying(sw, clock, way, ({ samples }, sinceMs) => {
    window.set(samples, (frames % windowFrames) * 160);
    frames += 1;
    if (frames % windowFrames !== 0) return false;
    heard.loudestDbm0 = Math.max(heard.loudestDbm0, levelDbm0(window));
    const weaker = Math.min(...pairHz.map((hz) => toneLevelDbm0(window, hz)));
    if (weaker > echoFloorDbm0) heard.echoDelayMs ??= Math.max(0, sinceMs - windowFrames * frameMs);
    // What an echo proves is proved; a second of it is enough to count losses.
    return heard.echoDelayMs !== undefined && sinceMs > heard.echoDelayMs + 1000;
  });
  return heard;
}
