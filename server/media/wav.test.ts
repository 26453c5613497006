import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { encode } from "./g711.ts";
import { renderTones, sineSource, toneLevelDbm0 } from "./tones.ts";
import { decodeWav, wavHeader } from "./wav.ts";

/** A WAV file of any format, with an odd chunk before its data. */
function wav(tag: number, bits: number, rate: number, channels: number, data: Uint8Array): Buffer {
  const header = wavHeader(channels, data.length);
  header.writeUInt16LE(tag, 20);
  header.writeUInt32LE(rate, 24);
  header.writeUInt16LE(bits, 34);
  const odd = Buffer.from("LIST\u0003\0\0\0abc\0", "latin1");
  return Buffer.concat([header.subarray(0, 36), odd, header.subarray(36), data]);
}

const bytes = (samples: Int16Array) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
const tone = renderTones([{ frequenciesHz: [400], levelDbm0: -10, onMs: 500, offMs: 0 }]);
const isTone = (samples: Int16Array) => Math.abs(toneLevelDbm0(samples.subarray(0, 3200), 400) + 10) < 0.2;

test("PCM, A-law and µ-law, mono and stereo, 8 and 16 kHz all become 8 kHz mono", () => {
  assert.ok(isTone(decodeWav(wav(1, 16, 8000, 1, bytes(tone)))));
  for (const [tag, codec] of [
    [6, "PCMA"],
    [7, "PCMU"],
  ] as const) {
    const law = new Uint8Array(tone.length);
    encode(codec, tone, law);
    assert.ok(isTone(decodeWav(wav(tag, 8, 8000, 1, law))), codec);
  }
  const stereo = Int16Array.from({ length: tone.length * 2 }, (_, i) => tone[i >> 1]!);
  assert.ok(isTone(decodeWav(wav(1, 16, 8000, 2, bytes(stereo)))));
});

test("16 kHz is halved: the tone keeps its level, what would alias is gone", () => {
  const wide = new Int16Array(16_000);
  const high = new Int16Array(16_000);
  sineSource(200, -10)(wide); // 400 Hz at 16 kHz
  sineSource(3000, -10)(high); // 6000 Hz at 16 kHz, an alias at 2000 Hz
  const both = decodeWav(wav(1, 16, 16_000, 1, bytes(wide.map((s, i) => s + high[i]!))));
  assert.equal(both.length, 8000);
  assert.ok(isTone(both));
  assert.ok(toneLevelDbm0(both, 2000) < -50);
});

test("every usual rate becomes 8 kHz at the same level", () => {
  for (const rate of [11_025, 22_050, 24_000, 32_000, 44_100, 48_000]) {
    const wide = new Int16Array(rate);
    // The source counts at 8 kHz.
    sineSource((400 * 8000) / rate, -10)(wide);
    const samples = decodeWav(wav(1, 16, rate, 1, bytes(wide)));
    assert.equal(samples.length, 8000);
    assert.ok(isTone(samples.subarray(400)), `${rate}`);
  }
});

test("other formats say what to do; no file of any bytes does worse", () => {
  const refused = { code: "unsupported-sound", message: /Convert it to WAV, 16-bit PCM, 8 kHz, mono\.$/ };
  assert.throws(() => decodeWav(wav(1, 16, 96_000, 1, bytes(tone))), refused);
  assert.throws(() => decodeWav(wav(1, 24, 8000, 1, bytes(tone))), refused);
  assert.throws(() => decodeWav(Buffer.from("ID3 an MP3 file")), refused);
  const random = seededRandom(11);
  const seed = wav(1, 16, 8000, 2, bytes(tone.subarray(0, 40)));
  for (let i = 0; i < 5000; i++) {
    const bad = Buffer.from(seed.subarray(0, Math.floor(random.next() * seed.length)));
    for (let n = 0; n < 4 && bad.length > 0; n++)
      bad[Math.floor(random.next() * bad.length)] = random.next() * 256;
    try {
      decodeWav(bad);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "unsupported-sound", String(error));
    }
  }
});
