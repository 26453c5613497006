import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import {
  type Access,
  type Authenticate,
  checkAccess,
  checkOrigin,
  type Credentials,
  type Principal,
} from "./access.ts";

/** A path that becomes a WebSocket (RFC 6455). */
export interface UpgradeRoute {
  path: string;
  allow: Access;
  /** Subprotocol that the client must offer, such as `sip` (RFC 7118). */
  protocol?: string;
  /** Bytes of the largest message taken; default 64 KiB. */
  maxPayload?: number;
  /** `principal` is undefined on a public route. Handle `close` and `error` of the socket. */
  accept(socket: WebSocket, request: IncomingMessage, principal: Principal | undefined): void;
}

export interface Upgrades {
  add(route: UpgradeRoute): void;
  /** The server's `upgrade` listener. */
  handle: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Tells every client that we are going away (1001). */
  close(): void;
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof AppError ? error.status : 500;
  const code = error instanceof AppError ? error.code : "internal";
  socket.end(`HTTP/1.1 ${status} ${code}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export function createUpgrades(
  authenticate: Authenticate,
  credentialsOf: (request: IncomingMessage) => Credentials,
  log: Log,
): Upgrades {
  const routes = new Map<string, { route: UpgradeRoute; server: WebSocketServer }>();

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const found = routes.get((request.url ?? "").split("?")[0]!);
    if (!found) throw new AppError("not-found", 404, "No WebSocket here.");
    const { route, server } = found;
    checkOrigin(request.headers.origin, request.headers.host);
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(/\s*,\s*/);
    if (route.protocol && !offered.includes(route.protocol))
      throw new AppError("bad-request", 400, `Offer the subprotocol ${route.protocol}.`);
    const principal = route.allow === "public" ? undefined : await authenticate(credentialsOf(request));
    checkAccess(route.allow, principal);
    server.handleUpgrade(request, socket, head, (ws) => {
      ws.on("error", (error) => log.debug({ err: error, path: route.path }, "websocket error"));
      route.accept(ws, request, principal);
    });
  }

  return {
    add(route) {
      const { protocol, maxPayload = 64 * 1024 } = route;
      const server = new WebSocketServer({
        noServer: true,
        maxPayload,
        handleProtocols: (offered) => (protocol && offered.has(protocol) ? protocol : false),
      });
      routes.set(route.path, { route, server });
    },
    handle(request, socket, head) {
      socket.on("error", () => socket.destroy());
      accept(request, socket, head).catch((error: unknown) => refuse(socket, error));
    },
    close() {
      for (const { server } of routes.values()) for (const client of server.clients) client.close(1001);
    },
  };
}
