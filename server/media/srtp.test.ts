import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { writeRtpHeader } from "./rtp-packet.ts";
import { CounterModeCipher, GcmCipher } from "./srtp-cipher.ts";
import { SrtpContext } from "./srtp-context.ts";
import { PacketIndex } from "./srtp-index.ts";
import { deriveKeys, srtpSuites } from "./srtp-keys.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
const suite = (name: string) => srtpSuites.find((s) => s.name === name)!;
const cm80 = suite("AES_CM_128_HMAC_SHA1_80");
const master = hex("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6");

test("RFC 3711 B.2: the key stream of counter mode", () => {
  const keys = {
    key: createSecretKey(hex("2B7E151628AED2A6ABF7158809CF4F3C")),
    salt: hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"),
    auth: createSecretKey(Buffer.alloc(20)),
  };
  const zeros = Buffer.alloc(48);
  const sealed = new CounterModeCipher(keys, 10).seal(zeros, 0, { ssrc: 0, high: 0, low: 0 });
  assert.deepEqual(
    sealed.subarray(0, 48),
    hex(`E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0`),
  );
});

test("RFC 3711 B.3: session keys out of the master key", () => {
  const { rtp } = deriveKeys(cm80, master);
  assert.deepEqual(rtp.key.export(), hex("C61E7A93744F39EE10734AFE3FF7A087"));
  assert.deepEqual(rtp.salt, hex("30CBBC08863D8C85D49DB34A9AE1"));
  assert.deepEqual(rtp.auth.export(), hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
});

test("RFC 7714 §16.1: a packet sealed with AES-128-GCM", () => {
  const keys = {
    key: createSecretKey(hex("000102030405060708090a0b0c0d0e0f")),
    salt: hex("517569642070726f2071756f"),
    auth: createSecretKey(Buffer.alloc(20)),
  };
  const packet = Buffer.concat([
    hex("8040f17b 8041f8d3 5501a0b2"),
    Buffer.from("Gallia est omnis divisa in partes tres"),
  ]);
  const nonce = { ssrc: 0x5501a0b2, high: 0, low: 0xf17b };
  const sealed = new GcmCipher(keys, { keyBytes: 16 }).seal(packet, 12, nonce);
  assert.deepEqual(
    sealed,
    hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf
      8833 899d7f27 beb16a91 52cf765e e4390cce`),
  );
});

test("whole packets of another implementation (libsrtp's self-test), RTP and RTCP", () => {
  const body = "abababab".repeat(4);
  const rtp = hex(`800f1234 decafbad cafebabe ${body}`);
  const sealed = hex("800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb");
  assert.deepEqual(new SrtpContext(cm80, master).protectRtp(rtp), sealed);
  assert.deepEqual(new SrtpContext(cm80, master).unprotectRtp(Buffer.from(sealed)), rtp);

  const rtcp = hex(`81c8000b cafebabe ${body}`);
  const sender = new SrtpContext(cm80, master);
  sender.protectRtcp(rtcp); // libsrtp begins at index 1
  const sealedRtcp = hex(
    "81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798",
  );
  assert.deepEqual(sender.protectRtcp(rtcp), sealedRtcp);
  assert.deepEqual(new SrtpContext(cm80, master).unprotectRtcp(Buffer.from(sealedRtcp)), rtcp);
});

function packetOf(sequence: number, ssrc = 7): Buffer {
  const packet = Buffer.alloc(172, sequence & 0xff);
  writeRtpHeader(packet, { payloadType: 8, marker: false, sequence, timestamp: sequence * 160, ssrc });
  return packet;
}

for (const each of srtpSuites)
  test(`${each.name}: reordered, lost and repeated packets over three wraps of the sequence number`, () => {
    const random = seededRandom(3);
    const key = Buffer.from(
      Array.from({ length: each.keyBytes + each.saltBytes }, () => random.next() * 256),
    );
    const [sender, receiver] = [new SrtpContext(each, key), new SrtpContext(each, key)];
    let taken = 0;
    for (let group = 30_000; group < 230_000; group += 403) {
      const sent = Array.from({ length: 8 }, (_, i) => {
        const packet = sender.protectRtp(packetOf((group + i) & 0xffff))!;
        assert.equal(packet.length, 172 + each.tagBytes);
        return { at: group + i, packet };
      });
      // One is lost, the others come in any order, each twice.
      for (const { at, packet } of sent.toSorted(() => random.next() - 0.5).slice(1)) {
        const plain = receiver.unprotectRtp(Buffer.from(packet));
        if (!plain?.equals(packetOf(at & 0xffff))) assert.fail(`packet ${at}`);
        assert.equal(receiver.unprotectRtp(packet), undefined, "a replay");
        taken++;
      }
    }
    assert.ok(taken > 3000);
    assert.ok(sender.protectRtp(packetOf(231_000 & 0xffff)));
    assert.equal(sender.protectRtp(packetOf(231_000 & 0xffff)), undefined, "a number is used once");
  });

test("bytes that were changed, or are of another key, are refused and left as they were", () => {
  const random = seededRandom(9);
  for (const each of srtpSuites) {
    const key = Buffer.alloc(each.keyBytes + each.saltBytes, 5);
    const sender = new SrtpContext(each, key);
    const sealed = sender.protectRtp(packetOf(1000))!;
    const sealedRtcp = sender.protectRtcp(hex(`81c8000b cafebabe ${"ab".repeat(40)}`));
    for (let i = 0; i < 60; i++) {
      for (const [bytes, open] of [
        [sealed, "unprotectRtp"],
        [sealedRtcp, "unprotectRtcp"],
      ] as const) {
        const junk = Buffer.from(bytes.subarray(0, bytes.length - Math.floor(random.next() * 3)));
        junk[Math.floor(random.next() * junk.length)]! ^= 1 + Math.floor(random.next() * 255);
        const before = Buffer.from(junk);
        assert.equal(new SrtpContext(each, key)[open](junk), undefined);
        assert.deepEqual(junk, before);
      }
      const noise = Buffer.from(
        Array.from({ length: Math.floor(random.next() * 60) }, () => random.next() * 256),
      );
      assert.equal(new SrtpContext(each, key).unprotectRtp(noise), undefined);
      assert.equal(new SrtpContext(each, key).unprotectRtcp(Buffer.from(noise)), undefined);
    }
    const stranger = new SrtpContext(each, Buffer.alloc(key.length, 6));
    assert.equal(stranger.unprotectRtp(Buffer.from(sealed)), undefined);
    assert.ok(new SrtpContext(each, key).unprotectRtp(sealed));
  }
});

test("the window is 128 packets wide", () => {
  const index = new PacketIndex();
  index.add(index.estimate(500));
  assert.ok(index.window.isNew(index.estimate(373)));
  assert.ok(!index.window.isNew(index.estimate(372)));
  assert.ok(!index.window.isNew(index.estimate(500)));
  assert.equal(new PacketIndex().estimate(7), 7);
  const early = new PacketIndex();
  early.add(0);
  assert.ok(early.estimate(65_535) < 0, "there is nothing before the beginning");
});
