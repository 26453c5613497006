import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { frameMs, frameSamples } from "./frame.ts";
import { JitterBuffer } from "./jitter-buffer.ts";

interface Packet {
  index: number;
  arrivesMs: number;
}

/** Plays `packets` of 20 ms, the samples of each being its index + 1; tells for each frame what was heard. */
function play(
  packets: Packet[],
  frames: number,
  ssrc = 1,
): { value: number; voiced: boolean; depthMs: number }[] {
  const buffer = new JitterBuffer();
  const waiting = packets.toSorted((a, b) => a.arrivesMs - b.arrivesMs);
  const out = [];
  for (let tick = 0; tick < frames; tick++) {
    while (waiting.length > 0 && waiting[0]!.arrivesMs <= tick * frameMs) {
      const { index } = waiting.shift()!;
      buffer.put(
        new Int16Array(frameSamples).fill(index + 1),
        frameSamples,
        (index * 160 + 4_294_960_000) >>> 0,
        ssrc,
      );
    }
    const frame = new Int16Array(frameSamples);
    const voiced = buffer.pop(frame);
    out.push({ value: frame[0]!, voiced, depthMs: buffer.depthMs });
  }
  return out;
}

const steady = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, arrivesMs: index * frameMs }));

test("a steady stream plays whole, in order, two frames late at most, across the wrap of its timestamp", () => {
  const heard = play(steady(100), 100);
  const values = heard.filter((f) => f.voiced).map((f) => f.value);
  assert.deepEqual(
    values,
    values.map((_, i) => i + 1),
  );
  assert.ok(values.length >= 98, `${values.length} frames`);
});

test("reordered packets are put in order; a lost one is filled by a fading copy", () => {
  const packets = steady(60).filter((p) => p.index !== 30);
  packets[10]!.arrivesMs += 20;
  packets[11]!.arrivesMs -= 1;
  const heard = play(packets, 60);
  const voiced = heard.filter((f) => f.voiced).map((f) => f.value);
  assert.deepEqual(
    voiced,
    voiced.map((_, i) => (i < 30 ? i + 1 : i + 2)),
  );
  const hole = heard.findIndex((f, i) => i > 5 && !f.voiced);
  assert.ok(
    hole > 0 && heard[hole]!.value > 10 && heard[hole]!.value < 30,
    `filled with ${heard[hole]?.value}`,
  );
});

test("jitter makes it deeper until nothing is missing; calm makes it shallow again", () => {
  const random = seededRandom(3);
  const packets = steady(2000).map((p) => ({
    ...p,
    arrivesMs: p.arrivesMs + (p.index < 600 ? random.next() * 70 : 0),
  }));
  const heard = play(packets, 2000);
  const missing = (from: number, to: number) => heard.slice(from, to).filter((f) => !f.voiced).length;
  assert.ok(missing(300, 600) <= 3, `${missing(300, 600)} missing under jitter`);
  assert.equal(missing(700, 2000), 0);
  assert.ok(Math.max(...heard.slice(-50).map((f) => f.depthMs)) <= 60, `depth ${heard.at(-1)?.depthMs}`);
});

test("a pause of the sender becomes silence, and speech resumes without a growing delay", () => {
  const packets = steady(200).filter((p) => p.index < 50 || p.index >= 100);
  const heard = play(packets, 200);
  assert.equal(heard[80]!.value, 0);
  const resumed = heard.findIndex((f) => f.value === 101);
  assert.ok(resumed >= 100 && resumed <= 104, `resumed at frame ${resumed}`);
});

test("a stream that leaps or changes its source begins again", () => {
  const buffer = new JitterBuffer();
  const frame = new Int16Array(frameSamples);
  const put = (timestamp: number, ssrc: number, value: number) =>
    buffer.put(new Int16Array(frameSamples).fill(value), frameSamples, timestamp, ssrc);
  put(0, 1, 5);
  put(160, 1, 5);
  assert.equal(buffer.pop(frame), true);
  for (const [ssrc, start] of [
    [2, 77],
    [2, 900_000],
  ] as const) {
    put(start, ssrc, 9);
    put(start + 160, ssrc, 9);
    assert.equal(buffer.pop(frame), true);
    assert.equal(frame[0], 9);
  }
});
