import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { parseRtcp } from "./rtcp.ts";
import { RtcpSession } from "./rtcp-session.ts";
import { RtpReception } from "./rtp-reception.ts";
import { parseRtp, rtpHeaderBytes } from "./rtp-packet.ts";
import { RtpSender } from "./rtp-sender.ts";

const random = seededRandom(11);
const next = () => random.next();

/** One side of a call with its own clock of the day. */
function side(epochAt: () => number) {
  const sender = new RtpSender(next);
  const reception = new RtpReception();
  return { sender, reception, rtcp: new RtcpSession(next, epochAt) };
}

/** `from` sends one frame; `to` gets it unless it is lost. */
function frame(from: ReturnType<typeof side>, to: ReturnType<typeof side>, at: number, isLost: boolean) {
  const packet = from.sender.frame(Buffer.alloc(rtpHeaderBytes + 160), 8, at);
  const rtp = parseRtp(packet)!;
  if (!isLost) to.reception.take(rtp.sequence, rtp.timestamp, rtp.ssrc, at, true);
}

const within = (values: number[], min: number, max: number) =>
  assert.ok(
    Math.min(...values) >= min && Math.max(...values) <= max,
    `${Math.min(...values)}–${Math.max(...values)}`,
  );

test("reports come at random intervals with the mean of RFC 3550, the first one sooner", () => {
  const gaps: number[] = [];
  const firsts: number[] = [];
  for (let run = 0; run < 300; run++) {
    const session = new RtcpSession(next, () => 0);
    let last = 0;
    for (let at = 0, count = 0; count < 4; at += 50) {
      if (!session.isDue(at)) continue;
      if (count++ === 0) firsts.push(at);
      else gaps.push(at - last);
      last = at;
    }
  }
  within(gaps, 2000, 6250);
  within(firsts, 1000, 3150);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  assert.ok(Math.abs(mean - 5000 / 1.218) < 150, `mean ${mean}`);
});

test("both sides learn the round trip, and what became of their packets", () => {
  let now = Date.UTC(2026, 0, 5, 10);
  const [a, b] = [side(() => now), side(() => now)];
  const oneWayMs = 40;
  for (let at = 20; at <= 12_000; at += 20) {
    now += 20;
    // Two of every fifty of A's packets are lost, next to each other.
    frame(a, b, at, at % 1000 < 40);
    frame(b, a, at, false);
    if (at % 4000 !== 0) continue;
    const fromA = a.rtcp.build(a.sender, a.reception, at);
    now += oneWayMs;
    b.rtcp.take(fromA, b.sender, 8000);
    const fromB = b.rtcp.build(b.sender, b.reception, at);
    now += oneWayMs;
    a.rtcp.take(fromB, a.sender, 8000);
  }
  assert.ok(Math.abs(a.rtcp.roundTripMs! - 2 * oneWayMs) <= 1, `${a.rtcp.roundTripMs} ms`);
  const out = a.rtcp.span()!;
  assert.deepEqual([out.packets, out.lost, out.jitterMs], [578, 22, 0]);
  assert.equal(a.rtcp.span(), undefined);
  const inward = b.reception.span();
  // Losses at the very beginning and end have no packet on one side.
  assert.deepEqual([inward.packets, inward.lost, inward.lossRuns], [576, 22, 11]);
  assert.equal(a.rtcp.unreceived, false);
});

test("a party that reports without knowing our packets does not receive us", () => {
  const [a, b] = [side(() => 1e12), side(() => 1e12)];
  for (let at = 20; at <= 4000; at += 20) frame(a, b, at, at > 1000);
  const report = () => a.rtcp.take(b.rtcp.build(b.sender, b.reception, 4000), a.sender, 8000);
  report();
  assert.equal(a.rtcp.unreceived, false, "it got the first second");
  for (let at = 4020; at <= 6000; at += 20) frame(a, b, at, true);
  report();
  assert.equal(a.rtcp.unreceived, true);
  const [lazy, browser] = [side(() => 1e12), side(() => 1e12)];
  browser.rtcp.absenceTells = true;
  for (const each of [lazy, browser]) {
    for (let at = 20; at <= 4000; at += 20) {
      frame(each, b, at, true);
      if (at % 1300 === 0) each.rtcp.take(b.rtcp.build(b.sender, new RtpReception(), at), each.sender, 8000);
    }
  }
  assert.deepEqual([lazy.rtcp.unreceived, browser.rtcp.unreceived], [false, true]);
  for (let at = 6020; at <= 8000; at += 20) frame(a, b, at, false);
  report();
  assert.equal(a.rtcp.unreceived, false);
});

test("reports in quick succession repeat themselves; that is no sign that nothing arrives", () => {
  const [a, b] = [side(() => 1e12), side(() => 1e12)];
  const report = () => a.rtcp.take(b.rtcp.build(b.sender, b.reception, at), a.sender, 8000);
  let at = 20;
  for (; at <= 49 * 20; at += 20) frame(a, b, at, false);
  report();
  // The packet between the two is still on its way: the second report tells what the first one told.
  frame(a, b, at, true);
  report();
  assert.equal(a.rtcp.unreceived, false);
  for (; at <= 3000; at += 20) frame(a, b, at, true);
  report();
  assert.equal(a.rtcp.unreceived, true, "fifty more were sent, and none came");
});

test("a browser tells of what it sends in one packet, and of what it receives in the next", () => {
  const [a, b] = [side(() => 1e12), side(() => 1e12)];
  a.rtcp.absenceTells = true;
  for (let at = 20; at <= 20_000; at += 20) {
    frame(a, b, at, false);
    for (const reception of [new RtpReception(), b.reception])
      if (at % 4000 === 0) a.rtcp.take(b.rtcp.build(b.sender, reception, at), a.sender, 8000);
    assert.equal(a.rtcp.unreceived, false, `after ${at} ms`);
  }
});

test("who sends nothing reports as a receiver; XR and unknown packets are passed over; BYE is heard", () => {
  const [a, b] = [side(() => 1e12), side(() => 1e12)];
  for (let at = 20; at <= 400; at += 20) frame(a, b, at, false);
  const first = a.rtcp.build(a.sender, a.reception, 400);
  assert.equal(first[1], 200);
  a.rtcp.build(a.sender, a.reception, 5000);
  assert.equal(a.rtcp.build(a.sender, a.reception, 10_000)[1], 201, "nothing since the last but one");

  // A VoIP metrics block of RFC 3611 §4.7 before the report.
  const xr = Buffer.alloc(44);
  xr.set([0x80, 207, 0, 10, 0, 0, 0, 1, 7, 0, 0, 8]);
  const compound = Buffer.concat([xr, b.rtcp.build(b.sender, b.reception, 400, true)]);
  const parsed = parseRtcp(compound, a.sender.ssrc);
  assert.equal(parsed.about?.cumulativeLost, 0);
  assert.ok(parsed.bye);
});
