import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Random } from "../../server/kernel/random.ts";
import { isRtcp } from "../../server/media/rtp-packet.ts";
import { RtpStream } from "./rtp-stream.ts";
import type { Talk } from "./sdp.ts";

const slots = 4;
const slotMs = 5;

/**
 * All the carrier's audio on one UDP socket and one timer. A stream is known by the address its party sends
 * from, which is the address its party named in SDP (symmetric RTP, RFC 4961). Streams are spread over four
 * slots of 5 ms so that 150 packets do not leave in one burst.
 */
export interface RtpHub extends AsyncDisposable {
  readonly port: number;
  /** Starts sending to the party; a stream to the same address is taken over. */
  open(talk: Talk): RtpStream;
  readonly streams: number;
}

export async function openRtpHub(host: string, random: Random): Promise<RtpHub> {
  const socket: Socket = createSocket({
    type: "udp4",
    recvBufferSize: 1 << 20,
    sendBufferSize: 1 << 20,
    // Addresses are numeric: no look-up, so a send is done when the call returns.
    lookup: (name, _options, done) => done(null, name, 4),
  });
  const listening = once(socket, "listening");
  socket.bind(0, host);
  await listening;
  const byParty = new Map<string, RtpStream>();
  /** By the address that the party sends RTCP from. */
  const byReporter = new Map<string, RtpStream>();
  const wheel: Set<RtpStream>[] = Array.from({ length: slots }, () => new Set());
  let slot = 0;

  socket.on("message", (datagram, from) => {
    const source = `${from.address}:${from.port}`;
    const stream = byParty.get(source) ?? byReporter.get(source);
    if (isRtcp(datagram)) stream?.receiveRtcp(datagram);
    else stream?.receive(datagram);
  });
  // ICMP "port unreachable" of a party that hung up first is of no interest.
  socket.on("error", () => undefined);

  const stopWheel = turnWheel(() => {
    for (const stream of wheel[slot]!) stream.sendFrame();
    slot = (slot + 1) % slots;
  });

  return {
    port: socket.address().port,
    get streams() {
      return byParty.size;
    },
    open(talk) {
      const key = `${talk.host}:${talk.port}`;
      byParty.get(key)?.close();
      const reporter = `${talk.host}:${talk.rtcpPort}`;
      const send = (packet: Buffer) => socket.send(packet, stream.talk.port, stream.talk.host);
      const sendRtcp = (packet: Buffer) => socket.send(packet, stream.talk.rtcpPort, stream.talk.host);
      const lightest = wheel.reduce((a, b) => (b.size < a.size ? b : a));
      const stream: RtpStream = new RtpStream(talk, random, { send, sendRtcp }, () => {
        lightest.delete(stream);
        if (byParty.get(key) === stream) byParty.delete(key);
        if (byReporter.get(reporter) === stream) byReporter.delete(reporter);
      });
      byParty.set(key, stream);
      byReporter.set(reporter, stream);
      lightest.add(stream);
      return stream;
    },
    async [Symbol.asyncDispose]() {
      stopWheel();
      for (const stream of byParty.values()) stream.close();
      socket.close();
      await once(socket, "close");
    },
  };
}

/** Calls `turn` every 5 ms on an absolute schedule: a late tick is made up for, a stall of over 200 ms is skipped. */
function turnWheel(turn: () => void): () => void {
  let due = performance.now();
  let handle: NodeJS.Timeout;
  const tick = () => {
    const now = performance.now();
    if (now - due > 200) due = now;
    for (; due <= now; due += slotMs) turn();
    handle = setTimeout(tick, Math.max(1, due - performance.now()));
  };
  handle = setTimeout(tick, slotMs);
  return () => clearTimeout(handle);
}
