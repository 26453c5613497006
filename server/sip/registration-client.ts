import { reasonOf } from "../kernel/errors.ts";
import type { SipCore } from "./core.ts";
import { parseDecimal } from "./grammar.ts";
import { header, headerValues, noBody, type SipRequest, type SipResponse } from "./message.ts";
import { nameAddr, parseNameAddr } from "./name-addr.ts";
import { resolveTarget } from "./resolve.ts";
import { safely } from "./safely.ts";
import { type Outcome, sendRequest, stackOutcome } from "./send-request.ts";
import type { Credentials, RegistrationState, SipTarget, TrunkRegistration } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

export interface TrunkAccount {
  registrar: SipTarget;
  /** `sip:user@provider`. */
  aor: string;
  credentials: Credentials;
  expiresSeconds?: number;
}

/** Back-off after failures: doubling between these, half of it random (RFC 5626 §4.5). */
const backOffMs = { first: 30_000, longest: 1_800_000 };
/** NAT forgets a UDP flow after 30 s (RFC 5626 §4.4.2). */
const keepAliveMs = 25_000;
const goodbyeMs = 1_000;

/** Seconds the registrar granted: on our Contact, else in Expires, else what we asked. */
function granted(response: SipResponse, contactUri: string, asked: number): number {
  const ours = headerValues(response, "Contact")
    .map((value) => parseNameAddr(value))
    .find((contact) => contact?.uri === contactUri);
  return (
    parseDecimal(ours?.params.get("expires"), 2 ** 31) ??
    parseDecimal(header(response, "Expires"), 2 ** 31) ??
    asked
  );
}

/**
 * Registers us at a provider and keeps it.
 *
 *   registering --200--> registered --at 80 % of the time granted--> registering
 *       |                    |
 *       | refused, silence   | dispose: Contact with expires=0
 *       v                    v
 *     failed --back-off--> registering        stopped
 */
export function keepRegistered(core: SipCore, account: TrunkAccount): TrunkRegistration {
  const listeners: ((state: RegistrationState) => void)[] = [];
  const callId = core.random.hex(16);
  const localTag = core.random.hex(8);
  const user = userOf(parseUri(account.aor));
  let state: RegistrationState = { state: "registering" };
  let asked = account.expiresSeconds ?? 300;
  let seq = 0;
  let failures = 0;
  let target: SipTarget | undefined;
  let timer = core.clock.after(0, () => void refresh());
  const keepAlive = core.clock.every(keepAliveMs, () => target && core.transports.keepAlive(target));

  function become(next: RegistrationState): void {
    if (state.state === "stopped") return;
    state = next;
    core.log.info({ aor: account.aor, ...next }, "sip: registration");
    for (const listener of listeners) safely(core.log, "registration listener", () => listener(next));
  }

  const nextSeq = () => ++seq;

  function request(to: SipTarget, seconds: number): SipRequest {
    const registrarUri = `sip:${parseUri(account.aor)?.host ?? account.registrar.host}`;
    return {
      kind: "request",
      method: "REGISTER",
      uri: registrarUri,
      headers: [
        ["Max-Forwards", "70"],
        ["From", nameAddr(account.aor, undefined, localTag)],
        ["To", nameAddr(account.aor)],
        ["Call-ID", callId],
        ["CSeq", `${nextSeq()} REGISTER`],
        ["Contact", `<${core.contactUri(to, user)}>`],
        ["Expires", String(seconds)],
        ["User-Agent", core.userAgent],
      ],
      body: noBody,
    };
  }

  async function send(seconds: number): Promise<Outcome> {
    try {
      target = await resolveTarget(account.registrar);
    } catch (error) {
      return stackOutcome(503, reasonOf(error));
    }
    return await sendRequest(core, request(target, seconds), target, account.credentials, nextSeq);
  }

  /** Milliseconds until the next try. */
  function delayAfter(outcome: Outcome): number {
    const { received } = outcome;
    if (received && outcome.status < 300) {
      const seconds = granted(received.message, core.contactUri(target!, user), asked);
      failures = 0;
      become({ state: "registered", status: outcome.status, expiresAt: core.clock.now() + seconds * 1000 });
      return seconds * (750 + core.random.next() * 100);
    }
    const minimum = received && parseDecimal(header(received.message, "Min-Expires"), 86_400);
    if (outcome.status === 423 && minimum !== undefined && minimum > asked) {
      asked = minimum;
      return 0;
    }
    become({ state: "failed", status: outcome.status, reason: outcome.reason });
    const [retryAfter] = /^\d{1,5}/.exec((received && header(received.message, "Retry-After")) ?? "") ?? [];
    const backOff = Math.min(backOffMs.first * 2 ** failures++, backOffMs.longest);
    return Math.max(Number(retryAfter ?? 0) * 1000, backOff * (0.5 + core.random.next() / 2));
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
    onChange: (listener) => void listeners.push(listener),
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
