import type { PendingAnswer } from "./answer-2xx.ts";
import type { SipCore } from "./core.ts";
import type { Dialog, DialogRequestParts } from "./dialog.ts";
import { headerValues, type SipMessage } from "./message.ts";
import { safely } from "./safely.ts";
import type { Outcome } from "./send-request.ts";
import type { SessionTimer } from "./session-timer.ts";
import type { SipFragment } from "./sipfrag.ts";
import type { Body, ByeInfo, Credentials, SipCallEvents } from "./types.ts";

/**
 * The one record that the parts of a session share; `session.ts` owns it.
 *
 *   early --confirm--> open --we hang up, our 2xx unacknowledged--> closing --ACK or 64·T1: BYE--+
 *     |                 |                                                                        v
 *     +--discard--------+--BYE in or out, no ACK, expired, connection lost--------------------> over
 */
export interface SessionState {
  readonly core: SipCore;
  readonly dialog: Dialog;
  readonly key: string;
  readonly credentials: Credentials | undefined;
  /** User part of our Contact in this dialog. */
  readonly contactUser: string;
  /** True when the Call-ID is ours: decides who waits longer after glare. */
  readonly isCaller: boolean;
  readonly listeners: { [K in keyof SipCallEvents]: SipCallEvents[K][] };
  phase: "early" | "open" | "closing" | "over";
  /** The first offer has its answer: before that nobody may make another (RFC 3311 §5.1–5.2). */
  isNegotiated: boolean;
  /** Our 2xx that waits for its ACK. */
  unacknowledged: PendingAnswer | undefined;
  /** The peer's offer that our upper layer has not answered yet. */
  openOffer: ((status: number, body?: Body) => void) | undefined;
  /** Our own re-INVITE or UPDATE with an offer is on its way. */
  isOffering: boolean;
  /** The body we sent last, repeated in a refresh. */
  localBody: Body | undefined;
  /** Methods in the peer's Allow, upper case; empty until it has said. */
  peerAllows: ReadonlySet<string>;
  sessionSeconds: number;
  readonly timer: SessionTimer;
  /** Takes the news of our own REFER under way (RFC 3515 §2.4.5). */
  ourReferral: ((fragment: SipFragment | undefined, isOver: boolean) => void) | undefined;
  /** A REFER of the peer has no final result yet. */
  theirReferral: boolean;
  /** REFERs that came in this dialog: from the second on their NOTIFYs carry an id (RFC 3515 §2.4.6). */
  referCount: number;
  request(method: string, parts?: DialogRequestParts): Promise<Outcome>;
  /** Ends the session and tells; nothing goes out. */
  end(info: ByeInfo): void;
  bye(reasonHeader?: string, stackCause?: string): void;
}

export function emit<K extends keyof SipCallEvents>(
  state: SessionState,
  event: K,
  ...args: Parameters<SipCallEvents[K]>
): boolean {
  const listeners = state.listeners[event] as ((...args: Parameters<SipCallEvents[K]>) => void)[];
  for (const listener of listeners) safely(state.core.log, `${event} listener`, () => listener(...args));
  return listeners.length > 0;
}

export const contactHeader = (state: SessionState) =>
  [
    "Contact",
    `<${state.core.contactUri(state.dialog.target, state.contactUser, state.dialog.remoteTarget.startsWith("sips:"))}>`,
  ] as const;

/** Takes over what a 2xx or a request agreed on about session timers (RFC 4028). */
export function agree(
  state: SessionState,
  agreement: { seconds: number; weRefresh: boolean } | undefined,
): void {
  state.sessionSeconds = agreement?.seconds ?? 0;
  state.timer.set(agreement);
}

export function notePeer(state: SessionState, message: SipMessage): void {
  const allow = headerValues(message, "Allow");
  if (allow.length > 0) state.peerAllows = new Set(allow.map((method) => method.toUpperCase()));
}
