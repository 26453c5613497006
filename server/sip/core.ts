import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Random } from "../kernel/random.ts";
import type { SipMessage } from "./message.ts";
import { header } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import type { ReceivedRequest } from "./received.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { SessionState } from "./session-state.ts";
import type { Locator } from "./locator.ts";
import type { TransactionLayer } from "./transaction-layer.ts";
import type { TransportLayer } from "./transport-layer.ts";
import type { SipResponseInfo, SipTarget } from "./types.ts";

/** Who answers for a dialog. */
export interface DialogOwner {
  readonly phase: SessionState["phase"];
  readonly isCaller: boolean;
  handle(request: ReceivedRequest, transaction: ServerTransaction): void;
  handleAck(request: ReceivedRequest): void;
  /** A connection is gone; `broken`: its peer may come back. */
  connectionLost(connectionId: string, broken: boolean): void;
  /** A phone with this Contact is registered over another connection now. */
  peerReturned(contactUri: string, target: SipTarget): void;
}

/** What every part above the transactions works with. */
export interface SipCore {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly userAgent: string;
  readonly transports: TransportLayer;
  readonly transactions: TransactionLayer;
  /** By `dialogKey`. */
  readonly dialogs: Map<string, DialogOwner>;
  /** What a CANCEL does to the INVITE it names, by transaction key. */
  readonly cancellable: Map<string, (cancel: ReceivedRequest) => void>;
  /** Our Contact URI towards a peer; `sips:` where the other side insists on TLS all the way (RFC 3261 §8.1.1.8). */
  contactUri(target: SipTarget, user?: string, isSecure?: boolean): string;
  readonly locator: Locator;
  /** Notes the address under which a peer sees us; true when it is news and no other was set by the operator. */
  learnAddress(target: SipTarget, seen: string): boolean;
  /** Is this address a phone registered with us? Its dialogs stay on the address that NAT gave it. */
  isRegisteredPhone(target: SipTarget): boolean;
}

export const allowedMethods =
  "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, PRACK, UPDATE, REFER, NOTIFY, SUBSCRIBE";
export const supportedOptions = new Set(["100rel", "timer", "replaces", "norefersub"]);

/** What goes up from a response. */
export function responseInfo(message: SipMessage & { kind: "response" }): SipResponseInfo {
  return {
    status: message.status,
    reason: message.reason,
    reasonHeader: header(message, "Reason"),
    body: bodyOf(message),
    headers: message.headers,
  };
}
