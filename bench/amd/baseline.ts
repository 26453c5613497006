/**
 * The rules of Asterisk's AMD application as its documentation describes them (docs.asterisk.org, Application_AMD, and
 * the comments of the sample amd.conf), with the defaults given there. Written from the description.
 */
import { frameMs, frameSamples } from "../../server/media/frame.ts";

export interface BaselineVerdict {
  isMachine: boolean;
  cause: "INITIALSILENCE" | "HUMAN" | "MAXWORDS" | "LONGGREETING" | "MAXWORDLENGTH" | "TOOLONG";
  atMs: number;
}

/** ms, but for the threshold: the mean magnitude of a frame's samples, of 32768. */
export const defaults = {
  initialSilence: 2500,
  greeting: 1500,
  afterGreetingSilence: 800,
  totalAnalysisTime: 5000,
  minWordLength: 100,
  betweenWordsSilence: 50,
  maximumNumberOfWords: 3,
  silenceThreshold: 256,
  maximumWordLength: 5000,
};

/** NOTSURE is taken for a person, as the field does. */
export function baseline(samples: Int16Array, rules = defaults): BaselineVerdict {
  let [silence, voice, word, words] = [0, 0, 0, 0];
  let isInWord = false;
  let isGreeting = false;
  for (let at = frameSamples; at <= samples.length; at += frameSamples) {
    const atMs = (at / frameSamples) * frameMs;
    let sum = 0;
    for (let i = at - frameSamples; i < at; i++) sum += Math.abs(samples[i]!);
    if (sum / frameSamples < rules.silenceThreshold) {
      silence += frameMs;
      if (silence >= rules.betweenWordsSilence) {
        isInWord = false;
        word = 0;
      }
      if (!isGreeting && silence >= rules.initialSilence)
        return { isMachine: true, cause: "INITIALSILENCE", atMs };
      if (isGreeting && silence >= rules.afterGreetingSilence)
        return { isMachine: false, cause: "HUMAN", atMs };
    } else {
      silence = 0;
      word += frameMs;
      voice += frameMs;
      if (word >= rules.minWordLength && !isInWord) {
        isInWord = true;
        isGreeting = true;
        words++;
      }
      if (word >= rules.maximumWordLength) return { isMachine: true, cause: "MAXWORDLENGTH", atMs };
      if (words > rules.maximumNumberOfWords) return { isMachine: true, cause: "MAXWORDS", atMs };
      if (isGreeting && voice >= rules.greeting) return { isMachine: true, cause: "LONGGREETING", atMs };
    }
    if (atMs >= rules.totalAnalysisTime) return { isMachine: false, cause: "TOOLONG", atMs };
  }
  return { isMachine: false, cause: "TOOLONG", atMs: (samples.length / frameSamples) * frameMs };
}
