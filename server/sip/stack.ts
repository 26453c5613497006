import { ownTimers } from "../kernel/clock.ts";
import { placeCall } from "./call-outgoing.ts";
import { newSipCounts } from "./counts.ts";
import type { DialogOwner, SipCore } from "./core.ts";
import { formatMessage, header } from "./message.ts";
import { probe } from "./probe.ts";
import { createRequestRouter } from "./request-router.ts";
import { refusalOf } from "./response.ts";
import { createDigestServer } from "./digest-server.ts";
import { createBindings } from "./registrar-bindings.ts";
import { keepRegistered } from "./registration-client.ts";
import { createSourceGuard } from "./source-guard.ts";
import { createTransactionLayer, type TransactionLayer } from "./transaction-layer.ts";
import { createTransportLayer } from "./transport-layer.ts";
import { openTcp } from "./transport-tcp.ts";
import { openUdp } from "./transport-udp.ts";
import { createWebSocketTransport, type WebSocketTransport } from "./transport-websocket.ts";
import type { IncomingCall, SipStack, SipStackOptions, TrunkRegistration } from "./types.ts";
import { escapeUser } from "./uri.ts";

/** Until somebody asks for calls there is nobody to take one. */
const refuseAll = (call: IncomingCall): void => call.reject(480);

/** Opens the sockets and starts the stack; rejects when an address cannot be bound. */
export async function createSipStack(options: SipStackOptions): Promise<SipStack> {
  const clock = ownTimers(options.clock);
  const { random, log, userAgent, advertisedHost } = options;
  const counts = newSipCounts();
  const dialogs = new Map<string, DialogOwner>();
  let transactions: TransactionLayer | undefined;
  const bindings = createBindings(clock, log);
  const registrations = new Set<TrunkRegistration>();
  const digest = createDigestServer({
    realm: options.realm,
    clock,
    random,
    credentialsOf: (user) => options.credentialsOf(user),
  });

  const transports = createTransportLayer({
    advertisedHost,
    clock,
    log,
    counts,
    guard: createSourceGuard(clock),
    isTrusted: (source) => options.trunkOf(source) !== undefined || bindings.hasPhoneAt(source.host),
    onTrace: options.onTrace && ((trace) => options.onTrace?.(trace)),
    onRequest(request) {
      if (!options.isDeafTo?.(request.callId)) transactions!.receiveRequest(request);
    },
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
    onClosed(connectionId, broken = false) {
      bindings.connectionLost(connectionId);
      transactions!.connectionLost(connectionId);
      for (const dialog of dialogs.values()) dialog.connectionLost(connectionId, broken);
    },
  });

  bindings.onChange((_, contacts) => {
    for (const { uri, target } of contacts)
      if (target.connectionId !== undefined)
        for (const dialog of dialogs.values()) dialog.peerReturned(uri, target);
  });

  let onInvite = refuseAll;
  const router = createRequestRouter({
    options,
    bindings,
    digest,
    onInvite: (call) => onInvite(call),
    core: () => core,
  });
  transactions = createTransactionLayer({
    transports,
    clock,
    random,
    counts,
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
    isRegisteredPhone: (target) => bindings.isPhone(target),
  };

  async function dispose(): Promise<void> {
    await Promise.all([...registrations].map((registration) => registration[Symbol.asyncDispose]()));
    clock[Symbol.dispose]();
    await transports[Symbol.asyncDispose]();
  }

  let webSockets: WebSocketTransport;
  try {
    for (const address of options.listen)
      transports.add(
        await (address.transport === "udp"
          ? openUdp(address, transports.sink)
          : openTcp(address, transports.sink)),
      );
    const [first] = transports.locals;
    const via = first ?? { transport: "udp", host: "127.0.0.1", port: 5060 };
    if (!options.listen.some((address) => address.transport === "tcp"))
      transports.add(await openTcp({ host: via.host, port: undefined, via }, transports.sink));
    webSockets = createWebSocketTransport({ ...via, transport: "ws" }, clock, transports.sink);
    transports.add(webSockets);
  } catch (error) {
    await dispose();
    throw error;
  }

  return {
    get local() {
      return transports.locals.slice(0, options.listen.length);
    },
    invite: (invite) => placeCall(core, invite),
    onInvite: (handler) => void (onInvite = handler),
    probe: (target, uri) => probe(core, target, uri),
    register(account) {
      const registration = keepRegistered(core, account);
      registrations.add(registration);
      registration.onChange(({ state }) => state === "stopped" && registrations.delete(registration));
      return registration;
    },
    contactsOf: (user) => bindings.of(user),
    onRegistrationChange: (handler) => bindings.onChange(handler),
    unregister(user) {
      for (const { target } of bindings.removeAll(user))
        if (target.connectionId !== undefined) transports.close(target.connectionId);
    },
    counts: () => ({ ...structuredClone(counts), transactions: transactions.size }),
    acceptWebSocket: (socket, remote) => webSockets.accept(socket, remote),
    [Symbol.asyncDispose]: dispose,
  };
}
