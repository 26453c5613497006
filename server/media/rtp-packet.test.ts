import assert from "node:assert/strict";
import { test } from "node:test";
import { isRtcp, parseRtp } from "./rtp-packet.ts";
import { RtpSender } from "./rtp-sender.ts";

const header = (first: number, second: number, rest = "") =>
  Buffer.concat([Buffer.from([first, second, 0, 7, 0, 0, 0, 160, 1, 2, 3, 4]), Buffer.from(rest, "hex")]);

test("CSRC, extension and padding are left out of the payload", () => {
  assert.equal(parseRtp(header(0x80, 8, "d5d5"))?.payload.toString("hex"), "d5d5");
  const all = parseRtp(header(0xb1, 8, "0a0a0a0abede000111223344d5d60002"));
  assert.equal(all?.payload.toString("hex"), "d5d6");
  assert.equal(all?.plain, false);
});

test("what is no RTP packet is undefined", () => {
  const bad = ["", "80", "0001", "80080007"].map((hex) => Buffer.from(hex, "hex"));
  bad.push(header(0x40, 8), header(0x8f, 8), header(0x90, 8, "bede"), header(0x90, 8, "bedeffff"));
  bad.push(header(0xa0, 8, "d500"), header(0xa0, 8, "d5ff"));
  for (const datagram of bad) assert.equal(parseRtp(datagram), undefined, datagram.toString("hex"));
  assert.equal(isRtcp(header(0x80, 200)), true);
  assert.equal(isRtcp(header(0x80, 0x80 | 8)), false);
});

test("one stream without a seam: frames, a forwarded stream with a loss, an event, frames again", () => {
  const sender = new RtpSender(() => 0.25);
  const sent: { sequence: number; timestamp: number; marker: boolean }[] = [];
  const keep = (packet: Buffer) => sent.push(parseRtp(packet)!);
  const frame = (at: number) => keep(sender.frame(Buffer.alloc(172), 8, at));
  frame(1000);
  frame(1020);
  const foreign = new RtpSender(() => 0.75);
  const packets = [0, 20, 40, 60].map((at) => foreign.frame(Buffer.alloc(172), 8, 5000 + at));
  for (const [i, packet] of packets.entries())
    if (i !== 2) keep(sender.forward(packet, parseRtp(packet)!, 8, 1040 + i * 20, true));
  const timestamp = sender.timestampFor(1120);
  keep(sender.event(Buffer.alloc(16), 101, true, timestamp, 1120));
  keep(sender.event(Buffer.alloc(16), 101, false, timestamp, 1140));
  frame(1220);
  frame(1240);
  const base = sent[0]!;
  const steps = sent.map((p) => [p.sequence - base.sequence, (p.timestamp - base.timestamp) / 160]);
  assert.deepEqual(steps, [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [5, 5], // the foreign stream lost one: the gap stays
    [6, 6],
    [7, 6], // the event's timestamp stands still
    [8, 11],
    [9, 12],
  ]);
  assert.deepEqual(
    sent.map((p) => p.marker),
    [true, false, true, false, false, true, false, true, false],
  );
});

test("a forwarded event that pauses while we fill in goes on under its own timestamp", () => {
  const sender = new RtpSender(() => 0.25);
  const foreign = new RtpSender(() => 0.75);
  const forward = (packet: Buffer, at: number) =>
    parseRtp(sender.forward(packet, parseRtp(packet)!, 101, at, true))!;
  forward(foreign.frame(Buffer.alloc(172), 8, 1000), 1000);
  const timestamp = foreign.timestampFor(1020);
  const first = forward(foreign.event(Buffer.alloc(16), 101, true, timestamp, 1020), 1020);
  for (const at of [1140, 1160]) sender.frame(Buffer.alloc(172), 8, at);
  const second = forward(foreign.event(Buffer.alloc(16), 101, false, timestamp, 1040), 1170);
  assert.equal(second.timestamp, first.timestamp);
  assert.equal((second.sequence - first.sequence) & 0xffff, 3);
});
