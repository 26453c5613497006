import type { LegEvent } from "./leg.ts";
import { ToneDetector, toneGroups } from "./tone-detector.ts";
import type { DetectSpec } from "./types.ts";

/** One leg's listener for tones: a function of frames. Undefined when nothing is to be listened for. */
export function createEar(
  { country, what }: DetectSpec,
  tell: (event: LegEvent) => void,
): ((frame: Int16Array) => void) | undefined {
  const groups = toneGroups.filter((group) => what.includes(group));
  if (groups.length === 0) return undefined;
  const detector = new ToneDetector(country, groups, (tone) => tell({ type: "tone", tone }));
  return (frame) => detector.push(frame);
}
