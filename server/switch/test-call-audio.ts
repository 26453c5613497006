import type { Clock } from "../kernel/clock.ts";
import { frameMs, levelDbm0 } from "../media/frame.ts";
import { toneLevelDbm0 } from "../media/tones.ts";
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
  const stream = sw.tap(legId)[Symbol.asyncIterator]();
  const begunAt = clock.now();
  const playing = sw.play(legId, pair, { repeat: "forever" });
  const limit = clock.after(forMs, () => void stream.return?.());
  const heard: Heard = { loudestDbm0: -90 };
  const window = new Int16Array(windowFrames * 160);
  let frames = 0;
  for (let next = await stream.next(); next.done !== true; next = await stream.next()) {
    window.set(next.value.samples, (frames % windowFrames) * 160);
    frames += 1;
    if (frames % windowFrames !== 0) continue;
    heard.loudestDbm0 = Math.max(heard.loudestDbm0, levelDbm0(window));
    const weaker = Math.min(...pairHz.map((hz) => toneLevelDbm0(window, hz)));
    if (weaker > echoFloorDbm0)
      heard.echoDelayMs ??= Math.max(0, clock.now() - begunAt - windowFrames * frameMs);
    // What an echo proves is proved; a second of it is enough to count losses.
    if (heard.echoDelayMs !== undefined && clock.now() - begunAt > heard.echoDelayMs + 1000) break;
  }
  limit.cancel();
  await stream.return?.();
  sw.stopPlayback(legId, await playing.catch(() => undefined));
  return heard;
}
