import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createStreamFramer } from "./stream-framer.ts";
import { hostPort, plainAddress, type Transport, type TransportSink } from "./transport.ts";
import type { SipTarget } from "./types.ts";

const maxConnections = 2_000;
const connectTimeoutMs = 10_000;
/** Bytes we hold for a peer that does not read. */
const maxUnsentBytes = 4 * 1024 * 1024;

interface Connection {
  id: string;
  remote: SipTarget;
  socket: Socket;
}

/**
 * All TCP connections. With `port` undefined nothing is listened on and only outgoing connections exist;
 * `via` is then the address written into headers.
 */
export async function openTcp(
  bind: { host: string; port: number | undefined; via?: SipTarget },
  sink: TransportSink,
): Promise<Transport> {
  const connections = new Map<string, Connection>();
  const byRemote = new Map<string, Connection>();
  let sequence = 0;
  const local: SipTarget = { transport: "tcp", host: bind.host, port: bind.port ?? bind.via?.port ?? 5060 };

  function adopt(socket: Socket, host: string, port: number): Connection {
    const id = `tcp-${++sequence}`;
    const remote: SipTarget = { transport: "tcp", host: plainAddress(host), port, connectionId: id };
    const connection = { id, remote, socket };
    connections.set(id, connection);
    byRemote.set(hostPort(remote), connection);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    const framer = createStreamFramer(
      (data) => sink.packet(data, remote, local),
      () => socket.write("\r\n"),
    );
    socket.on("data", (chunk: Buffer) => {
      if (!framer.push(chunk)) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      connections.delete(id);
      if (byRemote.get(hostPort(remote)) === connection) byRemote.delete(hostPort(remote));
      sink.closed(id);
    });
    return connection;
  }

  function open(target: SipTarget): Connection {
    const socket = connect({ host: target.host, port: target.port });
    socket.setTimeout(
      connectTimeoutMs,
      () => socket.connecting && socket.destroy(new Error("connect timed out")),
    );
    return adopt(socket, target.host, target.port);
  }

  function find(target: SipTarget): Connection | undefined {
    if (target.connectionId !== undefined) return connections.get(target.connectionId);
    return byRemote.get(hostPort(target)) ?? open(target);
  }

  const server = createServer((socket) => {
    if (connections.size >= maxConnections || socket.remoteAddress === undefined) socket.destroy();
    else adopt(socket, socket.remoteAddress, socket.remotePort ?? 0);
  });
  if (bind.port !== undefined) {
    server.listen(bind.port, bind.host);
    await once(server, "listening");
    const address = server.address();
    if (address !== null && typeof address === "object") local.port = address.port;
  }

  return {
    kind: "tcp",
    local,
    send(data, target, failed) {
      const connection = find(target);
      const unsent = connection?.socket.writableLength ?? 0;
      if (!connection || connection.socket.destroyed || unsent > maxUnsentBytes) {
        queueMicrotask(() => failed(new Error("connection closed")));
        return;
      }
      connection.socket.write(data, (error) => error && failed(error));
    },
    close: (connectionId) => void connections.get(connectionId)?.socket.destroy(),
    async [Symbol.asyncDispose]() {
      for (const { socket } of connections.values()) socket.destroy();
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}
