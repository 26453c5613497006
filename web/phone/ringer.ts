import { every } from "../lib/steady-timer.ts";
import { readDeviceChoice } from "./devices.ts";
import { playRing } from "./test-sounds.ts";

const ringEveryMs = 4000;

const once = () => void playRing(readDeviceChoice().ringer).catch(() => {});

/** Rings on the chosen ringer until the returned function is called. A page that was never touched may be kept silent. */
export function ring(): () => void {
  once();
  return every(ringEveryMs, once);
}
