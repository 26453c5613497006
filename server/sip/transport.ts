import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { SipTarget, SipTransport } from "./types.ts";
import { isWildcard } from "../kernel/hosts.ts";

/** One way onto the wire: a UDP socket, all TCP connections, or all WebSockets. */
export interface Transport extends AsyncDisposable {
  readonly kind: SipTransport;
  /** The address we listen on. */
  readonly local: SipTarget;
  /** Never throws; `failed` is called at most once, later. */
  send(data: Buffer, target: SipTarget, failed: (error: Error) => void): void;
  /** Keeps the way through NAT open (RFC 5626 §3.5.1) and finds out whether a connection still lives. */
  ping?(target: SipTarget): void;
  /** Ends a connection; nothing on UDP. */
  close?(connectionId: string): void;
}

/** How a connection ended. */
export interface Closing {
  /** It broke: its peer may come back. */
  isBroken?: boolean;
  remote?: SipTarget;
  reason?: Error;
}

export interface TransportSink {
  /** One message: a datagram, a frame, or a piece cut from a stream. */
  packet(data: Buffer, source: SipTarget, local: SipTarget): void;
  /** May this address connect? */
  admits(host: string): boolean;
  /** A connection is gone; what lived on it must end, unless it broke and the peer may come back. */
  closed(connectionId: string, closing: Closing): void;
}

export const isReliable = (transport: SipTransport) => transport !== "udp";

export const defaultPort = (transport: SipTransport) =>
  ({ udp: 5060, tcp: 5060, tls: 5061, ws: 80, wss: 443 })[transport];

/** What a connection must have in common with a target to be used for it (RFC 3261 §18.1.1, RFC 5922 §7.3). */
export const connectionKey = (target: SipTarget) =>
  `${target.transport} ${hostPort(target)} ${target.domain ?? ""} ${target.tls?.verify ?? true} ${target.tls?.ca ?? ""}`;

/** Where a peer is reached also after this connection: one that we opened is opened again. */
export function lasting(target: SipTarget): SipTarget {
  if (!target.isDialed) return target;
  const { connectionId: _, ...rest } = target;
  return rest;
}

/** `host:port` as written into headers; IPv6 in brackets. */
export function hostPort(target: { host: string; port: number }): string {
  return `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`;
}

/** An IPv4 address that came through an IPv6 socket, as IPv4. */
export const plainAddress = (address: string) =>
  address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;

export const isLoopback = (host: string) => host.startsWith("127.") || host === "::1" || host === "localhost";

function firstExternalAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === "IPv4" && !address.internal)?.address;
}

/** The host to write into Via and Contact for a peer, given what we are bound to. */
export function advertisedHostFor(bound: string, advertised: string | undefined, peer: string): string {
  if (isLoopback(peer) && (isWildcard(bound) || isLoopback(bound)))
    return isLoopback(bound) ? bound : "127.0.0.1";
  if (advertised !== undefined) return advertised;
  return isWildcard(bound) ? (firstExternalAddress() ?? "127.0.0.1") : bound;
}
