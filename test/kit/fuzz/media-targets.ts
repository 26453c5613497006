import assert from "node:assert/strict";
import { AppError } from "../../../server/kernel/errors.ts";
import { seededRandom } from "../../../server/kernel/random.ts";
import { frameSamples } from "../../../server/media/frame.ts";
import { JitterBuffer } from "../../../server/media/jitter-buffer.ts";
import { buildRtcp, parseRtcp, roundTripMs } from "../../../server/media/rtcp.ts";
import { isRtcp, parseRtp, rtpHeaderBytes, writeRtpHeader } from "../../../server/media/rtp-packet.ts";
import { RtpReception } from "../../../server/media/rtp-reception.ts";
import { chooseCrypto } from "../../../server/media/sdes.ts";
import { buildSdp, parseSdp, type Sdp } from "../../../server/media/sdp.ts";
import { negotiate } from "../../../server/media/sdp-negotiate.ts";
import { TelephoneEventReceiver } from "../../../server/media/telephone-event.ts";
import { requireTransport, strippedForLibrary } from "../../../server/media/webrtc-sdp.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { binaryMutator, textMutator } from "./mutate.ts";
import { srtpTarget } from "./srtp-target.ts";

const ssrc = 0x1234_5678;

const sdpBodies = [
  [
    "v=0",
    "o=- 1 1 IN IP4 192.0.2.1",
    "s=-",
    "c=IN IP4 192.0.2.1",
    "t=0 0",
    "m=audio 4000 RTP/AVP 8 0 101",
    "a=rtpmap:101 telephone-event/8000",
    "a=fmtp:101 0-15",
    "a=ptime:20",
    "a=sendrecv",
    "a=rtcp:4001",
  ],
  [
    "v=0",
    "o=- 2 1 IN IP6 ::1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0 1",
    "m=video 9 UDP/TLS/RTP/SAVPF 96",
    "c=IN IP4 0.0.0.0",
    "a=rtpmap:96 VP8/90000",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 0 126",
    "c=IN IP4 0.0.0.0",
    "a=mid:0",
    "a=rtpmap:111 opus/48000/2",
    "a=fmtp:111 minptime=10;useinbandfec=1",
    "a=rtpmap:126 telephone-event/8000",
    "a=rtcp-mux",
    "a=ice-ufrag:abcd",
    `a=ice-pwd:${"p".repeat(22)}`,
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "AA").join(":")}`,
    "a=setup:actpass",
    "a=candidate:1 1 udp 2113937151 192.0.2.1 5000 typ host",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw",
  ],
].map((lines) => Buffer.from(lines.map((line) => `${line}\r\n`).join("")));

const sdpTokens = [
  ..."\r\n|\n|\r|=|:|/| |m=audio 0 RTP/AVP 8\r\n|m=|a=|c=IN IP4 |a=rtpmap:|a=fmtp:|a=inactive\r\n|a=setup:".split(
    "|",
  ),
  "RTP/SAVP",
  "\u0000",
  "\u00ff",
  "9".repeat(30),
  " ".repeat(50),
  "0.0.0.0",
  "a=crypto:1 ",
  "a=ptime:",
];

/** A body is refused by name, or what we answer has its sections and no port that does not exist. */
function takeSdp(input: Buffer): void {
  const text = input.toString("utf8");
  const sdp = parseSdp(text);
  orRefused(() => negotiate(sdp, ["PCMA", "PCMU"], /^RTP\/AVPF?$/));
  if (!sdp) return;
  orRefused(() => {
    requireTransport(sdp);
    assert.ok(
      parseSdp(strippedForLibrary(text, sdp, ["PCMA", "PCMU", "OPUS"])),
      "unreadable for the library",
    );
  });
  for (const mode of ["off", "preferred", "required"] as const)
    orRefused(() => chooseCrypto(mode, sdp.audio));
  answersEverySection(sdp);
}

function answersEverySection(sdp: Sdp): void {
  const lines = ["m=audio 4000 RTP/AVP 8", "a=sendrecv"];
  const answer = buildSdp({ id: 1, version: 1, host: "192.0.2.5" }, { lines }, sdp);
  const read = parseSdp(answer);
  assert.equal(read?.audio.port, 4000);
  assert.equal(read.mediaLines.length, sdp.mediaLines.length);
  assert.equal(read.audioIndex, sdp.audioIndex);
}

function orRefused(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function rtp(payloadType: number, sequence: number, payload: Buffer): Buffer {
  const packet = Buffer.concat([Buffer.alloc(rtpHeaderBytes), payload]);
  writeRtpHeader(packet, { payloadType, marker: sequence === 0, sequence, timestamp: sequence * 160, ssrc });
  return packet;
}

const rtpPackets = [
  ...Array.from({ length: 8 }, (_, n) => rtp(8, n, Buffer.alloc(160, 0x55 + n))),
  rtp(13, 9, Buffer.from([64])),
  rtp(8, 10, Buffer.alloc(480, 1)),
  // Padding, extension and two CSRCs (RFC 3550 §5.1).
  Buffer.from("b20800010000001012345678aaaaaaaabbbbbbbbbede0001100000005555555500000004", "hex"),
];

/** The way of a packet through a leg: one jitter buffer and one set of counters for the whole run. */
function rtpReceiver(): (datagram: Buffer) => void {
  const jitter = new JitterBuffer();
  const reception = new RtpReception();
  const frame = new Int16Array(frameSamples);
  let at = 0;
  return (datagram) => {
    at += 20;
    const packet = parseRtp(datagram);
    if (packet) {
      const { payload } = packet;
      assert.ok(payload.byteOffset >= datagram.byteOffset && payload.length <= datagram.length);
      reception.take(packet.sequence, packet.timestamp, packet.ssrc, at, true);
      jitter.put(packet.payloadType === 13 ? "CN" : "PCMA", payload, packet, at);
    }
    jitter.pop(frame, at);
    assert.ok(jitter.depthMs >= 0 && jitter.depthMs < 5000, `${jitter.depthMs} ms wait`);
    const report = reception.report();
    assert.ok(reception.lost >= 0 && Number.isFinite(reception.jitterMs));
    if (report) buildRtcp({ ssrc, timestamp: 0, packets: 1, octets: 160 }, report, undefined, at);
  };
}

const reception = { ssrc, fractionLost: 12, cumulativeLost: 7, highestSequence: 70_000, jitter: 33 };
const rtcpPackets = [undefined, { shortNtp: 77, at: 1000 }].flatMap((last) =>
  [true, false].map((bye) =>
    buildRtcp({ ssrc, timestamp: 160, packets: 1, octets: 160 }, reception, last, 1e12, bye),
  ),
);

function takeRtcp(datagram: Buffer): void {
  if (datagram.length >= 2) isRtcp(datagram);
  const report = parseRtcp(datagram, ssrc);
  const ms = roundTripMs(report.about, 1e12);
  assert.ok(ms === undefined || (ms >= 0 && Number.isFinite(ms)), `round trip ${ms}`);
  if (report.about) assert.ok(report.about.fractionLost >= 0 && report.about.fractionLost <= 1);
}

const events = ["05", "0b", "00", "0f"].flatMap((event, n) => [
  rtp(101, n, Buffer.from(`${event}0a00a0`, "hex")),
  rtp(101, n, Buffer.from(`${event}8a0320`, "hex")),
]);

/** A packet tells two digits at most: the one that it ends, and the one that it cuts off. */
function dtmfReceiver(): (datagram: Buffer) => void {
  let told = 0;
  const receiver = new TelephoneEventReceiver((digit, durationMs) => {
    told += 1;
    assert.match(digit, /^[\d*#A-D]$/);
    assert.ok(durationMs >= 0 && durationMs <= 8192);
  });
  let at = 0;
  return (datagram) => {
    at += 20;
    told = 0;
    const packet = parseRtp(datagram);
    if (packet) receiver.take(packet, at);
    receiver.expire(at);
    assert.ok(told <= 2, `${told} digits of one packet`);
  };
}

/** A Binding request with MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489 §14), and its like cut short. */
export const stunPackets = [
  `000100542112a442${"ab".repeat(12)}000600096162636465666768690000000024000478000000802a0008${"00".repeat(8)}`,
  `010100202112a442${"ab".repeat(12)}00200008000130395e12a443802200047061727a80280004deadbeef`,
  `000100002112a442${"00".repeat(12)}`,
].map((hex) => Buffer.from(hex, "hex"));

/** What comes to an RTP port and is none: it must be told apart from RTP by its first bits (RFC 7983). */
function takeForeign(datagram: Buffer): void {
  const packet = parseRtp(datagram);
  if (packet) assert.equal(datagram[0]! >> 6, 2);
  if (datagram.length >= 2 && isRtcp(datagram)) parseRtcp(datagram, ssrc);
}

/** Targets keep what a leg keeps from packet to packet, so each run makes them anew. */
export function mediaTargets(): FuzzTarget[] {
  const mutate = binaryMutator;
  return [
    { name: "sdp", seeds: sdpBodies, mutate: textMutator(sdpTokens), take: takeSdp },
    { name: "rtp", seeds: rtpPackets, mutate, take: rtpReceiver() },
    srtpTarget(rtpPackets),
    { name: "rtcp", seeds: rtcpPackets, mutate, take: takeRtcp },
    { name: "dtmf", seeds: events, mutate, take: dtmfReceiver() },
    { name: "stun", seeds: [...stunPackets, ...rtpPackets], mutate, take: takeForeign },
  ];
}

/** A mutated datagram of any kind that may come to a media port. */
export function mediaNoise(seed: number): () => Buffer {
  const random = seededRandom(seed);
  const all = [...rtpPackets, ...rtcpPackets, ...events, ...stunPackets];
  let n = 0;
  return () => binaryMutator(all[n++ % all.length]!, all, random);
}
