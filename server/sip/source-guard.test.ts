import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { sipStack } from "../../test/kit/sip-stack.ts";
import { manualClock } from "../kernel/clock.ts";
import { createSourceGuard, guardLimits } from "./source-guard.ts";

test("offences within the window ban a source, time forgives", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock);
  for (let i = 1; i < guardLimits.offences; i++) assert.equal(guard.offend("192.0.2.1"), false);
  assert.equal(guard.isBanned("192.0.2.1"), false);
  assert.equal(guard.offend("192.0.2.1"), true);
  assert.equal(guard.isBanned("192.0.2.1"), true);
  assert.equal(guard.isBanned("192.0.2.2"), false);
  clock.advance(guardLimits.banMs + 1);
  assert.equal(guard.isBanned("192.0.2.1"), false);
});

test("offences spread over time ban nobody, and many sources cost bounded memory", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock, { ...guardLimits, sources: 2 });
  for (let i = 0; i < 100; i++) {
    clock.advance(guardLimits.windowMs / 10);
    assert.equal(guard.offend("192.0.2.1"), false);
  }
  for (let i = 0; i < guardLimits.offences; i++) guard.offend("192.0.2.2");
  for (const host of ["192.0.2.3", "192.0.2.4"]) guard.offend(host);
  assert.equal(guard.isBanned("192.0.2.2"), false, "the oldest was forgotten");
});

const options = (host: string) =>
  `OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP ${host};rport;branch=z9hG4bK${Math.random()}\r\n` +
  `From: <sip:a@b>;tag=1\r\nTo: <sip:x@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n`;

async function socketAt(host: string) {
  const socket = createSocket("udp4").bind(0, host);
  await once(socket, "listening");
  return socket;
}

for (const isTrunk of [false, true])
  test(`a ${isTrunk ? "trunk" : "stranger"} that sends rubbish is ${isTrunk ? "still" : "no longer"} answered`, async () => {
    await using stack = await sipStack({
      trunkOf: ({ host }) => (isTrunk && host === "127.0.0.1" ? "t" : undefined),
    });
    const [scanner, witness] = [await socketAt("127.0.0.1"), await socketAt("127.0.0.2")];
    const { port } = stack.local[0]!;
    let answers = 0;
    scanner.on("message", (data) => {
      if (data.toString().startsWith("SIP/2.0 200")) answers++;
    });
    for (let i = 0; i < guardLimits.offences; i++)
      scanner.send("rubbish without end\r\n\r\n", port, "127.0.0.1");
    scanner.send(options("127.0.0.1"), port, "127.0.0.1");
    // One queue, first in first out: the witness is answered after all that has been read.
    witness.send(options("127.0.0.2"), port, "127.0.0.1");
    await once(witness, "message");
    if (isTrunk && answers === 0) await once(scanner, "message");
    assert.equal(answers, isTrunk ? 1 : 0);
    scanner.close();
    witness.close();
  });
