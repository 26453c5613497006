import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { WebSocketServer } from "ws";
import { seededRandom } from "../../server/kernel/random.ts";
import { parseSdp } from "../../server/media/sdp.ts";
import { bytesOf, tortureMessages } from "../../server/sip/fixtures/torture.ts";
import { dial, watch } from "../../server/switch/conformance-kit.ts";
import { mediaNoise } from "../kit/fuzz/media-targets.ts";
import { binaryMutator, textMutator } from "../kit/fuzz/mutate.ts";
import { sipTokens } from "../kit/fuzz/sip-targets.ts";
import { mediaBed } from "../kit/media-bed.ts";
import { switchBed, testSwitch } from "../kit/switch-bed.ts";

const messages = tortureMessages.map((torture) => bytesOf(torture));
const mutate = textMutator(sipTokens);

function sipNoise(seed: number): () => Buffer {
  const random = seededRandom(seed);
  let n = 0;
  return () => mutate(messages[n++ % messages.length]!, messages, random);
}

/** Sends `count` datagrams from an address of its own, so that a ban of it hits nobody else. */
async function sendUdp(from: string, port: number, count: number, next: () => Buffer): Promise<void> {
  const socket = createSocket("udp4").bind(0, from);
  await once(socket, "listening");
  for (let n = 0; n < count; n++)
    await new Promise((sent) => socket.send(next().subarray(0, 60_000), port, "127.0.0.1", sent));
  socket.close();
}

/** Connections that say `count` pieces of noise each, until they are shown the door. */
async function sendTcp(
  from: string,
  port: number,
  count: number,
  next: () => Buffer,
  hello = "",
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const socket = connect({ port, host: "127.0.0.1", localAddress: from });
    socket.on("error", () => undefined);
    const closed = once(socket, "close");
    socket.resume().write(hello);
    socket.end(next());
    await closed;
  }
}

const hello =
  "GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n\r\n";

/** A frame of RFC 6455 §5.2 with a mask of zeros. */
function frame(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126 ? [0x80 + payload.length] : [0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head, 0, 0, 0, 0]), payload]);
}

test(
  "strangers' noise on every SIP and media port does not touch a call that is up",
  { timeout: 180_000 },
  async () => {
    await using bed = await switchBed({
      sw: {
        sip: {
          listen: (["udp", "tcp"] as const).map((transport) => ({ transport, host: "127.0.0.1", port: 0 })),
          realm: "waihu.test",
          userAgent: "Waihu",
        },
      },
    });
    const { sw, carrier } = bed;
    const http = createServer().listen(0, "127.0.0.1");
    const sockets = new WebSocketServer({ server: http });
    sockets.on("connection", (socket) => {
      sw.acceptWebSocket(socket, { host: "127.0.0.9", port: 9, secure: false });
    });
    await once(http, "listening");
    const seen = watch(sw);
    const parties = [];
    for (const hz of [500, 900]) {
      const called = carrier.nextCall();
      const legId = dial(sw);
      const far = await called;
      far.answer();
      far.stream!.tone(hz);
      await seen.until("leg-answered", (event) => event.legId === legId);
      parties.push({ legId, far });
    }
    const [left, right] = parties as [(typeof parties)[0], (typeof parties)[0]];
    sw.setRoom(
      "room",
      parties.map(({ legId }) => ({ legId, role: "talk" as const })),
    );
    while ((await left.far.stream!.listen(200)).toneDbm0(900) < -25);
    const received = left.far.stream!.received;
    const [lostBefore, packetsBefore] = [received.lost, received.packets];

    const [udp, tcp] = sw.sipLocal.map(({ port }) => port);
    const web = (http.address() as { port: number }).port;
    const frames = [
      ...messages.map((message, n) => frame(n % 2 ? 1 : 2, message)),
      frame(9, Buffer.from("ping")),
      frame(8, Buffer.from([3, 232])),
    ];
    const random = seededRandom(7118);
    await Promise.all([
      sendUdp("127.0.0.2", udp!, 1500, sipNoise(1)),
      sendUdp("127.0.0.3", udp!, 500, mediaNoise(2)),
      sendTcp("127.0.0.4", tcp!, 60, sipNoise(3)),
      sendTcp("127.0.0.5", web, 60, () => binaryMutator(frames[3]!, frames, random), hello),
      ...parties.flatMap(({ far }) => [
        sendUdp("127.0.0.6", far.stream!.talk.port, 1000, mediaNoise(4)),
        sendUdp("127.0.0.7", far.stream!.talk.port + 1, 500, mediaNoise(5)),
      ]),
    ]);

    const [a, b] = await Promise.all([left.far.stream!.listen(400), right.far.stream!.listen(400)]);
    assert.ok(a.toneDbm0(900) > -16 && b.toneDbm0(500) > -16, "the tones are not whole");
    assert.ok(received.packets > packetsBefore + 20);
    assert.equal(received.lost, lostBefore, "packets of the call were lost");
    assert.deepEqual(sw.legs().sort(), parties.map(({ legId }) => legId).sort());
    assert.deepEqual(
      sw.health().media.map(({ alive, restarts }) => [alive, restarts]),
      [[true, 0]],
    );
    assert.equal((await sw.probeTrunk(1)).status, 200);
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  },
);

test("a party that sends garbage from its own port spoils its own sound alone, and is heard again after", async () => {
  await using bed = await mediaBed();
  const [mad, sane, other] = [
    await bed.offered("mad"),
    await bed.offered("sane"),
    await bed.answered("other"),
  ];
  mad.peer.sendTone(500).start();
  sane.peer.sendTone(900).start();
  other.peer.sendTone(1300).start();
  bed.room("room", { mad: ["sane", "other"], sane: ["mad", "other"], other: ["mad", "sane"] });
  await bed.until(() => sane.peer.toneLevel(500) > -16);
  const noise = mediaNoise(3550);
  for (let n = 0; n < 3000; n++) {
    mad.peer.sendRaw(noise());
    if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await bed.until(() => sane.peer.toneLevel(500) > -16 && other.peer.toneLevel(900) > -16);
  assert.ok(mad.peer.toneLevel(900) > -16 && mad.peer.toneLevel(1300) > -16);
  assert.deepEqual(
    bed.pool.status().map(({ alive, restarts, legs }) => [alive, restarts, legs]),
    [[true, 0, 3]],
  );
});

test("a stack that is told nothing but noise ends when it is asked to", async () => {
  const sw = await testSwitch();
  await sendUdp("127.0.0.2", sw.sipLocal[0]!.port, 200, sipNoise(8));
  await sw[Symbol.asyncDispose]();
});

test("answers to mutated offers never end a media process", async () => {
  await using bed = await mediaBed();
  const random = seededRandom(8866);
  const bodies = [Buffer.from((await bed.answered("like")).peer.sdp())];
  const tokens = [
    "\r\n",
    "m=audio ",
    "0",
    "RTP/AVP",
    "a=rtpmap:",
    "c=IN IP4 0.0.0.0",
    "127.0.0.1",
    "99999",
    "-",
  ];
  const change = textMutator(tokens);
  let answered = 0;
  for (let n = 0; n < 150; n++) {
    const leg = await bed.pool.createLeg({ legId: `leg-${n}`, kind: "rtp", affinity: "bed" });
    const answer = await leg
      .answer(change(bodies[0]!, bodies, random).toString("utf8"))
      .catch(() => undefined);
    if (answer !== undefined) {
      answered++;
      assert.ok(parseSdp(answer));
    }
    leg.close();
  }
  assert.ok(answered > 20 && answered < 150, `${answered} answered`);
  assert.equal(bed.pool.status()[0]!.restarts, 0);
});
