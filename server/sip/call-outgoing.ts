import { reasonOf } from "../kernel/errors.ts";
import {
  type OutgoingAction,
  type OutgoingEvent,
  outgoingMachine,
  type OutgoingState,
} from "./call-outgoing-machine.ts";
import { responseInfo, type SipCore } from "./core.ts";
import { createForks, type Forks } from "./forks.ts";
import { cancelRequest, inviteRequest } from "./invite-request.ts";
import type { SipRequest } from "./message.ts";
import { createOnce } from "./once-listeners.ts";
import type { ReceivedResponse } from "./received.ts";
import { createInviteRetries, type NextInvite } from "./invite-again.ts";
import { parseNameAddr } from "./name-addr.ts";
import { safely } from "./safely.ts";
import { isTargetTrouble, retryAfterOf } from "./send-anywhere.ts";
import { type Outcome, stackOutcome } from "./send-request.ts";
import { addListener, noListeners, type Session } from "./session.ts";
import type { ClientTransaction } from "./transaction-client.ts";
import { timeoutMs } from "./transaction-timers.ts";
import { parseUri } from "./uri.ts";
import type { OutgoingCall, OutgoingInvite, SipDestination, SipResponseInfo, SipTarget } from "./types.ts";

type Failure = SipResponseInfo & { stack?: boolean };

/** Places a call. Everything is told by the call's events, never by an exception. */
export function placeCall(core: SipCore, invite: OutgoingInvite): OutgoingCall {
  const listeners = noListeners();
  const progress: ((response: SipResponseInfo) => void)[] = [];
  const accepted = createOnce<SipResponseInfo>(core.log);
  const failed = createOnce<Failure>(core.log);
  let state: OutgoingState = "resolving";
  let target: SipTarget = { transport: "udp", host: "", port: 5060, ...invite.target };
  /** Where else it may go, best first. */
  let others: SipTarget[] = [];
  let hasRung = false;
  const callId = core.random.hex(16);
  const identity = { callId, tag: core.random.hex(8) };
  let request: SipRequest = inviteRequest(core, invite, target, identity);
  let transaction: ClientTransaction | undefined;
  let session: Session | undefined;
  let cancelReason: string | undefined;
  let isCancelSent = false;
  const retries = createInviteRetries(core, invite);
  let again: NextInvite | undefined;
  const noResponseAfter = () =>
    core.clock.after(invite.noResponseTimeoutMs ?? timeoutMs, () => lost(stackOutcome(408)));
  let noResponse = noResponseAfter();
  let cancelLimit = noResponse;
  let forks: Forks | undefined;

  function send(next: SipRequest): void {
    request = next;
    forks ??= createForks(
      core,
      invite,
      () => request,
      listeners,
      (onLate) => transaction?.settle(onLate),
    );
    transaction = core.transactions.request(request, target, {
      onResponse: received,
      onTimeout: () => lost(stackOutcome(408)),
      onTransportError: (error) => lost(stackOutcome(503, error.message)),
    });
  }

  /** RFC 3263 §4.3: a target that is silent or overloaded leaves the call to the next one, as a new request. */
  function tryNext(outcome: Outcome): boolean {
    if (state !== "calling" && (state !== "proceeding" || hasRung)) return false;
    core.locator.failed(target, retryAfterOf(outcome));
    const next = isCancelSent ? undefined : others.shift();
    if (!next) return false;
    noResponse.cancel();
    noResponse = noResponseAfter();
    target = next;
    again = { request: { ...inviteRequest(core, invite, target, identity), uri: request.uri } };
    step("again");
    return true;
  }

  function lost(failure: Outcome): void {
    transaction?.abandon();
    if (!tryNext(failure)) step("lost", { failure });
  }

  function received(response: ReceivedResponse): void {
    const { status } = response.message;
    noResponse.cancel();
    const outcome = { ...responseInfo(response.message), received: response };
    if (!isTargetTrouble(outcome)) core.locator.worked(target);
    else if (tryNext(outcome)) return;
    hasRung ||= status > 100;
    if (status < 200) return step("1xx", { response });
    if (status < 300) return step("2xx", { response });
    // Who withdraws does not begin anew.
    again = isCancelSent ? undefined : retries.after(request, response);
    step(again ? (again.target ? "redirect" : "again") : "refusal", { response });
  }

  function fail(failure: Failure): void {
    noResponse.cancel();
    cancelLimit.cancel();
    forks?.discardAll();
    failed.fire(failure);
  }

  function perform(action: OutgoingAction, cause: { response?: ReceivedResponse; failure?: Outcome }): void {
    switch (action) {
      case "send-invite":
        return send(request);
      case "send-again":
        forks?.reset();
        return send(again!.request);
      case "follow":
        forks?.reset();
        request = again!.request;
        return void resolve(again!.target);
      case "send-cancel": {
        if (isCancelSent) return;
        isCancelSent = true;
        const cancel = cancelRequest(request, cancelReason);
        core.transactions.request(cancel.request, target, ignoreOutcome, cancel.via);
        return;
      }
      case "limit-cancel":
        cancelLimit = core.clock.after(timeoutMs, () => lost(stackOutcome(487)));
        return;
      case "progress":
        if (forks!.progress(cause.response!) && cause.response!.message.status > 100)
          for (const listener of progress)
            safely(core.log, "progress listener", () => listener(responseInfo(cause.response!.message)));
        return;
      case "accept":
        return forks!.accept(
          cause.response!,
          (opened) => (session = opened),
          () => accepted.fire(responseInfo(cause.response!.message)),
        );
      case "another-2xx":
        return forks!.another(cause.response!);
      case "fail":
        return fail(
          cause.response ? responseInfo(cause.response.message) : { ...cause.failure!, stack: true },
        );
      case "fail-cancelled": {
        const final = cause.response?.message;
        return fail(final?.status === 487 ? responseInfo(final) : stackOutcome(487));
      }
    }
  }

  function step(event: OutgoingEvent, cause: { response?: ReceivedResponse; failure?: Outcome } = {}): void {
    const next = outgoingMachine[state][event];
    if (next === "ignore") return;
    const [to, ...actions] = next;
    core.log.debug({ callId, from: state, to, event }, "sip: outgoing call");
    state = to;
    for (const action of actions) perform(action, cause);
  }

  const cancel = (reasonHeader?: string) => {
    cancelReason = reasonHeader;
    step("cancel");
  };

  async function start(): Promise<void> {
    const malformed = [invite.uri, invite.from, invite.to ?? invite.uri].find((uri) => !parseUri(uri));
    if (malformed !== undefined)
      return step("lost", { failure: stackOutcome(400, `Malformed URI ${malformed}`) });
    await resolve(invite.target);
  }

  async function resolve(wanted: SipDestination | undefined): Promise<void> {
    try {
      const route = parseNameAddr(invite.routes?.[0] ?? "")?.uri;
      const found = await (wanted ? core.locator.find(wanted) : core.locator.findUri(route ?? invite.uri));
      [target = target, ...others] = found;
    } catch (error) {
      return step("lost", { failure: stackOutcome(503, reasonOf(error)) });
    }
    if (!again) request = inviteRequest(core, invite, target, identity);
    step("resolved");
  }
  void start();

  return {
    callId,
    get remote() {
      return session?.dialog.target ?? target;
    },
    cancel,
    withdraw(reasonHeader) {
      cancelReason = reasonHeader;
      step("withdraw");
    },
    hangup(options) {
      if (session) session.bye(options?.reasonHeader);
      else cancel(options?.reasonHeader);
    },
    reinvite: async (body) => (session ? await session.reinvite(body) : stackOutcome(481)),
    get dialog() {
      return session?.dialogId;
    },
    update: async (body) => await (session?.update(body) ?? forks?.update(body) ?? stackOutcome(481)),
    refer: async (to, options) => await (session?.refer(to, options) ?? stackOutcome(481)),
    allows: (method) => session?.allows(method) ?? false,
    info: async (body) => (session ? await session.request("INFO", { body }) : stackOutcome(481)),
    on: (event, listener) => addListener(listeners, event, listener),
    onProgress: (listener) => void progress.push(listener),
    onAccepted: accepted.on,
    onFailed: failed.on,
  };
}

const ignoreOutcome = {
  onResponse: () => undefined,
  onTimeout: () => undefined,
  onTransportError: () => undefined,
};
