import type { Clock } from "../kernel/clock.ts";
import type { Transport, TransportSink } from "./transport.ts";
import type { SipTarget, WebSocketLike } from "./types.ts";

/** A browser that answers no ping within one interval is gone: its network went away without a word. */
const pingMs = 15_000;
/** No close frame came (RFC 6455 §7.1.5): the network broke. A page that is closed or loaded anew says so. */
const abnormalClosure = 1006;

export interface WebSocketTransport extends Transport {
  /** Takes over a socket of subprotocol `sip`. */
  accept(socket: WebSocketLike, remote: { host: string; port: number; secure: boolean }): void;
}

/** All WebSockets (RFC 7118): one message per frame, text or binary; the peer is its connection, not its address. */
export function createWebSocketTransport(
  local: SipTarget,
  clock: Clock,
  sink: TransportSink,
): WebSocketTransport {
  const sockets = new Map<string, WebSocketLike>();
  let sequence = 0;
  return {
    kind: "ws",
    local,
    accept(socket, { host, port, secure }) {
      const connectionId = `ws-${++sequence}`;
      const remote: SipTarget = { transport: secure ? "wss" : "ws", host, port, connectionId };
      sockets.set(connectionId, socket);
      let isAlive = true;
      const pings = clock.every(pingMs, () => {
        if (!isAlive) return socket.terminate();
        isAlive = false;
        socket.ping();
      });
      socket.on("pong", () => void (isAlive = true));
      socket.on("message", (data) => {
        const text = data.toString("latin1", 0, 5);
        if (text === "\r\n\r\n") socket.send("\r\n");
        else sink.packet(data, remote, local);
      });
      socket.on("error", () => socket.close());
      socket.on("close", (code) => {
        pings.cancel();
        if (sockets.delete(connectionId)) sink.closed(connectionId, { isBroken: code === abnormalClosure });
      });
    },
    send(data, target, failed) {
      const socket = target.connectionId === undefined ? undefined : sockets.get(target.connectionId);
      try {
        if (!socket) throw new Error("connection closed");
        socket.send(data.toString("utf8"));
      } catch (error) {
        queueMicrotask(() => failed(error as Error));
      }
    },
    // The product pings by frames of the protocol below.
    ping: () => undefined,
    close: (connectionId) => sockets.get(connectionId)?.close(),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.values()) socket.terminate();
      sockets.clear();
    },
  };
}
