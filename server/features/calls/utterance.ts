/** What a person says, from its beginning to the silence after it. Pure; told by frames of 20 ms of their audio, 8 kHz. */
import { firstWords } from "./first-words.ts";

const frameMs = 20;
/** A pause within a phrase is shorter. */
const pauseMs = 700;
/** Kept of what was before the first sound, so that no beginning is cut off. */
const leadFrames = 15;

export interface Patience {
  /** For its beginning. */
  waitMs: number;
  /** For its end, from its beginning. */
  longestMs: number;
}
export interface Utterance {
  /** One frame; true once, when it is over, or nobody began. */
  push(samples: Int16Array): boolean;
  /** All of it; empty: nothing was said. */
  said(): Int16Array;
}

export function utterance({ waitMs, longestMs }: Patience): Utterance {
  const words = firstWords(pauseMs);
  const frames: Int16Array[] = [];
  let waited = 0;
  let spoken = 0;
  return {
    push(samples) {
      const isOver = words.push(samples);
      frames.push(samples.slice());
      if (words.speaking()) spoken += frameMs;
      else {
        waited += frameMs;
        if (frames.length > leadFrames) frames.shift();
      }
      return isOver || spoken >= longestMs || (spoken === 0 && waited >= waitMs);
    },
    said() {
      if (spoken === 0) return new Int16Array(0);
      const all = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
      let at = 0;
      for (const frame of frames) {
        all.set(frame, at);
        at += frame.length;
      }
      return all;
    },
  };
}
