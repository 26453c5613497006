import type { Clock } from "../kernel/clock.ts";
import type { SipCounts } from "./counts.ts";
import { formatMessage, header, noBody, type SipRequest, type SipResponse } from "./message.ts";
import type { ReceivedResponse } from "./received.ts";
import { type ClientAction, clientMachine, inviteClientMachine } from "./transaction-machines.ts";
import { type TimerName, transactionTimers } from "./transaction-timers.ts";
import { isReliable } from "./transport.ts";
import type { SipTarget } from "./types.ts";

export interface ClientHandlers {
  onResponse(response: ReceivedResponse): void;
  /** No final response in time (RFC 3261 §8.1.3.1: treated as 408). */
  onTimeout(): void;
  /** The wire refused it (treated as 503). */
  onTransportError(error: Error): void;
}

export interface ClientTransaction {
  readonly target: SipTarget;
  receive(response: ReceivedResponse): void;
  /** The wire is gone. */
  fail(error: Error): void;
  /** The call is over: late answers go here, and whatever the owner gave before is let go. */
  settle(onResponse: (response: ReceivedResponse) => void): void;
  /** Forgets it without a word to the owner. */
  abandon(): void;
}

interface Options {
  handlers: ClientHandlers;
  request: SipRequest;
  target: SipTarget;
  clock: Clock;
  counts: SipCounts;
  send: (data: Buffer, callId: string, target: SipTarget, failed: (error: Error) => void) => void;
  onTerminated: () => void;
}

const ignored = { onTimeout: () => undefined, onTransportError: () => undefined };

/** ACK for a non-2xx final response: same branch, same hop (RFC 3261 §17.1.1.3). */
export function ackOfRefusal(request: SipRequest, response: SipResponse): SipRequest {
  const headers = request.headers.filter(
    ([name]) => name === "Route" || name === "From" || name === "Call-ID",
  );
  headers.unshift(["Via", header(request, "Via")!], ["Max-Forwards", "70"]);
  headers.push(["To", header(response, "To") ?? header(request, "To")!]);
  headers.push(["CSeq", `${header(request, "CSeq")!.split(" ")[0]} ACK`]);
  return { kind: "request", method: "ACK", uri: request.uri, headers, body: noBody };
}

/** Runs one client transaction: the machine decides, this does. The first transmission happens at once. */
export function startClientTransaction(options: Options): ClientTransaction {
  const { target, counts, send, onTerminated } = options;
  // What is only needed until the final response is let go then: half a minute of finished calls is kept here.
  let request: SipRequest | undefined = options.request;
  let handlers: ClientHandlers | undefined = options.handlers;
  const callId = header(request, "Call-ID") ?? "";
  const isInvite = request.method === "INVITE";
  let data: Buffer | undefined = formatMessage(request);
  let ack: Buffer | undefined;
  let state: string = isInvite ? "calling" : "trying";
  const timers = transactionTimers(options.clock, isReliable(target.transport), () => state === "proceeding");
  const table = (isInvite ? inviteClientMachine : clientMachine) as Record<
    string,
    Record<string, readonly [string, ...ClientAction[]] | "ignore">
  >;

  const failed = (error: Error) => step("transport-error", { error });
  const transmit = (bytes: Buffer) => send(bytes, callId, target, failed);

  function perform(action: ClientAction, cause: { response?: ReceivedResponse; error?: Error }): void {
    // The first transmission is none of these.
    if (action === "send") {
      counts.retransmissions += 1;
      transmit(data!);
    } else if (action === "pass") handlers?.onResponse(cause.response!);
    else if (action === "ack")
      transmit((ack ??= formatMessage(ackOfRefusal(request!, cause.response!.message))));
    else if (action === "timeout") {
      counts.timeouts += 1;
      handlers?.onTimeout();
    } else if (action === "transport-failed") handlers?.onTransportError(cause.error!);
    else if (action === "stop-timers") timers.stop();
    else timer(action.slice("start-".length) as TimerName);
  }

  function timer(name: TimerName): void {
    timers.start(name, () => step(name, {}));
  }

  function step(event: string, cause: { response?: ReceivedResponse; error?: Error }): void {
    const next = table[state]?.[event];
    if (next === undefined || next === "ignore") return;
    const [to, ...actions] = next;
    const wasOver = state === "terminated";
    state = to;
    if (to === "terminated" && !wasOver) {
      timers.stop();
      onTerminated();
    }
    for (const action of actions) perform(action, cause);
    if (state !== "completed" && state !== "accepted" && state !== "terminated") return;
    request = data = undefined;
    // Only a 2xx comes up again.
    if (state !== "accepted") handlers = undefined;
  }

  for (const name of isInvite ? (["A", "B"] as const) : (["E", "F"] as const)) timer(name);
  transmit(data);
  return {
    target,
    receive(response) {
      const { status } = response.message;
      const final = status < 300 ? "2xx" : "3xx-6xx";
      step(status < 200 ? "1xx" : isInvite ? final : "final", { response });
    },
    settle(onResponse) {
      if (handlers) handlers = { ...ignored, onResponse };
    },
    fail: (error) => step("transport-error", { error }),
    abandon() {
      if (state === "terminated") return;
      state = "terminated";
      timers.stop();
      onTerminated();
    },
  };
}
