/** Parties on plain RTP: each sends A-law every 20 ms, one in each room a click now and then whose way is timed. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { silenceByte } from "../../server/media/g711.ts";
import { rtpHeaderBytes } from "../../server/media/rtp-packet.ts";
import { percentile } from "../lib.ts";
import { raisePriority } from "./priority.ts";
import type { FromLoad, ToLoad } from "./messages.ts";
import { address, missingBefore, packet, sendInParts } from "./paced.ts";

/** The event loop takes 32 datagrams a socket and turn; one socket would be the bottleneck. */
const socketCount = 40;
const clickEveryFrames = 10;
/** Loudest A-law codes: a click that is found again after mixing. */
const [click, clickBelow] = [0xaa, 0x2a];

// A load that is late would be taken for the delay of what it measures.
raisePriority();
const say = (message: FromLoad) => void process.send!(message);
let ports: number[] = [];
let roomSize = 2;
let [sent, received, missing, worstGapMs] = [0, 0, 0, 0];
let delays: number[] = [];
const legAt = new Map<number, number>();
const clickedAt: number[] = [];
const lastAt: (number | undefined)[] = [];
const lastSequence: number[] = [];
/** Pauses in a room are not counted until then: somebody has just come or gone. */
const settledAt: number[] = [];
const settleMs = 1000;

function take(datagram: Buffer, from: { port: number }): void {
  const leg = legAt.get(from.port);
  if (leg === undefined || datagram.length <= rtpHeaderBytes || datagram[1]! % 128 > 63) return;
  const at = performance.now();
  const sequence = datagram.readUInt16BE(2);
  if (lastAt[leg] !== undefined) {
    if (at > (settledAt[Math.floor(leg / roomSize)] ?? 0))
      worstGapMs = Math.max(worstGapMs, at - lastAt[leg]);
    missing += missingBefore(sequence, lastSequence[leg]!);
  }
  received++;
  lastAt[leg] = at;
  lastSequence[leg] = sequence;
  const heard = clickedAt[Math.floor(leg / roomSize)];
  if (heard === undefined || leg % roomSize === 0) return;
  if (datagram.includes(click, rtpHeaderBytes) || datagram.includes(clickBelow, rtpHeaderBytes))
    delays.push(at - heard);
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket({
    type: "udp4",
    recvBufferSize: 1 << 20,
    lookup: (host, _options, done) => done(null, host, 4),
  });
  const listening = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await listening;
  return socket.on("message", take);
}

const sockets = await Promise.all(Array.from({ length: socketCount }, openSocket));

function send(leg: number, frame: number): void {
  const port = ports[leg];
  if (!port) return;
  address(leg, frame);
  const clicks = leg % roomSize === 0 && frame % clickEveryFrames === 0;
  packet[rtpHeaderBytes] = clicks ? click : silenceByte.PCMA;
  if (clicks) clickedAt[leg / roomSize] = performance.now();
  sockets[leg % socketCount]!.send(packet, port, "127.0.0.1");
  sent++;
}

function setLeg(leg: number, port: number): void {
  legAt.delete(ports[leg] ?? 0);
  lastAt[leg] = undefined;
  settledAt[Math.floor(leg / roomSize)] = performance.now() + settleMs;
  ports[leg] = port;
  if (port !== 0) legAt.set(port, leg);
}

process.on("message", (message: ToLoad) => {
  if (message.type === "start") {
    ({ ports, roomSize } = message);
    for (const [leg, port] of ports.entries()) legAt.set(port, leg);
    sendInParts(() => ports.length, send);
  } else if (message.type === "leg") setLeg(message.leg, message.port);
  else if (message.type === "reset") {
    [sent, received, missing, worstGapMs, delays] = [0, 0, 0, 0, []];
    say({ type: "reset" });
  } else {
    const [delayP50Ms, delayP99Ms] = [percentile(delays, 0.5), percentile(delays, 0.99)];
    say({ type: "report", sent, received, missing, worstGapMs, delayP50Ms, delayP99Ms });
  }
});
process.on("disconnect", () => process.exit());
say({ type: "ready", ports: sockets.map((socket) => socket.address().port) });
