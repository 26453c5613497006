import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { dbm0ToAmplitude, frameSamples, sampleRate } from "./frame.ts";
import { decode, encode } from "./g711.ts";
import { type DetectedTone, ToneDetector, type ToneGroup } from "./tone-detector.ts";
import { cadenceOf, type Signal, tonePlanCountries, tonePlanOf } from "./tone-plans.ts";
import { renderSignal } from "./tones.ts";
import { decodeWav } from "./wav.ts";

interface Part {
  hz: number[];
  ms: number;
  /** Turns the phase over, every so many ms. */
  reverseMs?: number;
}

const silence = (ms: number): Part => ({ hz: [], ms });

/** Parts one after another, through A-law, over white noise. */
function sound(parts: readonly Part[], levelDbm0 = -13, noiseDbm0 = -60): Int16Array {
  const random = seededRandom(7);
  const amplitude = dbm0ToAmplitude(levelDbm0);
  const noise = dbm0ToAmplitude(noiseDbm0) * Math.sqrt(1.5);
  const samples: number[] = [];
  for (const { hz, ms, reverseMs } of parts) {
    const end = samples.length + Math.round((ms * sampleRate) / 1000);
    for (let n = 0; samples.length < end; n++) {
      const sign = reverseMs && Math.floor((n * 1000) / sampleRate / reverseMs) % 2 === 1 ? -1 : 1;
      const value = hz.reduce((sum, f) => sum + Math.sin((2 * Math.PI * f * n) / sampleRate), 0);
      samples.push(sign * value * amplitude + (random.next() * 2 - 1) * noise);
    }
  }
  return throughAlaw(Int16Array.from(samples));
}

function throughAlaw(samples: Int16Array): Int16Array {
  const bytes = new Uint8Array(samples.length);
  encode("PCMA", samples, bytes);
  const out = new Int16Array(samples.length);
  decode("PCMA", bytes, out);
  return out;
}

const all: ToneGroup[] = ["progress", "beep", "fax"];

function detect(samples: Int16Array, country = "CN", groups = all, offset = 0): DetectedTone[] {
  const found: DetectedTone[] = [];
  const detector = new ToneDetector(country, groups, (tone) => found.push(tone));
  for (let at = offset; at + frameSamples <= samples.length; at += frameSamples)
    detector.push(samples.subarray(at, at + frameSamples));
  return found;
}
const names = (found: readonly DetectedTone[]) => found.map(({ tone }) => tone);

const listened: Signal[] = ["dial", "ringback", "busy", "congestion", "unobtainable"];
const key = (country: string, signal: Signal) => JSON.stringify(cadenceOf(country, signal));

test("each tone of each country is found under its own name, from loud to soft, and no other", () => {
  for (const country of tonePlanCountries)
    for (const signal of listened.filter((s) => tonePlanOf(country)[s])) {
      // Where two signals sound the same, the commoner one is meant.
      const same = listened.filter((s) => tonePlanOf(country)[s] && key(country, s) === key(country, signal));
      for (const level of [-3, -20, -35]) {
        const { hz, modulationHz } = cadenceOf(country, signal);
        // The level is the whole tone's: two frequencies are 3 dB softer each, a modulated one peaks 4 dB above.
        const each = modulationHz ? Math.min(-3, level + 4) : level - (hz.length - 1) * 3;
        const once = renderSignal(country, signal, each);
        const samples = new Int16Array(sampleRate * 12);
        for (let at = 400; at < samples.length; at += once.length)
          samples.set(once.subarray(0, samples.length - at), at);
        const [first, ...more] = names(detect(throughAlaw(samples), country, ["progress"], 37));
        const wanted = same.includes("busy") ? "busy" : signal;
        assert.deepEqual([first, more], [wanted, []], `${country} ${signal} at ${level} dBm0`);
      }
    }
});

test("frequency off by 2 %, turns off by 10 %, and noise 15 dB below do not hide a tone", () => {
  for (const factor of [0.98, 1.02])
    for (const stretch of [0.9, 1.1]) {
      const busy = Array.from({ length: 6 }, () => [
        { hz: [450 * factor], ms: 350 * stretch },
        silence(350 * stretch),
      ]).flat();
      assert.deepEqual(names(detect(sound(busy, -20, -35))), ["busy"], `${factor} ${stretch}`);
      const reorder = Array.from({ length: 8 }, () => [
        { hz: [480 * factor, 620 * factor], ms: 250 * stretch },
        silence(250 * stretch),
      ]).flat();
      assert.deepEqual(names(detect(sound(reorder, -23, -35), "US")), ["congestion"]);
    }
});

test("busy and ringback are certain in time: two turns, and one ring with most of its pause", () => {
  const busy = Array.from({ length: 4 }, () => [{ hz: [450], ms: 350 }, silence(350)]).flat();
  assert.ok(detect(sound(busy))[0]!.atMs <= 1500);
  assert.ok(detect(sound([{ hz: [450], ms: 1000 }, silence(4000)]))[0]!.atMs <= 4500);
});

test("the reason in special information tones, by pitch and length", () => {
  const low = [913.8, 1370.6];
  const high = [985.2, 1428.5];
  const table = [
    [low[0], 274, low[1], 274, "intercept"],
    [high[0], 380, low[1], 274, "vacant-code"],
    [low[0], 274, high[1], 380, "reorder"],
    [high[0], 274, high[1], 380, "reorder"],
    [high[0], 380, high[1], 380, "no-circuit"],
    [low[0], 380, high[1], 380, "no-circuit"],
    [low[0], 380, low[1], 274, "ineffective"],
    [950, 330, 1400, 330, "generic"],
  ] as const;
  for (const [hz1, ms1, hz2, ms2, code] of table)
    for (const gapMs of [0, 25])
      for (const [level, offset] of [
        [-10, 0],
        [-30, 71],
      ] as const) {
        const parts = [
          silence(230),
          { hz: [hz1!], ms: ms1 },
          silence(gapMs),
          { hz: [hz2!], ms: ms2 },
          silence(gapMs),
          { hz: [code === "generic" ? 1800 : 1776.7], ms: code === "generic" ? 330 : 380 },
          silence(400),
        ];
        const found = detect(sound(parts, level), "US", ["progress"], offset);
        assert.deepEqual(
          found.map(({ tone, sit }) => [tone, sit]),
          [["sit", code]],
          `${code} ${gapMs} ${level}`,
        );
      }
});

test("a beep of any pitch, and only when it is over", () => {
  for (const hz of [400, 440, 800, 1000, 1400, 2000])
    for (const ms of [210, 500, 1500, 2900]) {
      const [found, ...more] = detect(sound([silence(300), { hz: [hz], ms }, silence(1300)], -25), "DE", [
        "beep",
      ]);
      assert.deepEqual([found?.tone, more], ["beep", []], `${hz} Hz, ${ms} ms`);
      assert.ok(Math.abs(found!.hz! - hz) <= 5);
    }
  const digits = Array.from({ length: 5 }, () => [{ hz: [770, 1336], ms: 250 }, silence(200)]).flat();
  assert.deepEqual(names(detect(sound(digits))), []);
});

test("fax: the calling tone by its second turn, the answering tone also with phase reversals", () => {
  const calling = [{ hz: [1100], ms: 500 }, silence(3000), { hz: [1095], ms: 500 }, silence(500)];
  assert.deepEqual(names(detect(sound(calling, -30), "CN", ["fax"])), ["fax-cng"]);
  assert.deepEqual(names(detect(sound([silence(200), { hz: [2100], ms: 3000 }]), "US", ["fax"])), [
    "fax-ced",
  ]);
  const reversed = [{ hz: [2100], ms: 3300, reverseMs: 450 }];
  assert.deepEqual(names(detect(sound(reversed, -25), "US", ["fax"])), ["fax-ced"]);
});

test("speech and music are no tones", () => {
  const files = [
    ...["hold", "all-busy-zh", "all-busy-en", "nobody-here-zh"].map(
      (n) => `../features/calls/audio/${n}.wav`,
    ),
    ...["talk-zh", "talk-en", "invalid", "off", "hello-en-2"].map(
      (n) => `../../tools/carrier/audio/${n}.wav`,
    ),
  ];
  for (const file of files)
    for (const country of ["CN", "US", "GB", "DE", "JP", "IN"]) {
      const samples = decodeWav(readFileSync(new URL(file, import.meta.url)));
      assert.deepEqual(names(detect(samples, country)), [], `${file} as ${country}`);
    }
});
