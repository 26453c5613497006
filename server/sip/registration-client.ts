import type { SipCore } from "./core.ts";
import { hasToken, header, headerValues, noBody, type SipRequest } from "./message.ts";
import { nameAddr } from "./name-addr.ts";
import { parseDecimal } from "./grammar.ts";
import { grantedSeconds, instanceOf, learnOwnAddress } from "./registration-contact.ts";
import { safely } from "./safely.ts";
import { isTargetTrouble, retryAfterOf, sendAnywhere } from "./send-anywhere.ts";
import { type Outcome, sendRequest } from "./send-request.ts";
import { isReliable } from "./transport.ts";
import type {
  Credentials,
  RegistrationState,
  SipDestination,
  SipTarget,
  TrunkRegistration,
} from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

export interface TrunkAccount {
  registrar: SipDestination;
  /** `sip:user@provider`. */
  aor: string;
  credentials: Credentials;
  expiresSeconds?: number;
}

export interface KeptRegistration extends TrunkRegistration {
  /** A connection broke: was it ours, we register over a new one. */
  connectionLost(remote: SipTarget): void;
}

/** Back-off after failures: doubling between these, half of it random (RFC 5626 §4.5). */
const backOffMs = { first: 30_000, longest: 1_800_000 };
/** NAT forgets a UDP flow after 30 s (RFC 5626 §4.4.2). */
const keepAliveSeconds = 25;
const goodbyeMs = 1_000;

/**
 * Registers us at a provider and keeps it.
 *
 *   registering --200--> registered --at 80 % of the time granted--> registering
 *       |                    |   \--connection lost, our address changed--> registering
 *       | refused, silence   | dispose: Contact with expires=0
 *       v                    v
 *     failed --back-off--> registering        stopped
 */
export function keepRegistered(core: SipCore, account: TrunkAccount): KeptRegistration {
  const listeners: ((state: RegistrationState) => void)[] = [];
  const callId = core.random.hex(16);
  const localTag = core.random.hex(8);
  const user = userOf(parseUri(account.aor));
  const registrarUri = `sip:${parseUri(account.aor)?.host ?? account.registrar.host}`;
  let state: RegistrationState = { state: "registering" };
  let serviceRoute: readonly string[] = [];
  let asked = account.expiresSeconds ?? 300;
  let seq = 0;
  let failures = 0;
  /** Where we are registered: the flow is kept to it (RFC 5626 §4.2). */
  let target: SipTarget | undefined;
  let lastContact: string | undefined;
  let offersOutbound = true;
  let timer = core.clock.after(0, () => void refresh());
  let keepAlive = core.clock.after(0, () => undefined);

  function become(next: RegistrationState): void {
    if (state.state === "stopped") return;
    state = next;
    core.log.info({ aor: account.aor, ...next }, "sip: registration");
    for (const listener of listeners) safely(core.log, "registration listener", () => listener(next));
  }

  function keepFlow(seconds: number): void {
    keepAlive.cancel();
    keepAlive = core.clock.every(seconds * 1000, () => target && core.transports.keepAlive(target));
  }

  function contactLines(to: SipTarget, seconds: number): [string, string][] {
    const uri = core.contactUri(to, user);
    const outbound = isReliable(to.transport) && offersOutbound;
    const flow = outbound ? `;+sip.instance="<${instanceOf(account.aor)}>";reg-id=1` : "";
    const lines: [string, string][] = [["Contact", `<${uri}>${flow};expires=${seconds}`]];
    // The address that NAT gave us before leads nowhere any more.
    if (lastContact !== undefined && lastContact !== uri && seconds > 0)
      lines.push(["Contact", `<${lastContact}>;expires=0`]);
    lastContact = uri;
    return [...lines, ["Supported", outbound ? "path, outbound" : "path"]];
  }

  const request = (to: SipTarget, seconds: number): SipRequest => ({
    kind: "request",
    method: "REGISTER",
    uri: registrarUri,
    headers: [
      ["Max-Forwards", "70"],
      ["From", nameAddr(account.aor, undefined, localTag)],
      ["To", nameAddr(account.aor)],
      ["Call-ID", callId],
      ["CSeq", `${++seq} REGISTER`],
      ...contactLines(to, seconds),
      ["Expires", String(seconds)],
      ["User-Agent", core.userAgent],
    ],
    body: noBody,
  });

  const sendTo = (to: SipTarget, seconds: number) =>
    sendRequest(core, request(to, seconds), to, account.credentials, () => ++seq);

  /** To where we are registered, else to whoever of the provider's servers takes it. */
  async function send(seconds: number): Promise<Outcome> {
    if (target) {
      const outcome = await sendTo(target, seconds);
      if (!isTargetTrouble(outcome) || seconds === 0) return outcome;
      core.locator.failed(target, retryAfterOf(outcome));
      target = undefined;
    }
    const sent = await sendAnywhere(core, account.registrar, (to) => sendTo(to, seconds));
    if (!isTargetTrouble(sent.outcome)) target = sent.target;
    return sent.outcome;
  }

  /** Milliseconds until the next try. */
  function accepted(received: NonNullable<Outcome["received"]>, to: SipTarget, status: number): number {
    const { message } = received;
    const seconds = grantedSeconds(message, lastContact ?? "", asked);
    serviceRoute = headerValues(message, "Service-Route");
    failures = 0;
    const flowSeconds = parseDecimal(header(message, "Flow-Timer"), 86_400);
    keepFlow(flowSeconds ? flowSeconds * 0.8 : keepAliveSeconds);
    become({ state: "registered", status, expiresAt: core.clock.now() + seconds * 1000 });
    if (learnOwnAddress(core, to, received)) return 0;
    return seconds * (750 + core.random.next() * 100);
  }

  /** Milliseconds until the next try. */
  function delayAfter(outcome: Outcome): number {
    const { received, status } = outcome;
    if (received && status < 300 && target) return accepted(received, target, status);
    const minimum = received && parseDecimal(header(received.message, "Min-Expires"), 86_400);
    if (status === 423 && minimum !== undefined && minimum > asked) {
      asked = minimum;
      return 0;
    }
    const isOutboundTrouble =
      status === 439 || (status === 420 && received && hasToken(received.message, "Unsupported", "outbound"));
    if (isOutboundTrouble && offersOutbound) {
      offersOutbound = false;
      return 0;
    }
    become({ state: "failed", status, reason: outcome.reason });
    const backOff = Math.min(backOffMs.first * 2 ** failures++, backOffMs.longest);
    return Math.max(retryAfterOf(outcome) * 1000, backOff * (0.5 + core.random.next() / 2));
  }

  async function refresh(): Promise<void> {
    const outcome = await send(asked);
    if (state.state === "stopped") return;
    timer = core.clock.after(delayAfter(outcome), () => void refresh());
  }

  return {
    get state() {
      return state;
    },
    get serviceRoute() {
      return serviceRoute;
    },
    onChange: (listener) => void listeners.push(listener),
    connectionLost({ transport, host, port }) {
      const isOurs = target?.transport === transport && target.host === host && target.port === port;
      if (!isOurs || state.state !== "registered") return;
      become({ state: "registering" });
      timer.cancel();
      // Not all clients of a provider that restarts at the same moment.
      timer = core.clock.after(core.random.next() * 1000, () => void refresh());
    },
    async [Symbol.asyncDispose]() {
      if (state.state === "stopped") return;
      const wasRegistered = state.state === "registered";
      timer.cancel();
      keepAlive.cancel();
      become({ state: "stopped" });
      if (!wasRegistered) return;
      const patience = Promise.withResolvers<void>();
      const limit = core.clock.after(goodbyeMs, patience.resolve);
      await Promise.race([send(0), patience.promise]);
      limit.cancel();
    },
  };
}
