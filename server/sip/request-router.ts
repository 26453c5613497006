import { receiveCall } from "./call-incoming.ts";
import { allowedMethods, type SipCore, supportedOptions } from "./core.ts";
import { dialogKey } from "./dialog.ts";
import type { DigestServer } from "./digest-server.ts";
import { register } from "./registrar.ts";
import type { Bindings } from "./registrar-bindings.ts";
import { authenticate } from "./request-auth.ts";
import type { ReceivedRequest } from "./received.ts";
import { responseTo } from "./response.ts";
import { safely } from "./safely.ts";
import { unsupportedOptions } from "./session-requests.ts";
import { answerSessionTimer, minSessionSeconds } from "./session-timer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { HeaderList, IncomingCall, SipStackOptions } from "./types.ts";

interface RouterOptions {
  options: SipStackOptions;
  core: () => SipCore;
  onInvite: (call: IncomingCall) => void;
  bindings: Bindings;
  digest: DigestServer;
}

export interface RequestRouter {
  request: (request: ReceivedRequest, transaction: ServerTransaction) => void;
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
}: RouterOptions): RequestRouter {
  const handOver = (call: IncomingCall) =>
    safely(
      options.log,
      "incoming call",
      () => onInvite(call),
      () => call.reject(500),
    );

  function invited(request: ReceivedRequest, transaction: ServerTransaction): void {
    const { message, source } = request;
    const refuse = (status: number, headers: HeaderList = []) =>
      transaction.respond(responseTo(message, status, { toTag: core().random.hex(8), headers }));
    const unknown = unsupportedOptions(message);
    if (unknown.length > 0) return refuse(420, [["Unsupported", unknown.join(", ")]]);
    if (answerSessionTimer(message).kind === "too-small")
      return refuse(422, [["Min-SE", String(minSessionSeconds)]]);
    transaction.respond(responseTo(message, 100));
    const trunk = options.trunkOf(source);
    if (trunk === undefined) void invitedByPhone(request, transaction);
    else handOver(receiveCall(core(), request, transaction, { trunk }));
  }

  async function invitedByPhone(request: ReceivedRequest, transaction: ServerTransaction): Promise<void> {
    let isCancelled = false;
    core().cancellable.set(transaction.key, () => (isCancelled = true));
    const user = await authenticated(request, transaction);
    core().cancellable.delete(transaction.key);
    if (user === undefined) return;
    if (isCancelled)
      return transaction.respond(responseTo(request.message, 487, { toTag: core().random.hex(8) }));
    handOver(receiveCall(core(), request, transaction, { user }));
  }

  async function registered(request: ReceivedRequest, transaction: ServerTransaction): Promise<void> {
    const user = await authenticated(request, transaction);
    if (user === undefined) return;
    const { status, headers } = register(bindings, options.clock, user, request);
    transaction.respond(responseTo(request.message, status, { toTag: core().random.hex(8), headers }));
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
    request(request, transaction) {
      const { message } = request;
      if (message.method === "CANCEL") return cancelled(request, transaction);
      const dialog = request.toTag === undefined ? undefined : core().dialogs.get(keyOf(request));
      if (dialog) return dialog.handle(request, transaction);
      if (request.toTag !== undefined && message.method !== "OPTIONS" && message.method !== "REGISTER")
        return transaction.respond(responseTo(message, 481));
      const headers: HeaderList = [
        ["Allow", allowedMethods],
        ["Accept", "application/sdp"],
        ["Supported", [...supportedOptions].join(", ")],
      ];
      const toTag = core().random.hex(8);
      if (message.method === "INVITE") invited(request, transaction);
      else if (message.method === "REGISTER") void registered(request, transaction);
      else if (message.method === "OPTIONS")
        transaction.respond(responseTo(message, 200, { toTag, headers }));
      else transaction.respond(responseTo(message, 405, { toTag, headers }));
    },
    ack: (request) => core().dialogs.get(keyOf(request))?.handleAck(request),
  };
}
