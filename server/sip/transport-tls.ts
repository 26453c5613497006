import type { Socket } from "node:net";
import { isIP } from "node:net";
import { connect, createServer, type SecureVersion, type TlsOptions } from "node:tls";
import type { WatchedCertificate } from "../kernel/certificate.ts";
import type { Clock } from "../kernel/clock.ts";
import { createStreamConnections } from "./stream-connections.ts";
import { identityProblem } from "./tls-identity.ts";
import { serveStreams, type StreamBind } from "./transport-tcp.ts";
import type { Transport, TransportSink } from "./transport.ts";
import type { SipTarget } from "./types.ts";

const handshakeTimeoutMs = 10_000;

export interface TlsSettings {
  /** Absent: nothing is listened on and we have no certificate to show. */
  certificate?: WatchedCertificate;
  minVersion: Extract<SecureVersion, "TLSv1.2" | "TLSv1.3">;
}

/**
 * All TLS connections (RFC 3261 §26.2.1, RFC 5630). As a client the peer's certificate must name the domain that was
 * asked for (RFC 5922), unless the target says that it is not to be checked. A renewed certificate serves new
 * connections; those that live go on.
 */
export async function openTls(
  bind: StreamBind,
  settings: TlsSettings,
  clock: Clock,
  sink: TransportSink,
): Promise<Transport> {
  const { certificate, minVersion } = settings;
  const local: SipTarget = { transport: "tls", host: bind.host, port: bind.port ?? bind.viaPort ?? 5061 };

  function dial(target: SipTarget): Socket {
    const domain = target.domain ?? target.host;
    const { verify = true, ca } = target.tls ?? {};
    return connect({
      host: target.host,
      port: target.port,
      minVersion,
      rejectUnauthorized: verify,
      // Shown to a carrier that knows us by it.
      ...certificate?.current,
      ...(ca === undefined ? {} : { ca }),
      ...(isIP(domain) ? {} : { servername: domain }),
      checkServerIdentity: (_, peer) => identityProblem(domain, peer),
    });
  }

  const connections = createStreamConnections("tls", local, clock, sink, dial);
  const contextOf = (): TlsOptions => ({ ...certificate?.current, minVersion });
  const server = createServer({ ...contextOf(), handshakeTimeout: handshakeTimeoutMs }, (socket) => {
    if (socket.remoteAddress === undefined) socket.destroy();
    else connections.accept(socket);
  });
  // Before the handshake: it is what costs.
  server.on("connection", (socket: Socket) => {
    if (!connections.hasRoomFor(socket.remoteAddress ?? "")) socket.destroy();
  });
  server.on("tlsClientError", (_, socket) => socket.destroy());
  certificate?.onChange(() => server.setSecureContext(contextOf()));
  return serveStreams("tls", bind, local, connections, server);
}
