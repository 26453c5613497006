import { createSocket } from "node:dgram";
import { once } from "node:events";

export interface Flood {
  /** An address of loopback that nobody else speaks from. */
  from: string;
  to: { host: string; port: number };
  perSecond: number;
  ms: number;
  /** The i-th datagram. */
  datagram: (i: number) => string | Buffer;
}

/** Sends as asked, in bursts of a millisecond; resolves with the number sent. */
export async function flood({ from, to, perSecond, ms, datagram }: Flood): Promise<number> {
  const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
  const listening = once(socket, "listening");
  socket.bind(0, from);
  await listening;
  socket.on("error", () => undefined);
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < ms) {
    const due = Math.min(((performance.now() - began) / 1000) * perSecond, sent + perSecond / 100);
    for (; sent < due; sent++) socket.send(datagram(sent), to.port, to.host);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const closed = once(socket, "close");
  socket.close();
  await closed;
  return sent;
}

/** Not SIP, or nearly: broken first lines, headers without end, lying lengths, bare bytes. */
export const malformed = (i: number): string | Buffer =>
  [
    `INVITE sip:${i}@waihu SIP/9.9\r\nVia: ?\r\n\r\n`,
    `INVITE sip:${i}@waihu SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK${i}\r\nContent-Length: 99999\r\n\r\n`,
    `\0\u0001${"\xFF".repeat(200)}`,
    `REGISTER sip:waihu SIP/2.0\r\n${"X: y\r\n".repeat(200)}`,
  ][i % 4]!;

/** A valid INVITE of a stranger, each a call of its own. */
export const strangerInvite = (from: string) => (i: number) =>
  [
    `INVITE sip:00${i}@waihu SIP/2.0`,
    `Via: SIP/2.0/UDP ${from}:5060;branch=z9hG4bKflood${i};rport`,
    `From: <sip:flood@${from}>;tag=${i}`,
    "To: <sip:waihu@waihu>",
    `Call-ID: flood-${i}@${from}`,
    "CSeq: 1 INVITE",
    `Contact: <sip:flood@${from}>`,
    "Max-Forwards: 70",
    "Content-Length: 0",
    "\r\n",
  ].join("\r\n");
