import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRtp } from "./rtp-packet.ts";
import { RtpSender } from "./rtp-sender.ts";
import { TelephoneEventReceiver, TelephoneEventSender } from "./telephone-event.ts";

/** What a receiver tells of `digits` when `lost(n)` picks the packets that do not come. */
function transfer(digits: string, lost: (packet: number) => boolean): string[] {
  const sender = new TelephoneEventSender();
  const stream = new RtpSender(() => 0.5);
  const told: string[] = [];
  const receiver = new TelephoneEventReceiver((digit, ms) => told.push(`${digit}:${ms}`));
  sender.add(digits);
  let at = 1000;
  for (let packet = 0; sender.busy; at += 20)
    for (const datagram of sender.tick(stream, { payloadType: 101, clockRate: 8000 }, at))
      if (!lost(packet++)) receiver.take(parseRtp(datagram)!, at);
  receiver.expire(at + 300);
  return told;
}

test("each digit is told once with its length, though its end comes three times", () => {
  assert.deepEqual(
    transfer("12#x*D", () => false),
    ["1:100", "2:100", "#:100", "*:100", "D:100"],
  );
  assert.deepEqual(
    transfer("11", () => false),
    ["1:100", "1:100"],
  );
});

test("the start lost, all ends lost, every other packet lost: still once each", () => {
  // A digit is seven packets: 20, 40, 60, 80 ms and three ends of 100 ms.
  assert.deepEqual(
    transfer("12", (n) => n < 4),
    ["1:100", "2:100"],
  );
  assert.deepEqual(
    transfer("12", (n) => n % 7 >= 4),
    ["1:80", "2:80"],
  );
  assert.deepEqual(
    transfer("12", (n) => n % 2 === 0),
    ["1:100", "2:100"],
  );
});

test("garbage is no digit", () => {
  const receiver = new TelephoneEventReceiver(() => assert.fail());
  for (const payload of ["", "05", "0580", "ff8a0320", "108a0320"]) {
    const datagram = Buffer.concat([
      Buffer.from("806500010000000000000001", "hex"),
      Buffer.from(payload, "hex"),
    ]);
    receiver.take(parseRtp(datagram)!, 0);
  }
  receiver.expire(1000);
});

test("a flood of digits is cut to what a person can press", () => {
  let told = 0;
  const receiver = new TelephoneEventReceiver(() => told++);
  const press = (n: number, at: number) => {
    const datagram = Buffer.from("80650001000000000000000105800320", "hex");
    datagram.writeUInt32BE(n * 160, 4);
    receiver.take(parseRtp(datagram)!, at);
  };
  for (let n = 0; n < 500; n++) press(n, 1000);
  assert.equal(told, 20);
  for (let n = 0; n < 5; n++) press(1000 + n, 2000 + n * 100);
  assert.equal(told, 25);
});
