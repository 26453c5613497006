import type { Clock } from "../kernel/clock.ts";
import type { TapFrame } from "../media/types.ts";
import type { LegId, Sound, Switch } from "./switch.ts";

/**
 * Plays `sound` to one leg over and over and hands `hear` each frame of another (or the same), with the ms since the
 * sound began, until it answers true or `forMs` are over. Rejects with what kept the sound from playing.
 */
export async function listenWhilePlaying(
  sw: Switch,
  clock: Clock,
  { into, outOf, sound, forMs }: { into: LegId; outOf: LegId; sound: Sound; forMs: number },
  hear: (frame: TapFrame, sinceMs: number) => boolean,
): Promise<void> {
  const frames = sw.tap(outOf)[Symbol.asyncIterator]();
  const begunAt = clock.now();
  const playing = sw.play(into, sound, { repeat: "forever" });
  playing.catch(() => undefined);
  const limit = clock.after(forMs, () => void frames.return?.());
  for (let next = await frames.next(); next.done !== true; next = await frames.next())
    if (hear(next.value, Math.max(0, clock.now() - begunAt))) break;
  limit.cancel();
  await frames.return?.();
  sw.stopPlayback(into, await playing.catch(() => undefined));
}
