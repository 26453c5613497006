import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { frameMs, frameSamples, levelDbm0 } from "./frame.ts";
import { encode } from "./g711.ts";
import { JitterBuffer } from "./jitter-buffer.ts";
import { sineSource, toneLevelDbm0 } from "./tones.ts";

interface Packet {
  kind: "PCMA" | "CN";
  payload: Uint8Array;
  timestamp: number;
  ssrc: number;
  arrivesMs: number;
}

/** Just before the timestamps wrap. */
const firstTimestamp = 4_294_960_000;
const hz = 1004;
const toneDbm0 = -10;

/** A tone in packets of 20 ms; `ppm` is how much faster than ours the sender's clock runs. */
function tone(seconds: number, ppm = 0): Packet[] {
  const source = sineSource(hz, toneDbm0);
  const frame = new Int16Array(frameSamples);
  return Array.from({ length: seconds * 50 }, (_, index) => {
    source(frame);
    const payload = new Uint8Array(frameSamples);
    encode("PCMA", frame, payload);
    const timestamp = (firstTimestamp + index * frameSamples) >>> 0;
    return { kind: "PCMA", payload, timestamp, ssrc: 1, arrivesMs: (index * frameMs) / (1 + ppm / 1e6) };
  });
}

interface Heard {
  frame: Int16Array;
  voiced: boolean;
  level: number;
}

function play(packets: Packet[], seconds: number, buffer = new JitterBuffer()): Heard[] {
  const waiting = packets.toSorted((a, b) => a.arrivesMs - b.arrivesMs);
  const heard: Heard[] = [];
  let next = 0;
  // Ticks lie between the packets of a steady sender.
  for (let at = 7; at < seconds * 1000; at += frameMs) {
    for (; next < waiting.length && waiting[next]!.arrivesMs <= at; next++) {
      const { kind, payload, arrivesMs, ...rtp } = waiting[next]!;
      buffer.put(kind, payload, rtp, arrivesMs);
    }
    const frame = new Int16Array(frameSamples);
    const voiced = buffer.pop(frame, at);
    heard.push({ frame, voiced, level: levelDbm0(frame) });
  }
  return heard;
}

const power = (db: number) => 10 ** (db / 10);

/** The longest stretch below -20 dBm0, in ms; the mean level of the tone; the rest, dB under the tone. */
function measure(heard: Heard[]) {
  const all = Int16Array.from(heard.flatMap((h) => [...h.frame]));
  let longest = 0;
  let run = 0;
  for (let i = 0; i + 40 <= all.length; i += 40) {
    run = levelDbm0(all.subarray(i, i + 40)) < -20 ? run + 5 : 0;
    longest = Math.max(longest, run);
  }
  const levels = heard.map((h) => toneLevelDbm0(h.frame, hz));
  const inTone = levels.reduce((sum, l) => sum + power(l), 0) / levels.length;
  const total = power(levelDbm0(all));
  return {
    gapMs: longest,
    toneDbm0: 10 * Math.log10(inTone),
    restDb: 10 * Math.log10(Math.max(1e-9, total - inTone) / inTone),
  };
}

describe("jitter buffer", () => {
  test("a steady stream is untouched, across the wrap of its timestamp, at most 40 ms late", () => {
    const buffer = new JitterBuffer();
    const heard = play(tone(20), 20, buffer);
    assert.ok(heard.findIndex((h) => h.voiced) <= 2);
    const { gapMs, toneDbm0: level, restDb } = measure(heard.slice(3));
    assert.equal(gapMs, 0);
    assert.ok(Math.abs(level - toneDbm0) < 0.1, `${level} dBm0`);
    assert.ok(restDb < -36, `rest ${restDb} dB`);
    assert.equal(buffer.counts.concealed, 0);
    assert.ok(buffer.depthMs < 10, `${buffer.depthMs} ms`);
  });

  test("5 % lost and 40 ms of jitter: the level holds, only a burst of three lost is heard as a gap", () => {
    const random = seededRandom(3);
    const packets = tone(30)
      .map((p) => ({ ...p, arrivesMs: p.arrivesMs + random.next() * 40 }))
      .filter(() => random.next() >= 0.05);
    const buffer = new JitterBuffer();
    const heard = play(packets, 30, buffer);
    const { gapMs, toneDbm0: level, restDb } = measure(heard.slice(5));
    assert.ok(gapMs <= 20, `${gapMs} ms`);
    assert.ok(Math.abs(level - toneDbm0) < 0.2, `${level} dBm0`);
    assert.ok(restDb < -18, `rest ${restDb} dB`);
    assert.ok(buffer.depthMs > 35 && buffer.depthMs < 50, `${buffer.depthMs} ms`);
    assert.ok(buffer.counts.late <= 20, `${buffer.counts.late} late`);
  });

  for (const ppm of [200, -200])
    test(`a clock that is off by ${ppm} ppm for ten minutes: no gap, no loss, the delay stays`, () => {
      const buffer = new JitterBuffer();
      const heard = play(tone(601, ppm), 600, buffer);
      const { gapMs, restDb } = measure(heard.slice(5));
      assert.equal(gapMs, 0);
      assert.ok(restDb < -35, `rest ${restDb} dB`);
      assert.equal(buffer.counts.late, 0);
      assert.ok(buffer.depthMs < 10, `${buffer.depthMs} ms`);
      const { inserted, removed } = buffer.counts;
      const drift = (ppm * 600 * 8000) / 1e6;
      assert.ok(
        Math.abs(removed - inserted - drift) < 400,
        `${removed} out, ${inserted} in, ${drift} drifted`,
      );
    });

  test("reordered and doubled packets play once and in order", () => {
    const packets = tone(10).flatMap((p, i) => {
      const arrivesMs = p.arrivesMs + (i % 3 === 0 ? 25 : 0);
      return i % 5 === 0
        ? [
            { ...p, arrivesMs },
            { ...p, arrivesMs: arrivesMs + 1 },
          ]
        : [{ ...p, arrivesMs }];
    });
    const buffer = new JitterBuffer();
    const { gapMs, restDb } = measure(play(packets, 10, buffer).slice(5));
    assert.equal(gapMs, 0);
    assert.ok(restDb < -30, `rest ${restDb} dB`);
    assert.ok(buffer.counts.duplicate + buffer.counts.late >= 90);
  });

  test("the delay comes down again, unheard, when the network calms", () => {
    const random = seededRandom(5);
    const packets = tone(40).map((p) => {
      return { ...p, arrivesMs: p.arrivesMs + (p.arrivesMs < 15_000 ? random.next() * 80 : 0) };
    });
    const buffer = new JitterBuffer();
    const heard = play(packets, 40, buffer);
    assert.ok(buffer.depthMs < 10, `${buffer.depthMs} ms`);
    assert.ok(buffer.counts.removed > 400, `${buffer.counts.removed} samples taken out`);
    const { gapMs, restDb } = measure(heard.slice(16 * 50));
    assert.equal(gapMs, 0);
    assert.ok(restDb < -30, `rest ${restDb} dB`);
  });

  test("a path that is suddenly 150 ms longer is followed within 200 ms", () => {
    const packets = tone(10).map((p) => ({ ...p, arrivesMs: p.arrivesMs + (p.arrivesMs >= 5000 ? 150 : 0) }));
    const heard = play(packets, 10);
    assert.ok(heard.slice(5 * 50 + 10).every((h) => h.voiced));
    assert.equal(measure(heard.slice(5 * 50 + 10)).gapMs, 0);
  });

  const pauses: [string, (p: Packet, seconds: number) => Packet][] = [
    ["whose timestamps run on", (p) => p],
    [
      "whose timestamps stand still",
      (p, s) => (s < 4 ? p : { ...p, timestamp: (p.timestamp - 16_000) >>> 0 }),
    ],
    [
      "after which source and timestamps are new",
      (p, s) => (s < 4 ? p : { ...p, timestamp: (p.timestamp + 0x5a5a5a00) >>> 0, ssrc: 2 }),
    ],
    [
      "after which the timestamps leap",
      (p, s) => (s < 4 ? p : { ...p, timestamp: (p.timestamp + 900_000) >>> 0 }),
    ],
  ];
  for (const [name, change] of pauses)
    test(`a pause ${name} is silence, and speech is back within 60 ms`, () => {
      const packets = tone(8)
        .filter((p) => p.arrivesMs < 2000 || p.arrivesMs >= 4000)
        .map((p) => change(p, p.arrivesMs / 1000));
      const heard = play(packets, 8);
      assert.ok(heard.slice(107, 200).every((h) => h.level === -90 && !h.voiced));
      const back = heard.findIndex((h, i) => i > 150 && h.voiced);
      assert.ok(back >= 200 && back <= 203, `back in frame ${back}`);
      assert.equal(measure(heard.slice(204)).gapMs, 0);
    });

  test("comfort noise fills a pause at its level, and the first word after it is whole", () => {
    const speech = tone(8).filter((p) => p.arrivesMs < 2000 || p.arrivesMs >= 4000);
    const noise = { ...speech[99]!, kind: "CN" as const, payload: Uint8Array.of(50) };
    noise.timestamp = (noise.timestamp + 160) >>> 0;
    noise.arrivesMs += 20;
    const late = speech.map((p) => ({ ...p, arrivesMs: p.arrivesMs + (p.arrivesMs >= 4000 ? 12 : 0) }));
    const buffer = new JitterBuffer();
    const heard = play([...late, noise], 8, buffer);
    const pause = heard.slice(110, 200);
    // 0 dBov, a full-scale square wave, is 3 dB over a full-scale sine: +6.15 dBm0.
    for (const { level, voiced } of pause)
      assert.ok(!voiced && Math.abs(level - -43.85) < 2, `${level} dBm0`);
    const { gapMs } = measure(heard.slice(203));
    assert.equal(gapMs, 0);
    assert.equal(buffer.counts.late, 0);
  });
});
