import type { Timer } from "../kernel/clock.ts";
import {
  type IncomingAction,
  type IncomingEvent,
  incomingMachine,
  type IncomingState,
} from "./call-incoming-machine.ts";
import { allowedMethods, type SipCore } from "./core.ts";
import { dialogOfRequest } from "./dialog.ts";
import { fromWireText } from "./grammar.ts";
import { hasToken, header, headerValues, wireHeaders } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import { displayNameOf } from "./name-addr.ts";
import { createOnce } from "./once-listeners.ts";
import type { ReceivedRequest } from "./received.ts";
import { createReliableProvisional } from "./reliable-provisional.ts";
import { responseTo } from "./response.ts";
import { stackOutcome } from "./send-request.ts";
import { addListener, createSession, noListeners } from "./session.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { Body, HeaderList, IncomingCall } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

/** Proxies give up an INVITE after three silent minutes (RFC 3261 §13.3.1.1). */
const repeatProvisionalMs = 60_000;

const party = (uri: string) => ({ uri, user: fromWireText(userOf(parseUri(uri))) });

/** A call that came in and may come in: `origin` is settled. 100 Trying has been sent. */
export function receiveCall(
  core: SipCore,
  request: ReceivedRequest,
  transaction: ServerTransaction,
  origin: IncomingCall["origin"],
  replaces?: IncomingCall["replaces"],
): IncomingCall {
  const { message, callId } = request;
  const listeners = noListeners();
  const cancelled = createOnce<string | undefined>(core.log);
  const localTag = core.random.hex(8);
  let state: IncomingState = "proceeding";
  let answer: { body: Body; headers: HeaderList } | undefined;
  let refusal = { status: 480, reason: undefined as string | undefined, headers: [] as HeaderList };
  let reasonHeader: string | undefined;
  let repeat: Timer | undefined;
  /** Their INVITE had no offer: ours is in a reliable 1xx, answered by its PRACK, or in the 2xx (RFC 3262 §5). */
  const offersFirst = message.body.length === 0;
  let isAnsweredByPrack = false;

  const contactUser = userOf(parseUri(request.to.uri));
  const dialog = dialogOfRequest(core, request, localTag);
  const session = createSession(core, {
    dialog,
    isCaller: false,
    contactUser,
    listeners,
    onOver: () => transaction.settle(),
    onEarlyRequest(inDialog, inDialogTransaction) {
      if (inDialog.message.method === "PRACK") {
        if (!reliable.acknowledge(inDialog)) return false;
        const isAnswer = offersFirst && !isAnsweredByPrack;
        if (offersFirst && inDialog.message.body.length > 0) isAnsweredByPrack = true;
        session.takePrack(inDialog, inDialogTransaction, isAnswer, () => reliable.proceed());
        return true;
      }
      if (inDialog.message.method !== "BYE" || (state !== "proceeding" && state !== "answering"))
        return false;
      inDialogTransaction.respond(responseTo(inDialog.message, 200));
      step("bye");
      return true;
    },
  });
  const reliable = createReliableProvisional(core, transaction, request.cseq.number, {
    onClear: () => step("clear"),
    onTimeout: () => step("no-prack"),
  });

  function respond(status: number, headers: HeaderList, body?: Body, reason?: string): void {
    transaction.respond(responseTo(message, status, { toTag: localTag, reason, headers, body }));
  }

  function perform(action: IncomingAction): void {
    if (action === "answer") {
      const body = isAnsweredByPrack ? undefined : answer!.body;
      return session.answer(request, transaction, body, answer!.headers);
    }
    session.discard();
    if (action === "refuse") respond(refusal.status, refusal.headers, undefined, refusal.reason);
    else if (action === "refuse-487") respond(487, []);
    else if (action === "refuse-504") respond(504, []);
    else cancelled.fire(reasonHeader);
  }

  function step(event: IncomingEvent): void {
    const next = incomingMachine[state][event];
    if (next === "ignore") return;
    const [to, ...actions] = next;
    core.log.debug({ callId, from: state, to, event }, "sip: incoming call");
    state = to;
    if (to !== "proceeding") repeat?.cancel();
    if (to === "answered" || to === "over") {
      core.cancellable.delete(transaction.key);
      reliable.stop();
    }
    for (const action of actions) perform(action);
  }

  core.cancellable.set(transaction.key, (cancel) => {
    reasonHeader = header(cancel.message, "Reason");
    step("cancel");
  });
  transaction.onFailed(() => step("lost"));

  function progress(status: number, body?: Body, extra?: HeaderList): void {
    if (state !== "proceeding") return;
    const headers: HeaderList = [
      ...headerValues(message, "Record-Route").map((route) => ["Record-Route", route] as const),
      [
        "Contact",
        `<${core.contactUri(dialog.target, contactUser, dialog.remoteTarget.startsWith("sips:"))}>`,
      ],
      ["Allow", allowedMethods],
      ...wireHeaders(extra),
    ];
    const response = responseTo(message, status, { toTag: localTag, headers, body });
    if (body && !offersFirst) session.negotiated();
    if (hasToken(message, "Require", "100rel")) return reliable.send(response);
    transaction.respond(response);
    repeat?.cancel();
    repeat = core.clock.every(repeatProvisionalMs, () => transaction.respond(response));
  }

  function reject(status: number, reason?: string, headers?: HeaderList): void {
    refusal = { status, reason, headers: wireHeaders(headers) };
    step("reject");
  }

  return {
    callId,
    origin,
    replaces,
    uri: message.uri,
    from: { ...party(request.from.uri), name: displayNameOf(request.from) },
    to: party(request.to.uri),
    headers: message.headers,
    body: bodyOf(message),
    get remote() {
      return dialog.target;
    },
    progress,
    accept(body, headers) {
      answer = { body, headers: wireHeaders(headers) };
      step(reliable.isWaiting ? "accept-later" : "accept");
    },
    reject,
    hangup(options) {
      const reason = options?.reasonHeader;
      if (state === "answered") return session.bye(reason);
      reject(options?.status ?? 480, options?.reason, reason === undefined ? [] : [["Reason", reason]]);
    },
    get dialog() {
      return session.dialogId;
    },
    update: (body) => session.update(body),
    refer: (to, options) => session.refer(to, options),
    allows: (method) => session.allows(method),
    reinvite: async (body) => (state === "answered" ? await session.reinvite(body) : stackOutcome(481)),
    info: async (body) =>
      state === "answered" ? await session.request("INFO", { body }) : stackOutcome(481),
    on: (event, listener) => addListener(listeners, event, listener),
    onCancelled: cancelled.on,
  };
}
