import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { levelDbm0 } from "../../server/media/frame.ts";
import { rtpHeaderBytes, writeRtpHeader } from "../../server/media/rtp-packet.ts";
import { mediaBed, type Party } from "../kit/media-bed.ts";

const hears = (party: Party, hz: number) => Math.abs(party.peer.toneLevel(hz, 400) - -10) < 1;

function packet(payloadType: number, payload: Buffer): Buffer {
  const datagram = Buffer.concat([Buffer.alloc(rtpHeaderBytes), payload]);
  writeRtpHeader(datagram, { payloadType, marker: false, sequence: 60_000, timestamp: 9_000_000, ssrc: 77 });
  return datagram;
}

describe("codecs between two parties", () => {
  for (const [codec, types] of [
    ["G722", [9, 9]],
    ["OPUS", [96, 107]],
  ] as const)
    test(`both have ${codec}: packets pass byte for byte, each under its own payload type`, async () => {
      await using bed = await mediaBed();
      const codecs = [codec, "PCMA" as const];
      const a = await bed.offered("a", codec, { codecs, payloadType: types[0] });
      const b = await bed.answered("b", codec, { codecs, payloadType: types[1] });
      a.peer.sendTone(400).start();
      b.peer.sendTone(1000).start();
      bed.room("room", { a: ["b"], b: ["a"] });
      await bed.until(() => hears(a, 1000) && hears(b, 400));
      a.peer.stop();
      const bytes = Buffer.from("kept as it is");
      const kept = () => b.peer.received.find(({ rtp }) => rtp.payload.equals(bytes));
      await a.peer.repeatRaw(
        packet(types[0], bytes),
        bed.until(() => kept() !== undefined),
      );
      assert.equal(kept()?.rtp.payloadType, types[1]);
      const { stats } = await bed.event("stats", "a");
      assert.equal(stats.codec, codec);
      assert.equal(stats.bufferMs, 0, "nothing was decoded");
    });

  for (const [wide, law] of [
    ["G722", "PCMU"],
    ["OPUS", "PCMA"],
  ] as const)
    test(`${wide} with ${law}: both hear each other at the level sent, in one seamless stream`, async () => {
      await using bed = await mediaBed();
      const a = await bed.offered("a", wide, { codecs: [wide, "PCMA"] });
      const b = await bed.answered("b", law);
      a.peer.sendTone(400).start();
      b.peer.sendTone(1000).start();
      bed.room("room", { a: ["b"], b: ["a"] });
      await bed.until(() => hears(a, 1000) && hears(b, 400));
      const { length } = b.peer.received;
      await bed.until(() => b.peer.received.length > length + 50 && hears(a, 1000) && hears(b, 400));
      assert.equal(a.peer.gaps().missing + b.peer.gaps().missing, 0);
      a.peer.sendDtmf("5");
      await bed.until(() => b.peer.digits.length > 0);
      assert.deepEqual(b.peer.digits, ["5"]);
    });

  test("a party that announces its silence is heard as its noise, and is not taken for dead", async () => {
    await using bed = await mediaBed();
    const a = await bed.offered("a", "PCMA", { silentAfterMs: 300 });
    const b = await bed.answered("b", "PCMU");
    a.peer.sendTone(400).start();
    bed.room("room", { a: ["b"], b: ["a"] });
    await bed.until(() => hears(b, 400));
    a.peer.stop();
    // -50 dB under the overload of the codec, which is at +6.15 dBm0 as a square wave.
    const atNoise = () => Math.abs(levelDbm0(b.peer.heard(400)) - -43.85) < 2;
    await a.peer.repeatRaw(packet(13, Buffer.of(50)), bed.until(atNoise));
    // Relayed, decoded beside it, and relayed again.
    for (const watched of [false, true, false]) {
      a.leg.watchLevel(watched);
      const { length } = b.peer.received;
      await bed.until(() => b.peer.received.length > length + 50);
      assert.ok(atNoise(), `${b.peer.level()} dBm0`);
      const noise = b.peer.received.slice(length + 1);
      const steps = noise.slice(1).map(({ rtp }, i) => (rtp.timestamp - noise[i]!.rtp.timestamp) >>> 0);
      assert.ok(steps.filter((step) => step === 160).length > 45, "noise without a gap");
    }
    assert.equal(bed.events.filter((e) => e.type === "silent" && e.legId === "a").length, 0);
    a.peer.start();
    await bed.until(() => hears(b, 400));
  });
});

test("a party without telephone-event sends and gets its digits as tones, relayed or not", async () => {
  await using bed = await mediaBed();
  const old = await bed.offered("old", "PCMA", { events: false });
  const other = await bed.answered("other", "PCMU", { events: false });
  for (const { peer } of [old, other]) peer.start();
  bed.room("room", { old: ["other"], other: ["old"] });
  await bed.event("first-packet", "old");
  old.peer.sendTones("18#");
  const digitsOf = (legId: string) =>
    bed.events.flatMap((e) => (e.type === "dtmf" && e.legId === legId ? [e.digit] : [])).join("");
  await bed.until(() => digitsOf("old") === "18#");
  assert.equal(digitsOf("other"), "");
  old.leg.sendDtmf("52");
  await bed.until(() => old.peer.toneDigits() === "52");
  assert.equal(digitsOf("old"), "18#");
});
