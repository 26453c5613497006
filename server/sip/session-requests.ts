import { sendAnswer } from "./answer-2xx.ts";
import { allowedMethods, supportedOptions } from "./core.ts";
import { refreshTarget } from "./dialog.ts";
import { header, headerValues } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import type { ReceivedRequest } from "./received.ts";
import { refusalBeforeMeaning } from "./request-checks.ts";
import { responseTo } from "./response.ts";
import { notified, referred } from "./session-refer.ts";
import { agree, contactHeader, emit, notePeer, type SessionState } from "./session-state.ts";
import { answerSessionTimer, minSessionSeconds } from "./session-timer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { Body, HeaderList } from "./types.ts";

/** Sends the 2xx to an INVITE of this dialog and keeps at it until the ACK. `request` needs only outlive this call. */
export function answerInvite(
  state: SessionState,
  request: ReceivedRequest,
  transaction: ServerTransaction,
  body: Body | undefined,
  extra: HeaderList = [],
): void {
  const timer = answerSessionTimer(request.message);
  const timerHeaders = timer.kind === "agreed" ? timer.headers : [];
  const headers: HeaderList = [
    ...headerValues(request.message, "Record-Route").map((route) => ["Record-Route", route] as const),
    contactHeader(state),
    ["Allow", allowedMethods],
    ["Supported", [...supportedOptions].join(", ")],
    ...timerHeaders,
    ...extra,
    ["User-Agent", state.core.userAgent],
  ];
  const response = responseTo(request.message, 200, { toTag: state.dialog.localTag, headers, body });
  const isOffer = request.message.body.length === 0 && body !== undefined;
  state.localBody = body ?? state.localBody;
  state.unacknowledged = sendAnswer(state.core, transaction, response, request.cseq.number, isOffer, () => {
    state.unacknowledged = undefined;
    state.bye('SIP;cause=408;text="ACK timeout"', "ack-timeout");
  });
  notePeer(state, request.message);
  agree(state, timer.kind === "agreed" ? timer : undefined);
}

/** The first answer counts; later ones are ignored. Also answers when the session ends meanwhile. */
export function openOffer(
  state: SessionState,
  request: ReceivedRequest,
  transaction: ServerTransaction,
  accept: (body?: Body) => void,
  settled: () => void = () => undefined,
): void {
  const respond = (status: number, body?: Body) => {
    if (state.openOffer !== respond) return;
    state.openOffer = undefined;
    state.core.cancellable.delete(transaction.key);
    if (status >= 200 && status < 300) accept(body);
    else transaction.respond(responseTo(request.message, status));
    settled();
  };
  state.openOffer = respond;
  refreshTarget(state.dialog, request.message);
  if (!emit(state, "reoffer", bodyOf(request.message), respond)) respond(488);
}

function reinvited(state: SessionState, request: ReceivedRequest, transaction: ServerTransaction): void {
  const { message } = request;
  const refuse = (status: number, headers: HeaderList = []) =>
    transaction.respond(responseTo(message, status, { headers }));
  if (state.phase === "closing" || state.phase === "over") return refuse(481);
  // RFC 3261 §14.2: ours is under way → 491; theirs is → 500 with a moment to wait.
  if (state.isOffering) return refuse(491);
  if (state.phase === "early" || state.openOffer || state.unacknowledged)
    return refuse(500, [["Retry-After", String(Math.floor(state.core.random.next() * 11))]]);
  if (answerSessionTimer(message).kind === "too-small")
    return refuse(422, [["Min-SE", String(minSessionSeconds)]]);
  state.core.cancellable.set(transaction.key, () => state.openOffer?.(487));
  transaction.respond(responseTo(message, 100));
  openOffer(state, request, transaction, (body) => answerInvite(state, request, transaction, body));
}

function updated(state: SessionState, request: ReceivedRequest, transaction: ServerTransaction): void {
  const { message } = request;
  const timer = answerSessionTimer(message);
  if (timer.kind === "too-small")
    return transaction.respond(
      responseTo(message, 422, { headers: [["Min-SE", String(minSessionSeconds)]] }),
    );
  const accept = (body?: Body) => {
    const timerHeaders = timer.kind === "agreed" ? timer.headers : [];
    transaction.respond(responseTo(message, 200, { headers: [contactHeader(state), ...timerHeaders], body }));
    state.localBody = body ?? state.localBody;
    if (timer.kind === "agreed") agree(state, timer);
  };
  if (message.body.length === 0) {
    refreshTarget(state.dialog, message);
    return accept();
  }
  // RFC 3311 §5.2: an offer of ours is open → 491; theirs has no answer yet → 500 with a moment to wait.
  const ourOfferIsOpen = state.isOffering || state.unacknowledged?.isOffer;
  if (ourOfferIsOpen || (!state.isNegotiated && state.isCaller))
    return transaction.respond(responseTo(message, 491));
  if (state.openOffer || !state.isNegotiated)
    return transaction.respond(responseTo(message, 500, { headers: [["Retry-After", "2"]] }));
  openOffer(state, request, transaction, accept);
}

/** A request that came in the dialog, PRACK and those of an unanswered call excepted. */
export function handleRequest(
  state: SessionState,
  request: ReceivedRequest,
  transaction: ServerTransaction,
): void {
  const { message, cseq } = request;
  const { dialog } = state;
  // RFC 3261 §12.2.2: out of order.
  if (cseq.number < dialog.remoteSeq) return transaction.respond(responseTo(message, 500));
  dialog.remoteSeq = cseq.number;
  const refusal = refusalBeforeMeaning(message);
  if (refusal) {
    transaction.respond(responseTo(message, refusal.status, { headers: refusal.headers }));
    return undefined;
  }
  switch (message.method) {
    case "BYE":
      transaction.respond(responseTo(message, 200));
      return state.end({ by: "remote", reasonHeader: header(message, "Reason") });
    case "INVITE":
      return reinvited(state, request, transaction);
    case "UPDATE":
      return updated(state, request, transaction);
    case "INFO":
      transaction.respond(responseTo(message, 200));
      return void emit(state, "info", bodyOf(message));
    case "OPTIONS":
      return transaction.respond(responseTo(message, 200, { headers: [["Allow", allowedMethods]] }));
    case "REFER":
      return referred(state, request, transaction);
    case "NOTIFY":
      return notified(state, request, transaction);
    case "PRACK":
      return transaction.respond(responseTo(message, 481));
    default:
      return transaction.respond(responseTo(message, 405, { headers: [["Allow", allowedMethods]] }));
  }
}
