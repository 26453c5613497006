import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import type { Clock } from "../kernel/clock.ts";
import { createStreamConnections, type StreamConnections } from "./stream-connections.ts";
import type { Transport, TransportSink } from "./transport.ts";
import type { SipTarget } from "./types.ts";

/** Where a stream transport listens; with `port` undefined it only dials, and `viaPort` is written into headers. */
export interface StreamBind {
  host: string;
  port: number | undefined;
  viaPort?: number;
}

/** Opens a listener and gives its port. */
export async function listenOn(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : port;
}

export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  await closed;
}

/** A transport over `connections`; listens when a port is bound, and rejects when that is taken. */
export async function serveStreams(
  kind: "tcp" | "tls",
  bind: StreamBind,
  local: SipTarget,
  connections: StreamConnections,
  server: Server,
): Promise<Transport> {
  if (bind.port !== undefined) local.port = await listenOn(server, bind.port, bind.host);
  return {
    kind,
    local,
    send: connections.send,
    ping: connections.ping,
    close: connections.close,
    async [Symbol.asyncDispose]() {
      connections.closeAll();
      await closeServer(server);
    },
  };
}

/** All TCP connections; rejects when the port is taken. */
export async function openTcp(bind: StreamBind, clock: Clock, sink: TransportSink): Promise<Transport> {
  const local: SipTarget = { transport: "tcp", host: bind.host, port: bind.port ?? bind.viaPort ?? 5060 };
  const connections = createStreamConnections("tcp", local, clock, sink, ({ host, port }) =>
    connect({ host, port }),
  );
  const server = createServer((socket) => {
    if (socket.remoteAddress === undefined || !connections.hasRoomFor(socket.remoteAddress)) socket.destroy();
    else connections.accept(socket);
  });
  return serveStreams("tcp", bind, local, connections, server);
}
