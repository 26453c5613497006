import { receiveCall } from "./call-incoming.ts";
import { allowedMethods, type SipCore, supportedOptions } from "./core.ts";
import { dialogKey } from "./dialog.ts";
import type { DigestServer } from "./digest-server.ts";
import { header, headerLines } from "./message.ts";
import type { MessageSummaries } from "./message-summary.ts";
import { register } from "./registrar.ts";
import type { Bindings } from "./registrar-bindings.ts";
import { authenticate } from "./request-auth.ts";
import type { ReceivedRequest } from "./received.ts";
import { parseReplaces } from "./replaces.ts";
import { refusalBeforeMeaning } from "./request-checks.ts";
import { responseTo } from "./response.ts";
import { safely } from "./safely.ts";
import { answerSessionTimer, minSessionSeconds } from "./session-timer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { HeaderList, IncomingCall, SipStackOptions } from "./types.ts";

interface RouterOptions {
  options: SipStackOptions;
  core: () => SipCore;
  onInvite: (call: IncomingCall) => void;
  bindings: Bindings;
  digest: DigestServer;
  summaries: MessageSummaries;
}

export interface RequestRouter {
  request: (request: ReceivedRequest, transaction: ServerTransaction, isMerged: boolean) => void;
  ack: (request: ReceivedRequest) => void;
}

const keyOf = (request: ReceivedRequest) =>
  dialogKey(request.callId, request.toTag ?? "", request.fromTag ?? "");

/** Gives every new request to what is responsible for it: a dialog, the registrar, a new call. */
export function createRequestRouter({
  options,
  core,
  onInvite,
  bindings,
  digest,
  summaries,
}: RouterOptions): RequestRouter {
  const handOver = (call: IncomingCall) =>
    safely(
      options.log,
      "incoming call",
      () => onInvite(call),
      () => call.reject(500),
    );

  function invited(request: ReceivedRequest, transaction: ServerTransaction, isMerged: boolean): void {
    const { message, source } = request;
    const refuse = (status: number, headers: HeaderList = []) =>
      transaction.respond(responseTo(message, status, { toTag: core().random.hex(8), headers }));
    // What we call in turn would only make a loop longer (RFC 3261 §16.3 step 3).
    if (header(message, "Max-Forwards") === "0") return refuse(483);
    if (isMerged) return refuse(482);
    if (answerSessionTimer(message).kind === "too-small")
      return refuse(422, [["Min-SE", String(minSessionSeconds)]]);
    transaction.respond(responseTo(message, 100));
    const trunk = options.trunkOf(source);
    if (trunk === undefined) void invitedByPhone(request, transaction);
    else received(request, transaction, { trunk });
  }

  /** A call that may come in; RFC 3891 §3 decides whether it may take another's place. */
  function received(
    request: ReceivedRequest,
    transaction: ServerTransaction,
    origin: IncomingCall["origin"],
  ): void {
    const lines = headerLines(request.message, "Replaces");
    const refuse = (status: number) =>
      transaction.respond(responseTo(request.message, status, { toTag: core().random.hex(8) }));
    if (lines.length === 0) return handOver(receiveCall(core(), request, transaction, origin));
    const replaces = lines.length === 1 ? parseReplaces(lines[0]!) : undefined;
    if (!replaces) return refuse(400);
    const dialog = core().dialogs.get(dialogKey(replaces.callId, replaces.localTag, replaces.remoteTag));
    if (!dialog) return refuse(481);
    if (dialog.phase === "closing" || dialog.phase === "over") return refuse(603);
    if (dialog.phase === "open" && replaces.earlyOnly) return refuse(486);
    // A call that rings here is picked up by the switch, not by taking its caller's dialog.
    if (dialog.phase === "early" && !dialog.isCaller) return refuse(481);
    return handOver(receiveCall(core(), request, transaction, origin, replaces));
  }

  async function invitedByPhone(request: ReceivedRequest, transaction: ServerTransaction): Promise<void> {
    let isCancelled = false;
    core().cancellable.set(transaction.key, () => (isCancelled = true));
    const user = await authenticated(request, transaction);
    core().cancellable.delete(transaction.key);
    if (user === undefined) return;
    if (isCancelled)
      return transaction.respond(responseTo(request.message, 487, { toTag: core().random.hex(8) }));
    received(request, transaction, { user });
  }

  async function registered(request: ReceivedRequest, transaction: ServerTransaction): Promise<void> {
    const user = await authenticated(request, transaction);
    if (user === undefined) return;
    const { status, headers } = register(bindings, options.clock, user, request);
    transaction.respond(responseTo(request.message, status, { toTag: core().random.hex(8), headers }));
  }

  async function subscribed(request: ReceivedRequest, transaction: ServerTransaction): Promise<void> {
    const user = await authenticated(request, transaction);
    if (user !== undefined) summaries.subscribe(user, request, transaction);
  }

  /** A failing credential store refuses; it does not leave the phone without an answer. */
  async function authenticated(
    request: ReceivedRequest,
    transaction: ServerTransaction,
  ): Promise<string | undefined> {
    try {
      return await authenticate(core(), digest, request, transaction, options.digestAlgorithms ?? ["MD5"]);
    } catch (error) {
      options.log.error({ err: error, callId: request.callId }, "sip: authentication failed");
      transaction.respond(responseTo(request.message, 500, { toTag: core().random.hex(8) }));
      return undefined;
    }
  }

  function cancelled(request: ReceivedRequest, transaction: ServerTransaction): void {
    const invite = core().transactions.cancelled(request);
    transaction.respond(responseTo(request.message, invite ? 200 : 481, { toTag: core().random.hex(8) }));
    if (invite) core().cancellable.get(invite.key)?.(request);
  }

  return {
    request(request, transaction, isMerged) {
      const { message } = request;
      if (message.method === "CANCEL") return cancelled(request, transaction);
      const dialog = request.toTag === undefined ? undefined : core().dialogs.get(keyOf(request));
      if (dialog) return dialog.handle(request, transaction);
      const isOutside = ["OPTIONS", "REGISTER", "SUBSCRIBE"].includes(message.method);
      if (request.toTag !== undefined && !isOutside) return transaction.respond(responseTo(message, 481));
      const toTag = core().random.hex(8);
      const refusal = refusalBeforeMeaning(message);
      if (refusal)
        return transaction.respond(responseTo(message, refusal.status, { toTag, headers: refusal.headers }));
      const headers: HeaderList = [
        ["Allow", allowedMethods],
        ["Accept", "application/sdp"],
        ["Supported", [...supportedOptions].join(", ")],
      ];
      if (message.method === "INVITE") invited(request, transaction, isMerged);
      else if (message.method === "REGISTER") void registered(request, transaction);
      else if (message.method === "SUBSCRIBE") void subscribed(request, transaction);
      else if (message.method === "OPTIONS")
        transaction.respond(responseTo(message, 200, { toTag, headers }));
      // A REFER must be inside a call that it transfers; the others belong to a dialog that is not there.
      else transaction.respond(responseTo(message, message.method === "REFER" ? 403 : 481, { toTag }));
    },
    ack: (request) => core().dialogs.get(keyOf(request))?.handleAck(request),
  };
}
