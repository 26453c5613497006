import { levelDbm0 } from "./frame.ts";
import { bestLag } from "./pitch.ts";

/** A pitch period shorter than 2.5 ms is not looked for; nothing is compared over more than 10 ms. */
const minLag = 20;
const maxWindow = 80;
/** Voice is only joined where it repeats itself; below this level any place will do. */
const minCorrelation = 0.7;
const quietDbm0 = -50;

/** Where `samples` repeats after at most `maxLag`, or 0 when joining there would be heard. */
function joinableLag(samples: Int16Array, maxLag: number): number {
  const window = Math.min(maxWindow, samples.length - maxLag);
  if (maxLag < minLag || window < minLag) return 0;
  if (levelDbm0(samples) < quietDbm0) return maxLag;
  const { lag, correlation } = bestLag(samples, 0, window, { minLag, maxLag });
  return correlation < minCorrelation ? 0 : lag;
}

/**
 * Shortens the first `count` samples of `buffer` by at most `most`: one pitch period of voice (overlap-add where the
 * signal is most like itself, as in WSOLA), any length of silence. Returns how many were taken out; what lies behind
 * `count` is not moved. About 4 µs.
 */
export function shorten(buffer: Int16Array, count: number, most: number): number {
  const lag = joinableLag(buffer.subarray(0, count), Math.min(most, count >> 1));
  for (let i = 0; i < lag; i++) {
    const weight = (i + 1) / (lag + 1);
    buffer[i] = buffer[i]! * (1 - weight) + buffer[i + lag]! * weight;
  }
  if (lag > 0) buffer.copyWithin(lag, 2 * lag, count);
  return lag;
}

/** Lengthens the first `count` samples of `buffer` by at most `most`, which must fit; returns by how many. */
export function lengthen(buffer: Int16Array, count: number, most: number): number {
  const lag = joinableLag(buffer.subarray(0, count), Math.min(most, count >> 1));
  if (lag === 0) return 0;
  const head = buffer.slice(0, 2 * lag);
  buffer.copyWithin(lag, 0, count);
  for (let i = 0; i < lag; i++) {
    const weight = (i + 1) / (lag + 1);
    buffer[i] = head[i]!;
    buffer[lag + i] = head[lag + i]! * (1 - weight) + head[i]! * weight;
  }
  return lag;
}
