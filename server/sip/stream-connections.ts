import type { Socket } from "node:net";
import type { Clock, Timer } from "../kernel/clock.ts";
import { createStreamFramer } from "./stream-framer.ts";
import { connectionKey, plainAddress, type TransportSink } from "./transport.ts";
import type { SipTarget } from "./types.ts";

const maxConnections = 2_000;
/** From one address that is not trusted: an office behind NAT has its phones, a flood has thousands. */
const maxConnectionsPerHost = 200;
const connectTimeoutMs = 10_000;
/** A message begun must be whole, and a stranger's first one there, within this time. */
const patienceMs = 30_000;
/** Bytes we hold for a peer that does not read. */
const maxUnsentBytes = 4 * 1024 * 1024;
/** RFC 5626 §4.4.1: no pong within this time means that the flow is dead. */
const pongMs = 10_000;

interface Connection {
  id: string;
  remote: SipTarget;
  socket: Socket;
  /** Does the peer answer pings (RFC 5626 §3.5.1)? Not all do: only who did once is held to it. */
  answersPings: boolean;
  pongLimit?: Timer;
  reason?: Error;
}

export interface StreamConnections {
  /** Takes a connection that somebody opened to us. */
  accept: (socket: Socket) => void;
  /** May one more come from this address? */
  hasRoomFor: (host: string) => boolean;
  send: (data: Buffer, target: SipTarget, failed: (error: Error) => void) => void;
  /** Sends a ping (RFC 5626 §3.5.1); a connection that used to answer and does not is ended. */
  ping: (target: SipTarget) => void;
  close: (connectionId: string) => void;
  closeAll: () => void;
}

/** Node adds advice for its own command line to an unknown certificate. */
const plainly = (error: Error) => new Error(error.message.split("; if the root CA")[0]);

/**
 * The connections of one stream transport: messages are cut out of the bytes, connections are used again, limits
 * hold. A connection that we opened is marked `isDialed`: when it is lost, the next message opens another.
 */
export function createStreamConnections(
  kind: "tcp" | "tls",
  local: SipTarget,
  clock: Clock,
  sink: TransportSink,
  dial: (target: SipTarget) => Socket,
): StreamConnections {
  const connections = new Map<string, Connection>();
  const byTarget = new Map<string, Connection>();
  const perHost = new Map<string, number>();
  let sequence = 0;

  function count(host: string, by: number): void {
    const now = (perHost.get(host) ?? 0) + by;
    if (now === 0) perHost.delete(host);
    else perHost.set(host, now);
  }

  function adopt(socket: Socket, peer: SipTarget): Connection {
    const id = `${kind}-${++sequence}`;
    const remote: SipTarget = { ...peer, connectionId: id };
    const connection: Connection = { id, remote, socket, answersPings: false };
    const key = connectionKey(peer);
    connections.set(id, connection);
    byTarget.set(key, connection);
    count(remote.host, 1);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    const stop = (why: string) => socket.destroy(new Error(why));
    let patience = peer.isDialed ? undefined : clock.after(patienceMs, () => stop("no message came"));
    const framer = createStreamFramer({
      message: (data) => sink.packet(data, remote, local),
      ping: () => void socket.write("\r\n"),
      pong() {
        connection.answersPings = true;
        connection.pongLimit?.cancel();
        connection.pongLimit = undefined;
      },
    });
    socket.on("data", (chunk: Buffer) => {
      if (!framer.push(chunk)) return stop("no SIP");
      if (framer.isWaiting) patience ??= clock.after(patienceMs, () => stop("message not completed"));
      else {
        patience?.cancel();
        patience = undefined;
      }
    });
    socket.on("error", (error) => (connection.reason ??= plainly(error)));
    socket.on("close", () => {
      patience?.cancel();
      connection.pongLimit?.cancel();
      connections.delete(id);
      if (byTarget.get(key) === connection) byTarget.delete(key);
      count(remote.host, -1);
      sink.closed(id, { remote, reason: connection.reason });
    });
    return connection;
  }

  function open(target: SipTarget): Connection {
    const socket = dial(target);
    const limit = clock.after(connectTimeoutMs, () => socket.destroy(new Error("connect timed out")));
    socket.once(kind === "tls" ? "secureConnect" : "connect", () => limit.cancel());
    socket.once("close", () => limit.cancel());
    return adopt(socket, { ...target, isDialed: true });
  }

  const find = (target: SipTarget): Connection | undefined =>
    target.connectionId === undefined
      ? byTarget.get(connectionKey(target))
      : connections.get(target.connectionId);

  return {
    hasRoomFor: (host) =>
      connections.size < maxConnections &&
      (perHost.get(plainAddress(host)) ?? 0) < maxConnectionsPerHost &&
      sink.admits(plainAddress(host)),
    accept: (socket) =>
      void adopt(socket, {
        transport: kind,
        host: plainAddress(socket.remoteAddress ?? ""),
        port: socket.remotePort ?? 0,
      }),
    send(data, target, failed) {
      const connection = find(target) ?? (target.connectionId === undefined ? open(target) : undefined);
      const unsent = connection?.socket.writableLength ?? 0;
      if (!connection || connection.socket.destroyed || unsent > maxUnsentBytes) {
        queueMicrotask(() => failed(new Error("connection closed")));
        return;
      }
      const { socket } = connection;
      socket.write(data, (error) => {
        // Why the connection failed is known when it is closed; the write only knows that it did.
        if (error && socket.closed) failed(connection.reason ?? error);
        else if (error) socket.once("close", () => failed(connection.reason ?? error));
      });
    },
    ping(target) {
      const connection = find(target);
      if (!connection || connection.socket.destroyed) return;
      connection.socket.write("\r\n\r\n");
      if (connection.answersPings)
        connection.pongLimit ??= clock.after(pongMs, () =>
          connection.socket.destroy(new Error("no answer to a ping")),
        );
    },
    close: (connectionId) => void connections.get(connectionId)?.socket.destroy(),
    closeAll() {
      for (const { socket } of connections.values()) socket.destroy();
    },
  };
}
