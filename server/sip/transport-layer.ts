import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { SipCounts } from "./counts.ts";
import { header, type SipMessage, type SipRequest } from "./message.ts";
import { type ParseFailure, parseMessage } from "./parser.ts";
import { readMessage, type ReceivedRequest, type ReceivedResponse } from "./received.ts";
import { offences, type SourceGuard, type SourceTrust } from "./source-guard.ts";
import {
  advertisedHostFor,
  type Closing,
  hostPort,
  type Transport,
  type TransportSink,
} from "./transport.ts";
import type { SipTarget, SipTrace } from "./types.ts";

export interface TransportLayerOptions {
  advertisedHost?: string;
  clock: Clock;
  log: Log;
  guard: SourceGuard;
  counts: SipCounts;
  /** Who this source is: only strangers are banned. */
  trustOf(source: SipTarget): SourceTrust;
  onTrace?(trace: SipTrace): void;
  onRequest(request: ReceivedRequest): void;
  onResponse(response: ReceivedResponse): void;
  /** A request that cannot be taken but can be answered. */
  onRefused(request: SipRequest, status: number, reason: string, source: SipTarget): void;
  onClosed: (connectionId: string, closing: Closing) => void;
}

/** All transports as one: what comes in is parsed, traced and sorted; what goes out finds its socket. */
export interface TransportLayer extends AsyncDisposable {
  readonly sink: TransportSink;
  readonly locals: readonly SipTarget[];
  add(transport: Transport): void;
  /** Host and port to put into Via and Contact of a message to this peer. */
  sentBy(target: SipTarget): string;
  /** Ends a connection of any transport. */
  close(connectionId: string): void;
  /** Keeps the way through NAT open (RFC 5626 §3.5.1); a connection that no longer answers is ended. */
  keepAlive(target: SipTarget): void;
  /** Counts an offence (malformed packet, failed authentication) against a source. */
  offend(source: SipTarget, reason: string, points?: number): void;
  /** The source proved who it is. */
  forgive(source: SipTarget): void;
  send(data: Buffer, callId: string, target: SipTarget, failed: (error: Error) => void): void;
}

/** Digest answers could be attacked offline: they are not shown. */
const withoutSecrets = (text: string) =>
  text.includes("uthorization:") ? text.replace(/(response=")[0-9a-f]+"/g, '$1…"') : text;

/** Line breaks, zero bytes and STUN (RFC 5626 §3.5.2) keep a binding open; they are no SIP. */
const isKeepAlive = (data: Buffer) => data.length < 4 || data[0]! < 4 || (data[0] === 13 && data.length <= 4);

const doubleLineBreak = Buffer.from("\r\n\r\n");

export function createTransportLayer(options: TransportLayerOptions): TransportLayer {
  const { clock, counts, guard, log } = options;
  const transports: Transport[] = [];

  const trace = (
    direction: "in" | "out",
    data: Buffer,
    callId: string,
    remote: SipTarget,
    local: SipTarget,
  ) =>
    options.onTrace?.({
      at: clock.now(),
      direction,
      callId,
      local: hostPort(local),
      remote: hostPort(remote),
      transport: remote.transport,
      text: withoutSecrets(data.toString("utf8")),
    });

  function tellBan(host: string): void {
    const ban = guard.bans().find((each) => each.host === host);
    counts.bans += 1;
    const minutes = ban && Math.round((ban.until - ban.since) / 60_000);
    log.warn({ source: host, reason: ban?.reason, minutes }, "sip: source banned");
  }

  function offend(source: SipTarget, reason: string, points: number = offences.malformed): void {
    if (options.trustOf(source) !== "stranger")
      log.debug({ source: hostPort(source), reason }, "sip: message refused");
    else if (guard.offend(source.host, reason, points)) tellBan(source.host);
  }

  /** Is this packet worth a look? Decided on the source and the first bytes alone. */
  function isWorthALook(data: Buffer, source: SipTarget): boolean {
    if (guard.isBanned(source.host)) return options.trustOf(source) !== "stranger";
    // A response answers what we sent; behind a WebSocket is somebody who has signed in.
    if (data[0] === 0x53 && data[3] === 0x2f) return true;
    if (source.transport === "ws" || source.transport === "wss") return true;
    if (guard.takes(source.host, options.trustOf(source))) return true;
    if (guard.isBanned(source.host)) tellBan(source.host);
    return false;
  }

  function refuse(
    failure: ParseFailure | { status: number; reason: string },
    message: SipMessage | undefined,
    source: SipTarget,
  ) {
    counts.malformed += 1;
    offend(source, failure.reason);
    if (message?.kind === "request" && message.method !== "ACK")
      options.onRefused(message, failure.status, failure.reason, source);
  }

  const sink: TransportSink = {
    packet(data, source, local) {
      if (isKeepAlive(data)) return;
      counts.received[source.transport] += 1;
      if (!isWorthALook(data, source)) {
        counts.dropped += 1;
        return;
      }
      const parsed = parseMessage(data);
      if (options.onTrace)
        trace("in", data, (parsed.message && header(parsed.message, "Call-ID")) ?? "", source, local);
      if (!parsed.ok) return refuse(parsed, parsed.message, source);
      const read = readMessage(parsed.message, source, local);
      if (!read.ok) return refuse(read, parsed.message, source);
      try {
        if (read.received.message.kind === "request") options.onRequest(read.received as ReceivedRequest);
        else options.onResponse(read.received as ReceivedResponse);
      } catch (error) {
        // An exception inside a call ends that call, never the process.
        log.error({ err: error, callId: read.received.callId }, "sip: message failed");
      }
    },
    admits: (host) => !guard.isBanned(host),
    closed: options.onClosed,
  };

  const transportFor = (target: SipTarget): Transport | undefined =>
    transports.find((transport) => transport.kind === target.transport) ??
    transports.find((transport) => transport.kind === "ws" && target.transport === "wss");

  return {
    sink,
    get locals() {
      return transports.filter((transport) => transport.kind !== "ws").map((transport) => transport.local);
    },
    offend,
    forgive: (source) => guard.forgive(source.host),
    keepAlive(target) {
      const transport = transportFor(target);
      if (transport?.ping) transport.ping(target);
      else transport?.send(doubleLineBreak, target, () => undefined);
    },
    close(connectionId) {
      for (const transport of transports) transport.close?.(connectionId);
    },
    add: (transport) => void transports.push(transport),
    sentBy(target) {
      const local = (transportFor(target) ?? transports[0])?.local ?? { host: "127.0.0.1", port: 5060 };
      return hostPort({
        host: advertisedHostFor(local.host, options.advertisedHost, target.host),
        port: local.port,
      });
    },
    send(data, callId, target, failed) {
      const transport = transportFor(target);
      if (!transport) {
        queueMicrotask(() => failed(new Error(`no ${target.transport} transport is open`)));
        return;
      }
      counts.sent[target.transport] += 1;
      if (options.onTrace) trace("out", data, callId, target, transport.local);
      transport.send(data, target, failed);
    },
    async [Symbol.asyncDispose]() {
      for (const transport of transports.splice(0).reverse()) await transport[Symbol.asyncDispose]();
    },
  };
}
