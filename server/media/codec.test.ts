import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import type { AudioCodec, Coder } from "./codec.ts";
import { frameSamples, levelDbm0 } from "./frame.ts";
import { createG722 } from "./g722.ts";
import { openCoder } from "./open-coder.ts";
import { sineSource, toneLevelDbm0 } from "./tones.ts";

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const power = (level: number) => 10 ** (level / 10);

/** A tone through encoder and decoder; the first half second is left for the codec to settle. */
function throughCodec({ encoder, decoder }: Coder, hz: number, dbm0: number) {
  const source = sineSource(hz, dbm0);
  const frame = new Int16Array(frameSamples);
  const packet = new Uint8Array(encoder.maxBytes);
  const decoded = new Int16Array(frameSamples);
  const heard = new Int16Array(100 * frameSamples);
  let bytes = 0;
  for (let i = 0; i < 125; i++) {
    source(frame);
    const count = encoder.encode(frame, packet, 0);
    assert.equal(decoder.decode(packet.subarray(0, count), decoded), frameSamples);
    bytes += count;
    if (i >= 25) heard.set(decoded, (i - 25) * frameSamples);
  }
  const tone = toneLevelDbm0(heard, hz);
  const rest = power(levelDbm0(heard)) - power(tone);
  return { tone, snrDb: tone - 10 * Math.log10(Math.max(rest, 1e-9)), kbits: (bytes * 8) / 2500 };
}

describe("codecs", () => {
  const least: [AudioCodec, snrDb: number, kbits: number][] = [
    ["PCMA", 35, 64],
    ["PCMU", 35, 64],
    ["G722", 44, 64],
    ["OPUS", 20, 24],
  ];
  for (const [codec, snrDb, kbits] of least)
    test(`${codec} keeps a tone's level within 1 dB, with ${snrDb} dB of signal to noise`, async () => {
      for (const [hz, dbm0] of [
        [300, -10],
        [1020, -10],
        [1020, -30],
        [3000, -10],
      ] as const) {
        const coder = await openCoder(codec);
        const heard = throughCodec(coder, hz, dbm0);
        coder.close();
        assert.ok(Math.abs(heard.tone - dbm0) < 1, `${hz} Hz at ${heard.tone} dBm0`);
        assert.ok(heard.snrDb > snrDb, `${hz} Hz: ${heard.snrDb} dB`);
        assert.ok(heard.kbits <= kbits, `${heard.kbits} kbit/s`);
      }
    });

  test("G.722 codes and decodes bit for bit like libspandsp 0.0.6 at 8 kHz", () => {
    let seed = 1;
    const samples = Int16Array.from({ length: 16_000 }, (_, i) => {
      seed = Number((BigInt(seed) * 1_103_515_245n + 12_345n) & 0x7fff_ffffn);
      const triangle = Math.abs(((i * 37) % 2000) - 1000) * 24 - 12_000;
      const quiet = 4 ** (Math.floor(i / 1000) % 4);
      const noise = Math.floor((((seed >> 16) % 4001) - 2000) / quiet) * (i % 3000 < 100 ? 3 : 1);
      return Math.max(-32_768, Math.min(32_767, Math.floor(triangle / quiet) + noise));
    });
    const { encoder, decoder } = createG722();
    const codes = new Uint8Array(samples.length);
    encoder.encode(samples, codes, 0);
    const any = Uint8Array.from({ length: 16_000 }, (_, i) => (i * i * 7 + Math.floor(i / 3)) & 255);
    const decoded = new Int16Array(any.length);
    decoder.decode(any, decoded);
    assert.equal(digest(codes), "8f3d5440dbbbed61dc03a1bc607424c00eda38073e030b8ee6b6d1d4d153f798");
    assert.equal(
      digest(new Uint8Array(decoded.buffer)),
      "d0397eed2ee959874a78813c4cc9dbd0343ef6994019397c3e774a59934a23b9",
    );
  });

  test("Opus bridges a lost packet 6 dB below the voice at most, and takes no rubbish", async () => {
    const coder = await openCoder("OPUS");
    throughCodec(coder, 440, -12);
    const frame = new Int16Array(frameSamples);
    coder.decoder.conceal!(frame);
    assert.ok(Math.abs(levelDbm0(frame) - -15) < 3, `${levelDbm0(frame)} dBm0`);
    assert.equal(coder.decoder.decode(new Uint8Array(0), frame), 0);
    assert.equal(coder.decoder.decode(Uint8Array.of(0xff, 0xff, 0xff), frame), 0);
    coder.close();
  });
});
