import assert from "node:assert/strict";
import { test } from "node:test";
import { levelDbm0 } from "./frame.ts";
import { type Codec, decode, encode, transcodeInPlace } from "./g711.ts";
import { sineSource, toneLevelDbm0 } from "./tones.ts";

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const decoded = (codec: Codec) => {
  const out = new Int16Array(256);
  decode(codec, bytes, out);
  return out;
};

test("every code decodes to a value that encodes to it again", () => {
  for (const codec of ["PCMA", "PCMU"] as const) {
    const again = new Uint8Array(256);
    encode(codec, decoded(codec), again);
    // µ-law has two zeros; the negative one comes back as the positive.
    const expected = bytes.map((b) => (codec === "PCMU" && b === 0x7f ? 0xff : b));
    assert.deepEqual(again, expected);
  }
});

test("known values of ITU-T G.711", () => {
  const [a, u] = [decoded("PCMA"), decoded("PCMU")];
  assert.deepEqual([a[0xd5], a[0x55], a[0xaa], a[0x2a]], [8, -8, 32_256, -32_256]);
  assert.deepEqual([u[0xff], u[0x7f], u[0x80], u[0x00]], [0, 0, 32_124, -32_124]);
});

test("a tone keeps its level through both laws and from one to the other", () => {
  const frame = new Int16Array(8000);
  sineSource(1020, -10)(frame);
  const wire = new Uint8Array(frame.length);
  encode("PCMA", frame, wire);
  transcodeInPlace("PCMU", wire);
  const out = new Int16Array(frame.length);
  decode("PCMU", wire, out);
  assert.ok(Math.abs(toneLevelDbm0(out, 1020) + 10) < 0.2, `tone ${toneLevelDbm0(out, 1020)}`);
  const noise = out.map((s, i) => s - frame[i]!);
  assert.ok(levelDbm0(noise) < -40, `noise ${levelDbm0(noise)} dBm0`);
});
