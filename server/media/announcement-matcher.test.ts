import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import {
  AnnouncementMatcher,
  AnnouncementSet,
  maxErrorRate,
  type Recognised,
} from "./announcement-matcher.ts";
import { withoutShared } from "./announcement-shared.ts";
import { fingerprintOf } from "./announcement-print.ts";
import { frameSamples } from "./frame.ts";
import { type Codec, decode, encode } from "./g711.ts";
import { decodeWav } from "./wav.ts";

const read = (path: string) => decodeWav(readFileSync(new URL(path, import.meta.url)));
const carrier = (name: string) => read(`../../tools/carrier/audio/${name}.wav`);
const ours = (name: string) => read(`../features/calls/audio/${name}.wav`);
const invalid = carrier("invalid");
const off = carrier("off");
const trained = new AnnouncementSet(
  withoutShared([
    { id: 1, words: fingerprintOf(invalid) },
    { id: 2, words: fingerprintOf(off) },
  ]),
);

interface Line {
  gainDb?: number;
  noiseDb?: number;
  codec?: Codec;
  /** Samples of the beginning that are not heard. */
  skip?: number;
}

/** What arrives of a sound over a line: softer, noisy, through a codec, cut at the beginning. */
function over(
  samples: Int16Array,
  { gainDb = 0, noiseDb = -90, codec = "PCMA", skip = 0 }: Line,
): Int16Array {
  const random = seededRandom(3);
  const gain = 10 ** (gainDb / 20);
  const noise = 32_768 * 10 ** (noiseDb / 20);
  const line = samples.subarray(skip).map((s) => s * gain + (random.next() * 2 - 1) * noise);
  const bytes = new Uint8Array(line.length);
  encode(codec, line, bytes);
  const out = new Int16Array(line.length);
  decode(codec, bytes, out);
  return out;
}

function recognised(samples: Int16Array): Recognised[] {
  const matcher = new AnnouncementMatcher(trained);
  const found: Recognised[] = [];
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const hit = matcher.push(samples.subarray(at, at + frameSamples));
    if (hit) found.push(hit);
  }
  return found;
}

const pause = (ms: number) => new Int16Array(ms * 8);
const join = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

test("an announcement is found over bad lines, from any beginning, before it is over", () => {
  const lines: Line[] = [
    {},
    { gainDb: -18 },
    { codec: "PCMU", gainDb: -6, skip: 77 },
    { noiseDb: -32, skip: 40 },
    { skip: 80 },
    { skip: 8000 },
  ];
  for (const [id, sound] of [
    [1, invalid],
    [2, off],
  ] as const)
    for (const line of lines) {
      const [hit, ...more] = recognised(join(pause(730), over(sound, line)));
      assert.deepEqual([hit?.id, more], [id, []], `${id} ${JSON.stringify(line)}`);
      assert.ok(hit!.errorRate < maxErrorRate, `${hit!.errorRate}`);
      assert.ok(hit!.atMs < 730 + sound.length / 8);
    }
});

test("words that two announcements begin with decide nothing", () => {
  // A second and a half of each is the same sound.
  const [start, endA, endB] = [off.subarray(0, 12_000), off.subarray(16_000), ours("nobody-here-zh")];
  const pair = [join(start, endA), join(start, endB)].map((s, i) => ({ id: i + 1, words: fingerprintOf(s) }));
  const set = new AnnouncementSet(withoutShared(pair));
  const hits = (samples: Int16Array) => {
    const matcher = new AnnouncementMatcher(set);
    const found = [];
    for (let at = 33; at + frameSamples <= samples.length; at += frameSamples)
      found.push(matcher.push(samples.subarray(at, at + frameSamples))?.id);
    return found.filter((id) => id !== undefined);
  };
  assert.deepEqual(hits(join(start, pause(3000))), []);
  assert.deepEqual(hits(join(start, endA)), [1]);
  assert.deepEqual(hits(join(start, endB)), [2]);
});

test("speech, music and silence are no announcement", () => {
  const others = [
    ...["talk-zh", "talk-en", "voicemail-zh", "voicemail-en", "hello-zh-1", "hello-en-2"].map(carrier),
    ...["hold", "all-busy-zh", "all-busy-en", "nobody-here-zh", "nobody-here-en"].map(ours),
    pause(4000),
  ];
  for (const [i, sound] of others.entries()) assert.deepEqual(recognised(over(sound, {})), [], `${i}`);
});
