import { type Announcement, maxErrorRate } from "./announcement-matcher.ts";
import { bitCount, bitsSet, voicedBit } from "./announcement-print.ts";

/** So long a passage counts as shared: 0.8 s. */
const window = 40;

/**
 * Announcements without the passages that two of them share ("the number you have dialled…"), which say nothing about
 * which of them is heard. A passage becomes words that say nothing; lengths stay. Takes about a millisecond a pair.
 */
export function withoutShared(announcements: readonly Announcement[]): Announcement[] {
  const kept = announcements.map(({ id, words }) => ({ id, words: words.slice() }));
  for (const [a, one] of announcements.entries())
    for (const [b, other] of announcements.entries())
      if (a < b)
        for (const [from, to] of alike(one.words, other.words)) {
          kept[a]!.words.fill(0, from, from + window);
          kept[b]!.words.fill(0, to, to + window);
        }
  return kept;
}

/** Pairs of positions from which a window of words is alike. */
function* alike(a: Uint32Array, b: Uint32Array): Generator<[number, number]> {
  const errors = new Float32Array(a.length);
  for (let shift = window - a.length; shift <= b.length - window; shift++) {
    const from = Math.max(0, -shift);
    const to = Math.min(a.length, b.length - shift);
    let sum = 0;
    for (let i = from; i < to; i++) {
      errors[i] = errorOf(a[i]!, b[i + shift]!);
      sum += errors[i]!;
      const first = i - window + 1;
      if (first < from) continue;
      if (sum < maxErrorRate * window) yield [first, first + shift];
      sum -= errors[first]!;
    }
  }
}

function errorOf(a: number, b: number): number {
  if (a >= voicedBit && b >= voicedBit) return bitsSet((a ^ b) & 0xff_ffff) / bitCount;
  return 0.5;
}
