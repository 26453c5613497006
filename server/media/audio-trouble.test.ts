import assert from "node:assert/strict";
import { test } from "node:test";
import { AudioJudge, type AudioStep, stepMs } from "./audio-trouble.ts";
import { frameSamples } from "./frame.ts";
import { encode } from "./g711.ts";
import { PartySound } from "./party-sound.ts";

const well: AudioStep = { expected: true, packets: 25, levelDbm0: -30, othersTalk: false, unheard: false };
const dead = { levelDbm0: -66.1 };
const talking = { othersTalk: true };

/** Steps one after another, each with its count of seconds; what was told, and after how many seconds. */
function story(...parts: [seconds: number, change: Partial<AudioStep>][]): string[] {
  const judge = new AudioJudge();
  const told: string[] = [];
  let at = 0;
  for (const [seconds, change] of parts)
    for (let i = 0; i < (seconds * 1000) / stepMs; i++) {
      at += stepMs;
      judge.step({ ...well, ...change }, (trouble, on) =>
        told.push(`${at / 1000} ${on ? "" : "no "}${trouble}`),
      );
    }
  return told;
}

test("no packets: told after three seconds, over with the first one", () => {
  assert.deepEqual(story([5, {}], [8, { packets: 0, levelDbm0: undefined }], [2, {}]), [
    "8 no-audio",
    "13.5 no no-audio",
  ]);
  assert.deepEqual(story([2.5, { packets: 0 }], [5, {}]), [], "a gap is no fault");
});

test("a dead microphone while the other talks: told within 5 s, over with the first sound", () => {
  assert.deepEqual(story([5, {}], [6, { ...dead, ...talking }], [1, {}]), ["9 silence", "11.5 no silence"]);
  assert.deepEqual(story([60, dead]), [], "nobody talks: both may be thinking");
  assert.deepEqual(
    story([60, { ...dead, ...talking, levelDbm0: -60 }]),
    [],
    "comfort noise is no dead microphone",
  );
  assert.deepEqual(story([10, dead], [2, { ...dead, ...talking }]), ["11 silence"]);
});

test("hold, mute and an empty room raise nothing and end what was raised", () => {
  const away = { expected: false, packets: 0, levelDbm0: undefined };
  assert.deepEqual(story([3, {}], [60, away], [3, {}]), []);
  assert.deepEqual(story([60, { expected: false, ...dead, ...talking }]), []);
  assert.deepEqual(story([4, { ...dead, ...talking }], [5, away]), ["4 silence", "4.5 no silence"]);
});

test("a phone that gates its noise is silent between words: only a long listening is suspicious", () => {
  const word: [number, Partial<AudioStep>] = [1, {}];
  const pause: [number, Partial<AudioStep>] = [2, dead];
  const listening: [number, Partial<AudioStep>] = [15, { ...dead, ...talking }];
  assert.deepEqual(story(word, pause, word, pause, word, listening, word), []);
  assert.deepEqual(story(word, pause, word, pause, word, [21, { ...dead, ...talking }]), ["27 silence"]);
});

test("a codec that is not decoded, and packets that do not arrive", () => {
  assert.deepEqual(story([60, { levelDbm0: undefined, ...talking }]), []);
  assert.deepEqual(story([3, {}], [3, { unheard: true }], [1, {}]), [
    "3.5 not-received",
    "6.5 no not-received",
  ]);
});

test("the level of packets, in both laws, is that of the sound in them", () => {
  for (const codec of ["PCMA", "PCMU"] as const)
    for (const [amplitude, wanted, hz] of [
      [0, codec === "PCMA" ? -66.1 : -90, 0],
      [3000, -17.6, 437],
      [3000, -17.6, 1000],
      [3000, -17.6, 2000],
      [300, -37.6, 800],
    ] as const) {
      const sound = new PartySound();
      for (let n = 0; n < 25; n++) {
        const frame = Int16Array.from({ length: frameSamples }, (_, i) =>
          Math.round(amplitude * Math.sin(((n * frameSamples + i) * 2 * Math.PI * hz) / 8000)),
        );
        const payload = new Uint8Array(frameSamples);
        encode(codec, frame, payload);
        sound.take(codec, payload);
      }
      sound.step();
      const level = sound.levelDbm0!;
      // A tone that divides the clock may be met at its weaker points.
      assert.ok(Math.abs(level - wanted) < 3.2, `${codec} ${amplitude}: ${level}`);
      assert.equal(sound.talks, amplitude > 0);
    }
  const opus = new PartySound();
  opus.take("OPUS", new Uint8Array(40));
  opus.step();
  assert.deepEqual([opus.packets, opus.levelDbm0], [1, undefined]);
});
