import type { Timer } from "../kernel/clock.ts";
import type { DialogOwner, SipCore } from "./core.ts";
import { confirmDialog, type Dialog, dialogKey, dialogRequest, type DialogRequestParts } from "./dialog.ts";
import { bodyOf, type SipResponse } from "./message.ts";
import type { ReceivedRequest } from "./received.ts";
import { type Outcome, sendRequest } from "./send-request.ts";
import { sendOffer } from "./session-offer.ts";
import { answerInvite, handleRequest } from "./session-requests.ts";
import { agree, contactHeader, emit, notePeer, type SessionState } from "./session-state.ts";
import { agreedByPeer, createSessionTimer } from "./session-timer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { Body, ByeInfo, Credentials, HeaderList, SipCallEvents, SipResponseInfo } from "./types.ts";

/**
 * A browser whose WebSocket broke registers anew within this time and its call goes on: the audio takes another
 * way and may never have stopped. A dialog does not depend on a connection (RFC 3261 §12).
 */
const returnMs = 10_000;

export interface SessionOptions {
  dialog: Dialog;
  isCaller: boolean;
  contactUser: string;
  credentials?: Credentials;
  /** The body of our INVITE, repeated in a session refresh. */
  localBody?: Body;
  listeners: SessionState["listeners"];
  /** Requests of an unanswered call (PRACK, BYE in an early dialog). True when taken. */
  onEarlyRequest?(request: ReceivedRequest, transaction: ServerTransaction): boolean;
}

/** An INVITE dialog in use: what comes in it, what goes out of it, how it ends (RFC 3261 §12–15). */
export interface Session {
  readonly dialog: Dialog;
  readonly isOver: boolean;
  /** The other side's 2xx came; the session is open. */
  confirm(peer: SipResponse): void;
  /** Sends the 2xx to the INVITE that made the dialog; the session is open. */
  answer(request: ReceivedRequest, transaction: ServerTransaction, body: Body, headers?: HeaderList): void;
  request(method: string, parts?: DialogRequestParts): Promise<Outcome>;
  reinvite(body: Body): Promise<SipResponseInfo>;
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
    peerAllowsUpdate: false,
    sessionSeconds: 0,
    timer: createSessionTimer(core.clock, refresh, () =>
      bye('SIP;cause=408;text="Session expired"', "session-expired"),
    ),
    end,
    bye,
  };

  /** Runs while the peer's connection is broken. */
  let returnLimit: Timer | undefined;

  const request = (method: string, parts?: DialogRequestParts) =>
    sendRequest(
      core,
      dialogRequest(core, dialog, method, parts),
      dialog.target,
      credentials,
      () => ++dialog.localSeq,
    );

  /** RFC 4028 §7.4: UPDATE where the peer takes it, else the last offer again. */
  function refresh(): void {
    const seconds = state.sessionSeconds;
    const headers: HeaderList = [["Session-Expires", `${seconds};refresher=uac`]];
    if (!state.peerAllowsUpdate) {
      if (state.localBody) void sendOffer(state, state.localBody, headers);
      return;
    }
    void refreshByUpdate(headers, seconds);
  }

  async function refreshByUpdate(extra: HeaderList, seconds: number): Promise<void> {
    const outcome = await request("UPDATE", {
      headers: [contactHeader(state), ["Supported", "timer"], ...extra],
    });
    if (state.phase !== "open") return;
    if (outcome.status === 481) bye("SIP;cause=481", "transport-lost");
    else if (outcome.received && outcome.status < 300)
      agree(state, agreedByPeer(outcome.received.message) ?? { seconds, weRefresh: true });
  }

  function stopAll(): void {
    returnLimit?.cancel();
    state.timer.stop();
    state.openOffer?.(487);
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
    if (!wasClosing) tell(info);
  }

  function sendBye(reasonHeader: string | undefined): void {
    state.phase = "over";
    const headers: HeaderList = reasonHeader === undefined ? [] : [["Reason", reasonHeader]];
    // The dialog stays known until then, so that a BYE that crosses ours is answered.
    void request("BYE", { headers }).finally(() => core.dialogs.delete(key));
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
    get isOver() {
      return state.phase === "over" || state.phase === "closing";
    },
    confirm(peer) {
      state.phase = "open";
      confirmDialog(dialog, peer);
      notePeer(state, peer);
      agree(state, agreedByPeer(peer));
    },
    answer(received, transaction, body, headers) {
      state.phase = "open";
      answerInvite(state, received, transaction, body, headers);
    },
    request,
    reinvite: (body) => sendOffer(state, body),
    bye,
    end,
    discard() {
      state.phase = "over";
      stopAll();
      core.dialogs.delete(key);
    },
  };
}
