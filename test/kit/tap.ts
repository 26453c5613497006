import assert from "node:assert/strict";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import type { LegId, Switch } from "../../server/switch/switch.ts";

/** Waits until a fifth of a second of what comes from the leg's party holds this tone; fails when the leg ends before. */
export async function tapHears(sw: Switch, legId: LegId, hz: number): Promise<void> {
  const window = new Int16Array(1600);
  let frames = 0;
  for await (const { samples } of sw.tap(legId)) {
    window.set(samples, (frames++ % 10) * 160);
    if (frames % 10 === 0 && toneLevelDbm0(window, hz) > -25) return;
  }
  assert.fail(`${hz} Hz never came`);
}
