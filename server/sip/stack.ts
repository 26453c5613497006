import { placeCall } from "./call-outgoing.ts";
import type { DialogOwner, SipCore } from "./core.ts";
import { formatMessage, header } from "./message.ts";
import { probe } from "./probe.ts";
import { createRequestRouter } from "./request-router.ts";
import { refusalOf } from "./response.ts";
import { createSourceGuard } from "./source-guard.ts";
import { createTransactionLayer, type TransactionLayer } from "./transaction-layer.ts";
import { createTransportLayer } from "./transport-layer.ts";
import { openUdp } from "./transport-udp.ts";
import type { IncomingCall, SipStack, SipStackOptions, SipTarget } from "./types.ts";
import { escapeUser } from "./uri.ts";

/** Until somebody asks for calls there is nobody to take one. */
const refuseAll = (call: IncomingCall): void => call.reject(480);

/** Opens the sockets and starts the stack; rejects when an address cannot be bound. */
export async function createSipStack(options: SipStackOptions): Promise<SipStack> {
  const { clock, random, log, userAgent, advertisedHost } = options;
  const dialogs = new Map<string, DialogOwner>();
  let transactions: TransactionLayer | undefined;
  const trunkOf = (source: SipTarget) => options.trunkOf(source);

  const transports = createTransportLayer({
    advertisedHost,
    clock,
    log,
    guard: createSourceGuard(clock),
    isTrusted: (source) => trunkOf(source) !== undefined,
    onTrace: options.onTrace && ((trace) => options.onTrace?.(trace)),
    onRequest: (request) => transactions!.receiveRequest(request),
    onResponse: (response) => transactions!.receiveResponse(response),
    onRefused(request, status, reason, source) {
      const refusal = refusalOf(request, status, reason, source);
      if (refusal)
        transports.send(
          formatMessage(refusal.response),
          header(request, "Call-ID")!,
          refusal.target,
          () => undefined,
        );
    },
    onClosed(connectionId) {
      transactions!.connectionLost(connectionId);
      for (const dialog of dialogs.values()) dialog.connectionLost(connectionId);
    },
  });

  let onInvite = refuseAll;
  const router = createRequestRouter({ options, onInvite: (call) => onInvite(call), core: () => core });
  transactions = createTransactionLayer({
    transports,
    clock,
    random,
    onRequest: router.request,
    onAck: router.ack,
  });
  const core: SipCore = {
    clock,
    random,
    log,
    userAgent,
    transports,
    transactions,
    dialogs,
    cancellable: new Map(),
    contactUri(target, user) {
      const transport = target.transport === "udp" ? "" : `;transport=${target.transport}`;
      return `sip:${user === undefined || user === "" ? "" : `${escapeUser(user)}@`}${transports.sentBy(target)}${transport}`;
    },
    isRegisteredPhone: () => false,
  };

  async function dispose(): Promise<void> {
    transactions!.dispose();
    await transports[Symbol.asyncDispose]();
  }

  try {
    for (const address of options.listen)
      if (address.transport === "udp") transports.add(await openUdp(address, transports.sink));
  } catch (error) {
    await dispose();
    throw error;
  }

  return {
    get local() {
      return transports.locals;
    },
    invite: (invite) => placeCall(core, invite),
    onInvite: (handler) => void (onInvite = handler),
    probe: (target, uri) => probe(core, target, uri),
    register() {
      throw new Error("not yet");
    },
    contactsOf: () => [],
    onRegistrationChange: () => undefined,
    unregister: () => undefined,
    acceptWebSocket: () => undefined,
    [Symbol.asyncDispose]: dispose,
  };
}
