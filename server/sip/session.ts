import type { Timer } from "../kernel/clock.ts";
import type { DialogOwner, SipCore } from "./core.ts";
import { confirmDialog, type Dialog, dialogKey, dialogRequest, type DialogRequestParts } from "./dialog.ts";
import type { SipResponse } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import type { ReceivedRequest } from "./received.ts";
import { responseTo } from "./response.ts";
import { type Outcome, sendRequest } from "./send-request.ts";
import { refreshSession, sendOffer } from "./session-offer.ts";
import { sendRefer } from "./session-refer.ts";
import { answerInvite, handleRequest, openOffer } from "./session-requests.ts";
import { agree, emit, notePeer, type SessionState } from "./session-state.ts";
import { agreedByPeer, createSessionTimer } from "./session-timer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type {
  Body,
  ByeInfo,
  Credentials,
  HeaderList,
  SipCall,
  SipCallEvents,
  DialogId,
  SipResponseInfo,
} from "./types.ts";

/**
 * A browser whose WebSocket broke registers anew within this time and its call goes on: the audio takes another
 * way and may never have stopped. A dialog does not depend on a connection (RFC 3261 §12), so this is no more than an
 * end for what nobody asks for any more; a call without audio ends by that, long before.
 */
const returnMs = 5 * 60_000;

export interface SessionOptions {
  dialog: Dialog;
  isCaller: boolean;
  contactUser: string;
  credentials?: Credentials;
  /** The body of our INVITE, repeated in a session refresh. */
  localBody?: Body;
  listeners: SessionState["listeners"];
  /** Nothing more will go out or come in. */
  onOver?(): void;
  /** Requests of an unanswered call (PRACK, BYE in an early dialog). True when taken. */
  onEarlyRequest?(request: ReceivedRequest, transaction: ServerTransaction): boolean;
}

/** An INVITE dialog in use: what comes in it, what goes out of it, how it ends (RFC 3261 §12–15). */
export interface Session {
  readonly dialog: Dialog;
  readonly dialogId: DialogId;
  readonly isOver: boolean;
  /** The other side's 2xx came; the session is open. */
  confirm(peer: SipResponse): void;
  /** Sends the 2xx to the INVITE that made the dialog; the session is open. */
  answer(
    request: ReceivedRequest,
    transaction: ServerTransaction,
    body: Body | undefined,
    headers?: HeaderList,
  ): void;
  request(method: string, parts?: DialogRequestParts): Promise<Outcome>;
  reinvite(body: Body): Promise<SipResponseInfo>;
  update(body: Body): Promise<SipResponseInfo>;
  refer: SipCall["refer"];
  allows(method: string): boolean;
  /** An offer or answer of the first negotiation crossed in a 1xx: from here on UPDATE may re-offer. */
  negotiated(): void;
  /** PRACK with a body: the answer to the offer of our 1xx, or a new offer (RFC 3262 §5). */
  takePrack(
    request: ReceivedRequest,
    transaction: ServerTransaction,
    isAnswer: boolean,
    done: () => void,
  ): void;
  /** Ends an open session; the BYE waits for the ACK of our own 2xx (RFC 3261 §15). */
  bye(reasonHeader?: string, stackCause?: string): void;
  end(info: ByeInfo): void;
  /** An early dialog that came to nothing: no event. */
  discard(): void;
}

export const noListeners = (): SessionState["listeners"] => ({
  reoffer: [],
  info: [],
  answer: [],
  refer: [],
  ended: [],
});

export function addListener<K extends keyof SipCallEvents>(
  listeners: SessionState["listeners"],
  event: K,
  listener: SipCallEvents[K],
): void {
  (listeners[event] as SipCallEvents[K][]).push(listener);
}

export function createSession(core: SipCore, options: SessionOptions): Session {
  const { dialog, credentials } = options;
  const key = dialogKey(dialog.callId, dialog.localTag, dialog.remoteTag);
  const state: SessionState = {
    core,
    dialog,
    key,
    credentials,
    isCaller: options.isCaller,
    contactUser: options.contactUser,
    listeners: options.listeners,
    phase: "early",
    unacknowledged: undefined,
    openOffer: undefined,
    isOffering: false,
    localBody: options.localBody,
    peerAllows: new Set(),
    isNegotiated: false,
    ourReferral: undefined,
    theirReferral: false,
    referCount: 0,
    sessionSeconds: 0,
    timer: createSessionTimer(
      core.clock,
      () => void refreshSession(state),
      () => bye('SIP;cause=408;text="Session expired"', "session-expired"),
    ),
    request,
    end,
    bye,
  };

  /** Runs while the peer's connection is broken. */
  let returnLimit: Timer | undefined;

  function request(method: string, parts?: DialogRequestParts): Promise<Outcome> {
    const message = dialogRequest(core, dialog, method, parts);
    return sendRequest(core, message, dialog.target, credentials, () => ++dialog.localSeq);
  }

  function stopAll(): void {
    returnLimit?.cancel();
    state.timer.stop();
    state.openOffer?.(487);
    state.ourReferral?.(undefined, true);
  }

  function tell(info: ByeInfo): void {
    queueMicrotask(() => emit(state, "ended", info));
  }

  function end(info: ByeInfo): void {
    if (state.phase === "over") return;
    const wasClosing = state.phase === "closing";
    state.phase = "over";
    stopAll();
    state.unacknowledged?.stop();
    core.dialogs.delete(key);
    options.onOver?.();
    if (!wasClosing) tell(info);
  }

  function sendBye(reasonHeader: string | undefined): void {
    state.phase = "over";
    const headers: HeaderList = reasonHeader === undefined ? [] : [["Reason", reasonHeader]];
    // The dialog stays known until then, so that a BYE that crosses ours is answered.
    void request("BYE", { headers }).finally(() => {
      core.dialogs.delete(key);
      options.onOver?.();
    });
  }

  let closingReason: string | undefined;
  function bye(reasonHeader?: string, stackCause?: string): void {
    if (state.phase === "over" || (state.phase === "closing" && state.unacknowledged)) return;
    if (state.phase === "closing") return sendBye(closingReason);
    stopAll();
    tell(stackCause === undefined ? { by: "local" } : { by: "stack", stackCause });
    if (!state.unacknowledged) return sendBye(reasonHeader);
    closingReason = reasonHeader;
    state.phase = "closing";
  }

  const owner: DialogOwner = {
    get phase() {
      return state.phase;
    },
    isCaller: options.isCaller,
    handle(received, transaction) {
      if (options.onEarlyRequest?.(received, transaction)) return;
      handleRequest(state, received, transaction);
    },
    handleAck(received) {
      const pending = state.unacknowledged;
      if (!pending || pending.seq !== received.cseq.number) return;
      pending.stop();
      state.unacknowledged = undefined;
      const body = bodyOf(received.message);
      if (pending.isOffer && body) emit(state, "answer", body);
      if (state.phase === "closing") sendBye(closingReason);
    },
    connectionLost(connectionId, broken) {
      if (dialog.target.connectionId !== connectionId) return;
      if (!broken || state.phase !== "open") return end({ by: "stack", stackCause: "transport-lost" });
      returnLimit ??= core.clock.after(returnMs, () => end({ by: "stack", stackCause: "transport-lost" }));
    },
    peerReturned(contactUri, target) {
      if (!returnLimit || dialog.remoteTarget !== contactUri) return;
      returnLimit.cancel();
      returnLimit = undefined;
      dialog.target = target;
    },
  };
  core.dialogs.set(key, owner);

  return {
    dialog,
    get dialogId() {
      const { callId, localTag, remoteTag, remoteTarget, target } = dialog;
      const localTarget = core.contactUri(target, options.contactUser);
      return { callId, localTag, remoteTag, remoteTarget, localTarget };
    },
    get isOver() {
      return state.phase === "over" || state.phase === "closing";
    },
    confirm(peer) {
      state.phase = "open";
      state.isNegotiated = true;
      confirmDialog(dialog, peer);
      notePeer(state, peer);
      agree(state, agreedByPeer(peer));
    },
    answer(received, transaction, body, headers) {
      state.phase = "open";
      state.isNegotiated = true;
      answerInvite(state, received, transaction, body, headers);
    },
    request,
    reinvite: (body) => sendOffer(state, body),
    update: (body) => sendOffer(state, body, [], "UPDATE"),
    refer: (to, options) =>
      sendRefer(state, to, options?.headers ?? [], options?.onProgress ?? (() => undefined)),
    allows: (method) => state.peerAllows.has(method),
    negotiated: () => void (state.isNegotiated = true),
    takePrack(received, transaction, isAnswer, done) {
      const body = bodyOf(received.message);
      const accept = (answer?: Body) =>
        transaction.respond(responseTo(received.message, 200, { body: answer }));
      if (!body || isAnswer) {
        accept();
        if (body) {
          state.isNegotiated = true;
          emit(state, "answer", body);
        }
        return done();
      }
      openOffer(state, received, transaction, accept, done);
    },
    bye,
    end,
    discard() {
      state.phase = "over";
      stopAll();
      core.dialogs.delete(key);
    },
  };
}
