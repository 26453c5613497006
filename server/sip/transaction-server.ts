import type { Clock } from "../kernel/clock.ts";
import type { SipCounts } from "./counts.ts";
import { formatMessage, type SipResponse } from "./message.ts";
import type { ReceivedRequest } from "./received.ts";
import { responseTarget } from "./response.ts";
import { inviteServerMachine, type ServerAction, serverMachine } from "./transaction-machines.ts";
import { type TimerName, transactionTimers } from "./transaction-timers.ts";
import { isReliable } from "./transport.ts";
import type { SipTarget } from "./types.ts";

export interface ServerTransaction {
  readonly key: string;
  /** Sends a response; after a final one only an INVITE's 2xx may be sent again. */
  respond(response: SipResponse): void;
  /** The ACK of our refusal never came, or the wire is gone. */
  onFailed(listener: (cause: "no-ack" | "transport") => void): void;
  /** The call is over: nobody is to be told anything. */
  settle(): void;
  /** The request again, or the ACK to a refusal. */
  receive(method: string): void;
  readonly isOver: boolean;
  /** No refusal has gone out. */
  readonly isOpen: boolean;
  /** A 2xx went out: the ACK is the upper layer's, whatever branch it carries (RFC 6026 §7.1). */
  readonly hasAccepted: boolean;
}

interface Options {
  key: string;
  request: ReceivedRequest;
  clock: Clock;
  counts: SipCounts;
  send: (data: Buffer, callId: string, target: SipTarget, failed: (error: Error) => void) => void;
  onTerminated: () => void;
}

/** Runs one server transaction. It keeps the bytes of the last response, never the request. */
export function startServerTransaction(options: Options): ServerTransaction {
  const { callId } = options.request;
  const isInvite = options.request.message.method === "INVITE";
  const target = responseTarget(options.request.via, options.request.source);
  const { key, clock, send, onTerminated } = options;
  let state: string = isInvite ? "proceeding" : "trying";
  let last: Buffer | undefined;
  let failed: ((cause: "no-ack" | "transport") => void) | undefined;
  const timers = transactionTimers(clock, isReliable(target.transport), () => false);
  const table = (isInvite ? inviteServerMachine : serverMachine) as Record<
    string,
    Record<string, readonly [string, ...ServerAction[]] | "ignore">
  >;

  function perform(action: ServerAction): void {
    if (action === "send") {
      if (last) send(last, callId, target, () => step("transport-error"));
    } else if (action === "no-ack") failed?.("no-ack");
    else if (action === "transport-failed") failed?.("transport");
    else if (action === "stop-timers") timers.stop();
    else {
      const name = action.slice("start-".length) as TimerName;
      timers.start(name, () => step(name));
    }
  }

  function step(event: string, bytes?: Buffer): void {
    const next = table[state]?.[event];
    if (next === undefined || next === "ignore") return;
    const [to, ...actions] = next;
    if (bytes) last = bytes;
    state = to;
    if (to === "terminated") {
      timers.stop();
      onTerminated();
    }
    if (event === "G") options.counts.retransmissions += 1;
    for (const action of actions) perform(action);
    // The 2xx is repeated from above, never from here (RFC 6026 §7.1).
    if (to === "accepted") last = undefined;
  }

  return {
    key,
    get isOver() {
      return state === "terminated";
    },
    get isOpen() {
      return state === "trying" || state === "proceeding" || state === "accepted";
    },
    get hasAccepted() {
      return state === "accepted";
    },
    respond(response) {
      const { status } = response;
      const final = isInvite ? (status < 300 ? "send-2xx" : "send-3xx-6xx") : "send-final";
      step(status < 200 ? "send-1xx" : final, formatMessage(response));
    },
    onFailed: (listener) => void (failed = listener),
    settle: () => void (failed = undefined),
    receive: (method) => step(method === "ACK" ? "ack" : "request"),
  };
}
