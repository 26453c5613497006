import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { AppError } from "../kernel/errors.ts";

/** Even ports of a range, handed out in turn so that a late packet of an ended call meets nobody. */
export class RtpPorts {
  readonly #min: number;
  readonly #count: number;
  #next = 0;

  /** `min` 0 lets the system choose. */
  constructor(min: number, max: number) {
    this.#min = min + (min % 2);
    this.#count = min === 0 ? 0 : Math.max(0, Math.floor((max - this.#min + 1) / 2));
  }

  /** Ports to try, in turn. */
  async *candidates(host: string): AsyncGenerator<number> {
    for (let i = 0; this.#min === 0 && i < systemTries; i++) yield await chosenBySystem(host);
    for (let i = 0; i < this.#count; i++) yield this.#min + (this.#next++ % this.#count) * 2;
  }
}

const systemTries = 20;

/**
 * An even port that was free a moment ago. It is bound by its number: a socket that the system gave its port loses it
 * again when it is disconnected (Linux `__udp_disconnect`).
 */
async function chosenBySystem(host: string): Promise<number> {
  const socket = await bind(host, 0);
  const { port } = socket.address();
  const closed = once(socket, "close");
  socket.close();
  await closed;
  return port - (port % 2);
}

/**
 * Half a second of packets in the kernel's measure. After a stall older ones are worthless, and reading a long backlog
 * of hundreds of legs would keep the ticker from sending.
 */
const receiveBytes = 16_384;

async function bind(host: string, port: number): Promise<Socket> {
  const socket = createSocket({
    recvBufferSize: receiveBytes,
    type: isIPv6(host) ? "udp6" : "udp4",
    // Addresses are literal here; the look-up would cost a trip through the event loop for every packet.
    lookup: (address, _options, done) => done(null, address, isIPv6(address) ? 6 : 4),
  });
  const listening = once(socket, "listening");
  socket.bind(port, host);
  try {
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on("error", () => undefined);
  return socket;
}

/** RTP on an even port, RTCP on the next (RFC 3550 §11). @throws AppError `no-rtp-port` when all are taken. */
export async function openSocketPair(host: string, ports: RtpPorts): Promise<[rtp: Socket, rtcp: Socket]> {
  for await (const port of ports.candidates(host)) {
    const rtp = await bind(host, port).catch(ifTaken);
    if (!rtp) continue;
    const rtcp = await bind(host, port + 1).catch(ifTaken);
    if (rtcp) return [rtp, rtcp];
    rtp.close();
  }
  throw new AppError(
    "no-rtp-port",
    503,
    "Every RTP port is taken. Widen the range of RTP ports in the settings.",
  );
}

/**
 * True if a party that was told `advertised` reaches us at `local`, the address that the kernel chose for a socket
 * bound to all: it is the advertised one, or that one is a router's and `local` is alone on its interface.
 */
export function isReachedAt(local: string, advertised: string): boolean {
  if (local === advertised) return true;
  const interfaces = Object.values(networkInterfaces()).map((all = []) => all.map((a) => a.address));
  if (interfaces.some((addresses) => addresses.includes(advertised))) return false;
  const own = interfaces.find((addresses) => addresses.includes(local)) ?? [];
  return own.filter((address) => isIPv6(address) === isIPv6(local)).length === 1;
}

function ifTaken(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
}
