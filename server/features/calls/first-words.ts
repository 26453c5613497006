/**
 * When a person who has just answered is ready to listen: they said their "hello" and it is over. Pure; told by
 * frames of 20 ms of their audio.
 */

/** Mean square of -38 dBm0: speech on a telephone lies 10 to 25 dB above it, a quiet room below. */
const speechEnergy = 203 ** 2;
const frameMs = 20;
/** Shorter sounds are clicks. */
const wordFrames = 3;
/** A pause so long ends the greeting. */
const pauseFrames = 20;

export interface FirstWords {
  /** One frame; true once, when the first words are over. */
  push(samples: Int16Array): boolean;
  /** Words have begun. */
  speaking(): boolean;
}

const energyOf = (samples: Int16Array) =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);

/** `pauseMs`: the silence that ends them. */
export function firstWords(pauseMs = pauseFrames * frameMs): FirstWords {
  let loud = 0;
  let quiet = 0;
  let isOver = false;
  return {
    push(samples) {
      if (energyOf(samples) > speechEnergy) {
        loud++;
        quiet = 0;
      } else if (loud < wordFrames) loud = 0;
      else quiet++;
      if (isOver || quiet * frameMs < pauseMs) return false;
      isOver = true;
      return true;
    },
    speaking: () => loud >= wordFrames,
  };
}
