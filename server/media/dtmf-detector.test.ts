import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { DtmfDetector } from "./dtmf-detector.ts";
import { dbm0ToAmplitude, frameSamples } from "./frame.ts";
import { dtmfFrequencies } from "./tones.ts";
import { decodeWav } from "./wav.ts";

interface Press {
  onMs?: number;
  pauseMs?: number;
  lowDbm0?: number;
  highDbm0?: number;
  /** Off the nominal frequency, in percent. */
  offPercent?: number;
  noiseDbm0?: number;
}

const all = "0123456789*#ABCD";

/** The digits after a beginning of `startMs` that shifts the detector's blocks. */
function press(digits: string, p: Press, startMs = 0): Int16Array {
  const { onMs = 60, pauseMs = 60, lowDbm0 = -10, highDbm0 = -10, offPercent = 0, noiseDbm0 = -70 } = p;
  const random = seededRandom(9);
  const [on, off, start] = [onMs, pauseMs, startMs].map((ms) => Math.round(ms * 8)) as [
    number,
    number,
    number,
  ];
  const out = new Int16Array(start + digits.length * (on + off) + 1600);
  Array.from(digits).forEach((digit, at) => {
    const [low, high] = dtmfFrequencies(digit)!.map((hz) => hz * (1 + offPercent / 100)) as [number, number];
    for (let i = 0; i < on; i++)
      out[start + at * (on + off) + i] =
        dbm0ToAmplitude(lowDbm0) * Math.sin((2 * Math.PI * low * i) / 8000) +
        dbm0ToAmplitude(highDbm0) * Math.sin((2 * Math.PI * high * i) / 8000);
  });
  const noise = (dbm0ToAmplitude(noiseDbm0) / Math.SQRT2) * Math.sqrt(12);
  return out.map((sample) => Math.max(-32_768, Math.min(32_767, sample + noise * (random.next() - 0.5))));
}

function detect(samples: Int16Array): string {
  let digits = "";
  const detector = new DtmfDetector((digit) => (digits += digit));
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples)
    detector.push(samples.subarray(at, at + frameSamples));
  return digits;
}

/** However the blocks lie. */
const starts = Array.from({ length: 13 }, (_, i) => i);

describe("DTMF in the sound", () => {
  const taken: [string, Press][] = [
    ["40 ms of tone with 40 ms of pause", { onMs: 40, pauseMs: 40 }],
    ["-25 dBm0 a tone", { lowDbm0: -25, highDbm0: -25 }],
    ["-3 dBm0 a tone, as loud as a telephone goes", { lowDbm0: -3, highDbm0: -3 }],
    ["the upper tone 4 dB louder", { lowDbm0: -14, highDbm0: -10 }],
    ["the lower tone 8 dB louder", { lowDbm0: -10, highDbm0: -18 }],
    ["frequencies 1.5 % too high", { offPercent: 1.5 }],
    ["frequencies 1.5 % too low", { offPercent: -1.5 }],
    ["noise 15 dB below", { noiseDbm0: -22 }],
  ];
  for (const [name, how] of taken)
    test(`taken: ${name}`, () => {
      for (const start of starts) assert.equal(detect(press(all, how, start)), all, `begun at ${start} ms`);
    });

  const refused: [string, Press][] = [
    ["23 ms of tone", { onMs: 23 }],
    ["frequencies 3.5 % too high", { offPercent: 3.5 }],
    ["frequencies 3.5 % too low", { offPercent: -3.5 }],
    ["the upper tone 8 dB louder", { lowDbm0: -18, highDbm0: -10 }],
    ["the lower tone 12 dB louder", { lowDbm0: -10, highDbm0: -22 }],
    ["-40 dBm0 a tone", { lowDbm0: -40, highDbm0: -40 }],
  ];
  for (const [name, how] of refused)
    test(`refused: ${name}`, () => {
      for (const start of starts) assert.equal(detect(press(all, how, start)), "", `begun at ${start} ms`);
    });

  test("a break of 10 ms is bridged, one of 40 ms parts two presses", () => {
    for (const start of starts) {
      const broken = press("7", { onMs: 120 }, start);
      broken.fill(0, 480, 560);
      assert.equal(detect(broken), "7", `begun at ${start} ms`);
      assert.equal(detect(press("77", { onMs: 50, pauseMs: 40 }, start)), "77", `begun at ${start} ms`);
    }
  });

  test("speech in two languages, music and tones of the network are no digits", () => {
    const folders = ["../features/calls/audio/", "../../tools/carrier/audio/"];
    const files = folders.flatMap((folder) => {
      const url = new URL(folder, import.meta.url);
      return readdirSync(url).flatMap((name) => (name.endsWith(".wav") ? [new URL(name, url)] : []));
    });
    let seconds = 0;
    for (const file of files) {
      const samples = decodeWav(readFileSync(file));
      seconds += samples.length / 8000;
      for (const gain of [0.25, 1, 2]) {
        const louder = samples.map((s) => Math.max(-32_768, Math.min(32_767, s * gain)));
        assert.equal(detect(louder), "", `${file.pathname} at ${gain}`);
      }
    }
    assert.ok(seconds > 30, `${seconds} s`);
  });
});
