import { type WatchedCertificate, watchCertificate } from "../kernel/certificate.ts";
import { Resolver } from "node:dns/promises";
import { ownTimers } from "../kernel/clock.ts";
import { bucketClock } from "./bucket-clock.ts";
import { placeCall } from "./call-outgoing.ts";
import { newSipCounts } from "./counts.ts";
import type { DialogOwner, SipCore } from "./core.ts";
import { formatMessage, header } from "./message.ts";
import { probe } from "./probe.ts";
import { createRequestRouter } from "./request-router.ts";
import { refusalOf } from "./response.ts";
import { createMessageSummaries } from "./message-summary.ts";
import { createDigestServer } from "./digest-server.ts";
import { createLocator } from "./locator.ts";
import { createBindings } from "./registrar-bindings.ts";
import { keepPhonesAlive } from "./registrar-keepalive.ts";
import { type KeptRegistration, keepRegistered } from "./registration-client.ts";
import { createSourceGuard, guardLimits } from "./source-guard.ts";
import { createTransactionLayer, type TransactionLayer } from "./transaction-layer.ts";
import { hostPort } from "./transport.ts";
import { createTransportLayer } from "./transport-layer.ts";
import { openTcp } from "./transport-tcp.ts";
import { openTls, type TlsSettings } from "./transport-tls.ts";
import { openUdp } from "./transport-udp.ts";
import { createWebSocketTransport, type WebSocketTransport } from "./transport-websocket.ts";
import type { IncomingCall, SipStack, SipStackOptions } from "./types.ts";
import { escapeUser } from "./uri.ts";

/** Asks the name servers of the system; a name server that does not answer delays a call by a few seconds at most. */
const systemResolver = () => new Resolver({ timeout: 1_000, tries: 2 });

/** Until somebody asks for calls there is nobody to take one. */
const refuseAll = (call: IncomingCall): void => call.reject(480);

/** Opens the sockets and starts the stack; rejects when an address cannot be bound. */
export async function createSipStack(options: SipStackOptions): Promise<SipStack> {
  const { random, log, userAgent, advertisedHost } = options;
  const own = ownTimers(options.clock);
  const clock = bucketClock(own, log);
  const counts = newSipCounts();
  const dialogs = new Map<string, DialogOwner>();
  let transactions: TransactionLayer | undefined;
  const bindings = createBindings(clock, log);
  const registrations = new Set<KeptRegistration>();
  const digest = createDigestServer({
    realm: options.realm,
    clock,
    random,
    credentialsOf: (user) => options.credentialsOf(user),
  });

  const guard = createSourceGuard(clock, guardLimits, options.neverBanned);
  const transports = createTransportLayer({
    advertisedHost,
    clock,
    log,
    counts,
    guard,
    trustOf: (source) =>
      options.trunkOf(source) !== undefined || options.isTrunkHost?.(source.host)
        ? "trunk"
        : bindings.hasPhoneAt(source.host)
          ? "phone"
          : "stranger",
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
          header(request, "Call-ID") ?? "",
          refusal.target,
          () => undefined,
        );
    },
    onClosed(connectionId, { isBroken = false, remote, reason }) {
      bindings.connectionLost(connectionId);
      transactions!.connectionLost(connectionId, remote, reason);
      for (const dialog of dialogs.values()) dialog.connectionLost(connectionId, isBroken);
      if (remote?.isDialed) for (const registration of registrations) registration.connectionLost(remote);
    },
  });

  bindings.onChange((_, contacts) => {
    for (const { uri, target } of contacts)
      if (target.connectionId !== undefined)
        for (const dialog of dialogs.values()) dialog.peerReturned(uri, target);
  });

  /** Our own address as a UDP peer sees it through NAT, by the peer's. */
  const seenAs = new Map<string, string>();
  let onInvite = refuseAll;
  const summaries = createMessageSummaries(() => core);
  const router = createRequestRouter({
    summaries,
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
    contactUri(target, user, isSecure = false) {
      const says = target.transport !== "udp" && !isSecure;
      const transport = says ? `;transport=${target.transport}` : "";
      const here = seenAs.get(hostPort(target)) ?? transports.sentBy(target);
      return `${isSecure ? "sips" : "sip"}:${user === undefined || user === "" ? "" : `${escapeUser(user)}@`}${here}${transport}`;
    },
    locator: createLocator({ resolver: options.resolver ?? systemResolver(), clock, random }),
    learnAddress(target, seen) {
      const said = seenAs.get(hostPort(target)) ?? transports.sentBy(target);
      if (advertisedHost !== undefined || seen === said) return false;
      seenAs.set(hostPort(target), seen);
      return true;
    },
    isRegisteredPhone: (target) => bindings.isPhone(target),
  };

  let certificate: WatchedCertificate | undefined;

  async function dispose(): Promise<void> {
    await Promise.all([...registrations].map((registration) => registration[Symbol.asyncDispose]()));
    certificate?.[Symbol.dispose]();
    own[Symbol.dispose]();
    await transports[Symbol.asyncDispose]();
  }

  keepPhonesAlive(core, bindings);
  let webSockets: WebSocketTransport;
  try {
    certificate = options.tls?.files && watchCertificate(options.tls.files, clock, log);
    const tls: TlsSettings = { certificate, minVersion: options.tls?.minVersion ?? "TLSv1.2" };
    for (const address of options.listen)
      transports.add(
        await (address.transport === "udp"
          ? openUdp(address, transports.sink)
          : address.transport === "tcp"
            ? openTcp(address, clock, transports.sink)
            : openTls(address, tls, clock, transports.sink)),
      );
    const [first] = transports.locals;
    const via = first ?? { transport: "udp", host: "127.0.0.1", port: 5060 };
    // Without a listener of their own they still call out.
    const dialing = { host: via.host, port: undefined, viaPort: via.port };
    if (!options.listen.some((address) => address.transport === "tcp"))
      transports.add(await openTcp(dialing, clock, transports.sink));
    if (!options.listen.some((address) => address.transport === "tls"))
      transports.add(await openTls(dialing, tls, clock, transports.sink));
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
    locate: (destination) => core.locator.find(destination),
    probe: (target, uri, timeoutMs) => probe(core, target, uri, timeoutMs),
    register(account) {
      const registration = keepRegistered(core, account);
      registrations.add(registration);
      registration.onChange(({ state }) => state === "stopped" && registrations.delete(registration));
      return registration;
    },
    contactsOf: (user) => bindings.reachable(user),
    onRegistrationChange: (handler) => bindings.onChange(handler),
    unregister(user) {
      for (const { target } of bindings.removeAll(user))
        if (target.connectionId !== undefined) transports.close(target.connectionId);
    },
    messagesWaiting: (user, waiting) => summaries.set(user, waiting),
    counts: () => ({ ...structuredClone(counts), transactions: transactions.size }),
    bans: () => guard.bans(),
    unban: (host) => guard.unban(host),
    acceptWebSocket: (socket, remote) => webSockets.accept(socket, remote),
    [Symbol.asyncDispose]: dispose,
  };
}
