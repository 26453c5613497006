import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { test } from "node:test";
import { seededRandom } from "../../server/kernel/random.ts";
import { parseSdp } from "../../server/media/sdp.ts";
import { mediaBed } from "../kit/media-bed.ts";
import { RtpPeer } from "../kit/rtp-peer.ts";

test("digits go both ways: to us, to a relayed party, to a mixed one, and as tones to one without events", async () => {
  await using bed = await mediaBed();
  const [a, b, c] = [await bed.offered("a"), await bed.offered("b"), await bed.answered("c")];
  for (const { peer } of [a, b, c]) peer.start();
  bed.room("room", { a: ["b"], b: ["a"] });
  a.peer.sendDtmf("12");
  await bed.until(() => b.peer.digits.join("") === "12");
  bed.room("room", { a: ["b", "c"], b: ["a", "c"], c: ["a", "b"] });
  a.peer.sendDtmf("34");
  await bed.until(() => b.peer.digits.join("") === "1234" && c.peer.digits.join("") === "34");
  const told = bed.events.filter((e) => e.type === "dtmf");
  assert.deepEqual(
    told.map((e) => `${e.legId}${e.digit}:${e.durationMs}`),
    ["a1:100", "a2:100", "a3:100", "a4:100"],
  );
  b.leg.sendDtmf("9#");
  await bed.until(() => b.peer.digits.join("") === "12349#");

  b.leg.pressed("7");
  await bed.until(() => a.peer.digits.at(-1) === "7" && c.peer.digits.at(-1) === "7");
  assert.equal(bed.events.findLast((e) => e.type === "dtmf")?.legId, "b");

  const deaf = await bed.pool.createLeg({ legId: "d", kind: "rtp", affinity: "bed" });
  await using old = await RtpPeer.open();
  await deaf.answer(old.sdp().replaceAll(/a=(rtpmap|fmtp):101.*\r\n/g, ""));
  deaf.sendDtmf("5");
  await bed.until(() => old.toneLevel(770, 60) > -15 && old.toneLevel(1336, 60) > -15);
});

test("a party holds, plays its music, and comes back; its silence is told only when it owes us sound", async () => {
  await using bed = await mediaBed();
  const [a, b] = [await bed.offered("a"), await bed.offered("b")];
  a.peer.sendTone(400).start();
  b.peer.sendTone(1000).start();
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => a.peer.toneLevel(1000) > -14);

  const held = await a.leg.answer(a.peer.sdp("sendonly"));
  assert.match(held, /a=recvonly/);
  assert.equal(a.leg.heldByParty, true);
  // What was on its way has come when b's own sound has gone round through the process and back.
  b.leg.sendDtmf("1");
  await bed.until(() => b.peer.digits.length === 1);
  const from = a.peer.received.length;
  b.leg.sendDtmf("2");
  await bed.until(() => b.peer.digits.length === 2);
  assert.equal(a.peer.received.length, from, "a held party is sent nothing");
  assert.ok(b.peer.toneLevel(400, 60) > -14, "its music is heard");

  assert.match(await a.leg.answer(a.peer.sdp("inactive")), /a=inactive/);
  a.peer.stop();
  assert.match(await a.leg.answer(a.peer.sdp()), /a=sendrecv/);
  assert.equal(a.leg.heldByParty, false);
  await bed.until(() => a.peer.received.length > from + 20 && a.peer.toneLevel(1000) > -14);
  const silent = await bed.event("silent", "a");
  assert.ok(silent.sinceMs >= 3000);
  a.peer.start();
  await bed.event("flowing", "a");
});

test("a stranger's packets and any bytes from the party change nothing", async () => {
  await using bed = await mediaBed();
  const [a, b] = [await bed.offered("a"), await bed.offered("b")];
  const offer = await a.leg.offer();
  a.peer.sendTone(400).start();
  b.peer.start();
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => b.peer.toneLevel(400) > -14);
  const stranger = createSocket("udp4");
  const random = seededRandom(4);
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => random.next() * 256));
  const { port } = parseSdp(offer)!.audio;
  for (let i = 0; i < 2000; i++) {
    const datagram = noise(Math.floor(random.next() * 300));
    if (i % 2) datagram[0] = 0x80 | (random.next() * 32);
    if (i % 4 === 1) datagram[1] = 8;
    stranger.send(datagram, port, "127.0.0.1");
    // The party itself: broken headers only, whole packets of its own address would be its voice.
    a.peer.sendRaw(datagram.length > 1 && i % 2 ? datagram.subarray(0, 11) : datagram);
  }
  const from = b.peer.received.length;
  await bed.until(() => b.peer.received.length > from + 30 && b.peer.toneLevel(400) > -14);
  assert.equal(bed.pool.status()[0]!.restarts, 0);
  stranger.close();
});

test("a party without a codec of ours is refused and the leg still takes another offer", async () => {
  await using bed = await mediaBed();
  const leg = await bed.pool.createLeg({ legId: "a", kind: "rtp", affinity: "bed", codecs: ["PCMU"] });
  const { peer } = await bed.offered("b");
  await assert.rejects(leg.answer(peer.sdp()), { code: "no-common-codec", status: 488 });
  assert.match(await leg.answer(peer.sdp().replaceAll("PCMA", "PCMU")), /RTP\/AVP 8 101/);
  leg.close();
  await assert.rejects(leg.offer(), { code: "leg-gone" });
});

test("a browser's description with mangled ICE, DTLS or candidates is refused or lived with, never fatal", async () => {
  await using bed = await mediaBed();
  const template = await (await bed.pool.createLeg({ legId: "t", kind: "webrtc", affinity: "bed" })).offer();
  const random = seededRandom(9);
  let refused = 0;
  for (let i = 0; i < 80; i++) {
    const at = Math.floor(random.next() * template.length);
    const junk = String.fromCodePoint(32 + Math.floor(random.next() * 95)).repeat(
      Math.floor(random.next() * 3),
    );
    const mangled = template.slice(0, at) + junk + template.slice(at + Math.floor(random.next() * 9));
    const leg = await bed.pool.createLeg({ legId: `m${i}`, kind: "webrtc", affinity: "bed" });
    await leg.answer(mangled).catch((error: { status: number }) => {
      assert.equal(error.status, 488);
      refused++;
    });
    leg.close();
  }
  assert.ok(refused > 10 && refused < 80, `${refused} refused`);
  assert.deepEqual([bed.pool.status()[0]!.restarts, bed.pool.status()[0]!.alive], [0, true]);
});
