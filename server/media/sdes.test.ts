import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseCrypto, formatCrypto, parseCrypto, type SrtpMode } from "./sdes.ts";
import { parseSdp } from "./sdp.ts";
import { writeRtpHeader } from "./rtp-packet.ts";
import { SrtpSession } from "./srtp-session.ts";

const key30 = Buffer.alloc(30, 7).toString("base64");
const key28 = Buffer.alloc(28, 7).toString("base64");

test("a=crypto lines as RFC 4568 and RFC 7714 write them", () => {
  const line = parseCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${key30}|2^20|1:4`)!;
  assert.deepEqual([line.tag, line.suite.name, line.mkiBytes], [1, "AES_CM_128_HMAC_SHA1_80", 4]);
  assert.equal(formatCrypto({ ...line, tag: 3 }), `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${key30}`);
  assert.ok(parseCrypto(`2 AEAD_AES_128_GCM inline:${key28} WSH=128`));
  assert.ok(parseCrypto(`2 aead_aes_128_gcm inline:${key28}|2^31 -x=1`));
  for (const bad of [
    `1 F8_128_HMAC_SHA1_80 inline:${key30}`,
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key28}`,
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key30};inline:${key30}`,
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key30} UNENCRYPTED_SRTP`,
    `1 AES_CM_128_HMAC_SHA1_80 inline:${key30} KDR=1`,
    "1 AES_CM_128_HMAC_SHA1_80",
    "",
  ])
    assert.equal(parseCrypto(bad), undefined, bad);
});

const body = (profile: string, ...lines: string[]) =>
  parseSdp(["v=0", "s=-", "c=IN IP4 192.0.2.1", `m=audio 4000 ${profile} 8`, ...lines].join("\r\n"))!.audio;
const crypto = `a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:${key30}`;
const foreign = `a=crypto:1 F8_128_HMAC_SHA1_80 inline:${key30}`;

test("who takes and refuses what", () => {
  const tagOf = (mode: SrtpMode, audio: ReturnType<typeof body>) => chooseCrypto(mode, audio)?.tag;
  assert.equal(tagOf("preferred", body("RTP/SAVP", foreign, crypto)), 7);
  assert.equal(tagOf("preferred", body("RTP/AVP", crypto)), 7);
  assert.equal(tagOf("preferred", body("RTP/AVP")), undefined);
  assert.equal(tagOf("preferred", body("RTP/AVP", foreign)), undefined);
  assert.equal(tagOf("required", body("RTP/AVP", crypto)), 7);
  assert.equal(tagOf("off", body("RTP/AVP", crypto)), undefined);
  const refuses = (mode: SrtpMode, audio: ReturnType<typeof body>, code: string, message: RegExp) =>
    assert.throws(() => chooseCrypto(mode, audio), { code, status: 488, message });
  refuses("off", body("RTP/SAVP", crypto), "srtp-not-allowed", /turned off here/);
  refuses("required", body("RTP/AVP"), "srtp-required", /names no key/);
  refuses("required", body("RTP/SAVP", foreign), "srtp-required", /F8_128_HMAC_SHA1_80.*none that we know/);
  refuses("preferred", body("RTP/SAVP", foreign), "srtp-required", /none that we know/);
});

/** The audio section that carries these lines. */
const bodyOf = (lines: readonly Parameters<typeof formatCrypto>[0][]) =>
  body("RTP/SAVP", ...lines.map(formatCrypto));

function packetOf(sequence: number): Buffer {
  const packet = Buffer.alloc(172, 0xd5);
  writeRtpHeader(packet, { payloadType: 8, marker: false, sequence, timestamp: 0, ssrc: 9 });
  return packet;
}

test("two sides agree; a repeated body keeps the contexts, a new key changes both and lets the old one fade", () => {
  const [phone, us] = [new SrtpSession("required"), new SrtpSession("preferred")];
  const answer = us.answer(bodyOf(phone.offer().lines), 0)!;
  assert.equal(answer.suite.name, "AEAD_AES_128_GCM");
  phone.acceptAnswer(bodyOf([answer]), 0);
  const carried = (from: SrtpSession, to: SrtpSession, sequence: number, at = 0) =>
    to.openRtp(from.sealRtp(packetOf(sequence))!, at)?.equals(packetOf(sequence)) ?? false;
  assert.ok(carried(phone, us, 65_535) && carried(us, phone, 65_535));
  assert.ok(carried(phone, us, 0) && carried(us, phone, 0), "the wrap is counted");

  // Hold: the same keys again.
  const again = us.answer(bodyOf(phone.offer().lines), 0)!;
  assert.deepEqual(again.master, answer.master);
  phone.acceptAnswer(bodyOf([again]), 0);
  assert.ok(carried(phone, us, 1) && carried(us, phone, 1), "and counted on over a hold");

  const late = phone.sealRtp(packetOf(2))!;
  const veryLate = phone.sealRtp(packetOf(3))!;
  const renewed = new SrtpSession("required");
  const fresh = us.answer(bodyOf(renewed.offer().lines), 1000)!;
  assert.notDeepEqual(fresh.master, answer.master);
  renewed.acceptAnswer(bodyOf([fresh]), 1000);
  assert.ok(carried(renewed, us, 10, 1100) && carried(us, renewed, 10, 1100));
  assert.ok(us.openRtp(late, 1200), "sent before the change, came after it");
  assert.equal(us.openRtp(veryLate, 7000), undefined, "the old key is gone");
});

test("an answer without a key makes a preferred leg plain, and ends a required one", () => {
  const preferred = new SrtpSession("preferred");
  assert.equal(preferred.offer().profile, "RTP/AVP");
  preferred.acceptAnswer(body("RTP/AVP"), 0);
  assert.equal(preferred.active, false);
  assert.deepEqual(preferred.openRtp(packetOf(1), 0), packetOf(1));
  const required = new SrtpSession("required");
  assert.equal(required.offer().profile, "RTP/SAVP");
  assert.throws(() => required.acceptAnswer(body("RTP/AVP"), 0), { code: "srtp-required" });
});
