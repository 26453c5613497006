import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { buildRtcp, parseRtcp, roundTripMs, shortNtp } from "./rtcp.ts";
import { RtpReception } from "./rtp-reception.ts";

test("two sides exchange reports: loss and round trip come out", () => {
  const t0 = Date.UTC(2026, 0, 5, 10);
  const ours = { ssrc: 0xaaaa, timestamp: 1, packets: 10, octets: 1600 };
  const first = buildRtcp(ours, undefined, undefined, t0);
  const theirView = parseRtcp(first, 0xbbbb);
  assert.equal(theirView.lastSenderReport, shortNtp(t0));

  const reception = new RtpReception();
  // Sequence numbers wrap; 3 of 100 are lost; one comes twice and one late.
  for (let i = 0; i < 100; i++)
    if (i % 40 !== 10 && i !== 77) reception.take((65_500 + i) & 0xffff, i * 160, 0xaaaa, i * 20, true);
  reception.take((65_500 + 77) & 0xffff, 77 * 160, 0xaaaa, 2000, true);
  const report = reception.report()!;
  assert.equal(reception.lost, 3);
  assert.equal(report.fractionLost, Math.floor((3 * 256) / 100));

  const arrived = { shortNtp: theirView.lastSenderReport, at: t0 + 30 };
  const answer = buildRtcp({ ...ours, ssrc: 0xbbbb }, report, arrived, t0 + 530);
  const back = parseRtcp(answer, 0xaaaa);
  assert.equal(back.about?.fractionLost, report.fractionLost / 256);
  const trip = roundTripMs(back.about, t0 + 560)!;
  assert.ok(Math.abs(trip - 60) <= 1, `round trip ${trip}`);
});

test("the block about another stream is not ours, and no bytes raise an exception", () => {
  const packet = buildRtcp({ ssrc: 1, timestamp: 0, packets: 0, octets: 0 }, undefined, undefined, 0, true);
  assert.equal(parseRtcp(packet, 99).about, undefined);
  const random = seededRandom(5);
  for (let i = 0; i < 20_000; i++) {
    const junk = Buffer.from(packet.subarray(0, Math.floor(random.next() * (packet.length + 1))));
    for (let n = 0; n < 3 && junk.length > 0; n++)
      junk[Math.floor(random.next() * junk.length)] = random.next() * 256;
    parseRtcp(junk, 1);
  }
});

test("jitter follows RFC 3550: none for a steady stream, about the spread for a shaken one", () => {
  const steady = new RtpReception();
  const shaken = new RtpReception();
  const random = seededRandom(2);
  for (let i = 0; i < 500; i++) {
    steady.take(i, i * 160, 1, i * 20, true);
    shaken.take(i, i * 160, 1, i * 20 + random.next() * 30, true);
  }
  assert.equal(steady.jitterMs, 0);
  assert.ok(shaken.jitterMs > 5 && shaken.jitterMs < 15, `${shaken.jitterMs} ms`);
});
