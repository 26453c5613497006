import { AnswerFeatures, featureCount } from "../../server/media/answer-features.ts";
import { AnswerSound } from "../../server/media/answer-sound.ts";
import { frameSamples } from "../../server/media/frame.ts";
import type { Clip } from "./clips.ts";

/**
 * What is known of a clip at each of these times (ms since the first word, of whole frames): one row of features after
 * another. Undefined when nobody speaks before `silenceMs` since the answer.
 */
export function rowsOf(clip: Clip, pointsMs: readonly number[], silenceMs: number): Float64Array | undefined {
  const sound = new AnswerSound();
  const features = new AnswerFeatures();
  const rows = new Float64Array(pointsMs.length * featureCount);
  let next = 0;
  for (let at = 0; next < pointsMs.length && at + frameSamples <= clip.samples.length; at += frameSamples) {
    sound.push(clip.samples.subarray(at, at + frameSamples));
    features.push(sound);
    if (features.firstSpeechMs < 0 && features.atMs >= silenceMs) return undefined;
    if (features.firstSpeechMs < 0 || features.atMs - features.firstSpeechMs < pointsMs[next]!) continue;
    features.fill(rows.subarray(next * featureCount, (next + 1) * featureCount));
    next++;
  }
  return rows;
}
