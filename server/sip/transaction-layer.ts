import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import type { SipCounts } from "./counts.ts";
import { formatMessage, header, type SipRequest } from "./message.ts";
import type { ReceivedRequest, ReceivedResponse } from "./received.ts";
import { type ClientHandlers, type ClientTransaction, startClientTransaction } from "./transaction-client.ts";
import { type ServerTransaction, startServerTransaction } from "./transaction-server.ts";
import { connectionKey } from "./transport.ts";
import type { TransportLayer } from "./transport-layer.ts";
import type { SipTarget } from "./types.ts";
import { magicCookie, parseVia } from "./via.ts";

export interface TransactionLayer {
  /** Sends a request in a transaction of its own; Via is added here unless `via` gives one (CANCEL). */
  request(request: SipRequest, target: SipTarget, handlers: ClientHandlers, via?: string): ClientTransaction;
  /** ACK of a 2xx: no transaction (RFC 3261 §13.2.2.4). Returns the bytes, to be sent again when the 2xx is. */
  sendAck(request: SipRequest, target: SipTarget): Buffer;
  resend(data: Buffer, callId: string, target: SipTarget): void;
  receiveRequest(request: ReceivedRequest): void;
  receiveResponse(response: ReceivedResponse): void;
  /** The INVITE transaction that a CANCEL means (RFC 3261 §9.2). */
  cancelled(cancel: ReceivedRequest): ServerTransaction | undefined;
  /** Requests that wait for an answer on this connection fail at once. */
  connectionLost(connectionId: string, remote?: SipTarget, reason?: Error): void;
  readonly size: number;
}

interface Options {
  transports: TransportLayer;
  clock: Clock;
  random: Random;
  counts: SipCounts;
  /** `isMerged`: the same INVITE came another way, and that one is still open (RFC 3261 §8.2.2.2). */
  onRequest(request: ReceivedRequest, transaction: ServerTransaction, isMerged: boolean): void;
  /** An ACK that belongs to no transaction: that of a 2xx. */
  onAck(request: ReceivedRequest): void;
}

/** RFC 3261 §17.2.3: branch, sent-by and method; for peers of RFC 2543 what identified a request then. */
function serverKey(request: ReceivedRequest, method: string): string {
  const branch = request.via.params.get("branch");
  if (branch !== undefined && branch.startsWith(magicCookie) && branch.length > magicCookie.length)
    return `${branch}|${request.via.host.toLowerCase()}:${request.via.port ?? ""}|${method}`;
  return [
    request.message.uri,
    request.callId,
    request.fromTag,
    request.cseq.number,
    request.via.host,
    method,
  ].join("|");
}

const serverMethod = (method: string) => (method === "ACK" ? "INVITE" : method);

export function createTransactionLayer(options: Options): TransactionLayer {
  const { transports, clock, counts, random } = options;
  const clients = new Map<string, ClientTransaction>();
  const servers = new Map<string, ServerTransaction>();
  /** Open INVITEs by what does not change when a proxy forks them. */
  const invites = new Map<string, ServerTransaction>();
  const send = transports.send.bind(transports);

  const newVia = (target: SipTarget) =>
    `SIP/2.0/${target.transport.toUpperCase()} ${transports.sentBy(target)};branch=${magicCookie}${random.hex(12)};rport`;

  return {
    request(request, target, handlers, via = newVia(target)) {
      request.headers.unshift(["Via", via]);
      const key = `${parseVia(via)!.params.get("branch")}|${request.method}`;
      const onTerminated = () => void clients.delete(key);
      const transaction = startClientTransaction({
        handlers,
        request,
        target,
        clock,
        counts,
        send,
        onTerminated,
      });
      clients.set(key, transaction);
      return transaction;
    },
    sendAck(request, target) {
      request.headers.unshift(["Via", newVia(target)]);
      const data = formatMessage(request);
      send(data, header(request, "Call-ID")!, target, () => undefined);
      return data;
    },
    resend: (data, callId, target) => send(data, callId, target, () => undefined),
    receiveRequest(request) {
      const { method } = request.message;
      const key = serverKey(request, serverMethod(method));
      const existing = servers.get(key);
      if (method === "ACK" && (!existing || existing.hasAccepted)) return options.onAck(request);
      if (existing) return existing.receive(method);
      const sameEverywhere =
        method === "INVITE" && request.toTag === undefined
          ? `${request.callId}|${request.fromTag}|${request.cseq.number}`
          : undefined;
      const onTerminated = () => {
        servers.delete(key);
        if (sameEverywhere !== undefined && invites.get(sameEverywhere) === transaction)
          invites.delete(sameEverywhere);
      };
      const transaction = startServerTransaction({ key, request, clock, counts, send, onTerminated });
      servers.set(key, transaction);
      const isMerged = sameEverywhere !== undefined && invites.get(sameEverywhere)?.isOpen === true;
      if (sameEverywhere !== undefined && !isMerged) invites.set(sameEverywhere, transaction);
      options.onRequest(request, transaction, isMerged);
    },
    receiveResponse(response) {
      const branch = response.via.params.get("branch") ?? "";
      clients.get(`${branch}|${response.cseq.method}`)?.receive(response);
    },
    cancelled: (cancel) => servers.get(serverKey(cancel, "INVITE")),
    connectionLost(connectionId, remote, reason = new Error("connection closed")) {
      const went = (target: SipTarget) =>
        target.connectionId === undefined
          ? remote?.isDialed === true && connectionKey(target) === connectionKey(remote)
          : target.connectionId === connectionId;
      for (const client of clients.values()) if (went(client.target)) client.fail(reason);
    },
    get size() {
      return clients.size + servers.size;
    },
  };
}
