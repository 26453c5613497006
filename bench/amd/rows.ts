import { AnswerFeatures, featureCount } from "../../server/media/answer-features.ts";
import { AnswerSound } from "../../server/media/answer-sound.ts";
import { frameSamples } from "../../server/media/frame.ts";
import type { Clip } from "./clips.ts";

export interface Moments {
  /** ms since the first word, of whole frames. */
  pointsMs: readonly number[];
  /** ms since the answer; no point counts from the first of them on. */
  limitsMs: readonly number[];
  /** Who has said nothing so long after the answer is left out. */
  silenceMs?: number;
}

/**
 * What is known of a clip at each of these moments, points and then limits: one row of features after another. Points
 * that would come after the first limit are left out: `points` says how many there are. Undefined when nobody speaks
 * before `silenceMs`.
 */
export function rowsOf(
  clip: Clip,
  { pointsMs, limitsMs, silenceMs = limitsMs[0]! }: Moments,
): { points: number; rows: Float64Array } | undefined {
  const sound = new AnswerSound();
  const features = new AnswerFeatures();
  const rows = new Float64Array((pointsMs.length + limitsMs.length) * featureCount);
  let [row, points, limit] = [0, 0, 0];
  const take = () => features.fill(rows.subarray(row * featureCount, ++row * featureCount));
  for (let at = 0; limit < limitsMs.length && at + frameSamples <= clip.samples.length; at += frameSamples) {
    sound.push(clip.samples.subarray(at, at + frameSamples));
    features.push(sound);
    const { atMs, firstSpeechMs } = features;
    if (firstSpeechMs < 0 && atMs >= silenceMs) return undefined;
    if (atMs >= limitsMs[limit]!) {
      take();
      limit++;
    } else if (
      limit === 0 &&
      firstSpeechMs >= 0 &&
      points < pointsMs.length &&
      atMs - firstSpeechMs >= pointsMs[points]!
    ) {
      take();
      points++;
    }
  }
  return { points, rows: rows.subarray(0, (points + limitsMs.length) * featureCount) };
}
