import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIP } from "node:net";
import { plainAddress, type Transport, type TransportSink } from "./transport.ts";
import type { SipTarget } from "./types.ts";

/** Room in the kernel for bursts: 3,000 calls/s arrive faster than one tick of the event loop drains. */
const socketBufferBytes = 4 * 1024 * 1024;

/** Binds a UDP socket; rejects when the port is taken. */
export async function openUdp(bind: { host: string; port: number }, sink: TransportSink): Promise<Transport> {
  const socket = createSocket({ type: isIP(bind.host) === 6 ? "udp6" : "udp4" });
  socket.bind(bind.port, bind.host);
  await once(socket, "listening");
  try {
    socket.setRecvBufferSize(socketBufferBytes);
    socket.setSendBufferSize(socketBufferBytes);
  } catch {
    // The system's own limit stays; a smaller buffer only drops earlier.
  }
  const local: SipTarget = { transport: "udp", host: bind.host, port: socket.address().port };
  // An ICMP error of an earlier datagram surfaces here; the transaction's own timers deal with the loss.
  socket.on("error", () => undefined);
  socket.on("message", (data, remote) =>
    sink.packet(data, { transport: "udp", host: plainAddress(remote.address), port: remote.port }, local),
  );
  let isOpen = true;
  let sending = 0;
  const { promise: drained, resolve: drain } = Promise.withResolvers<void>();
  return {
    kind: "udp",
    local,
    send(data, target, failed) {
      if (!isOpen) return;
      sending++;
      const sent = (error: Error | null) => {
        sending--;
        if (!isOpen && sending === 0) drain();
        if (error && isOpen) failed(error);
      };
      try {
        socket.send(data, target.port, target.host, sent);
      } catch (error) {
        // A port of 0, as a stranger may write into Via or Contact, is refused on the spot.
        queueMicrotask(() => sent(error as Error));
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return;
      isOpen = false;
      // The last BYEs leave before the socket does.
      if (sending > 0) await drained;
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}
