import type { Timer } from "../kernel/clock.ts";
import type { SipCore } from "./core.ts";
import { header, type SipResponse } from "./message.ts";
import type { ReceivedRequest } from "./received.ts";
import { t1, timeoutMs } from "./transaction-timers.ts";
import type { ServerTransaction } from "./transaction-server.ts";

/** Reliable provisional responses of one INVITE (RFC 3262 §3), one at a time. */
export interface ReliableProvisional {
  send(response: SipResponse): void;
  /** Does this PRACK name what waits for it? Then it is not repeated any more. */
  acknowledge(prack: ReceivedRequest): boolean;
  /** The PRACK is answered: the next response may go out. */
  proceed(): void;
  readonly isWaiting: boolean;
  stop(): void;
}

export function createReliableProvisional(
  core: SipCore,
  transaction: ServerTransaction,
  inviteSeq: number,
  events: { onClear(): void; onTimeout(): void },
): ReliableProvisional {
  let rseq = 1 + Math.floor(core.random.next() * 2 ** 30);
  const queue: SipResponse[] = [];
  let waiting: { rack: string; timers: Timer[]; isAcknowledged: boolean } | undefined;

  function next(): void {
    const response = queue.shift();
    if (!response) return events.onClear();
    const number = rseq++;
    const headers: SipResponse["headers"] = [
      ...response.headers,
      ["Require", "100rel"],
      ["RSeq", String(number)],
    ];
    const reliable = { ...response, headers };
    let interval = t1;
    const repeat = () => {
      transaction.respond(reliable);
      interval *= 2;
      current.timers[0] = core.clock.after(interval, repeat);
    };
    const limit = core.clock.after(timeoutMs, () => {
      stop();
      events.onTimeout();
    });
    const current = {
      rack: `${number} ${inviteSeq} INVITE`,
      timers: [core.clock.after(interval, repeat), limit],
      isAcknowledged: false,
    };
    waiting = current;
    transaction.respond(reliable);
  }

  function release(): void {
    for (const timer of waiting?.timers ?? []) timer.cancel();
    waiting = undefined;
  }

  function stop(): void {
    release();
    queue.length = 0;
  }

  return {
    get isWaiting() {
      return waiting !== undefined || queue.length > 0;
    },
    send(response) {
      queue.push(response);
      if (!waiting) next();
    },
    acknowledge(prack) {
      const rack = (header(prack.message, "RAck") ?? "").trim().replace(/\s+/g, " ");
      if (!waiting || waiting.isAcknowledged || rack !== waiting.rack) return false;
      for (const timer of waiting.timers) timer.cancel();
      waiting.isAcknowledged = true;
      return true;
    },
    proceed() {
      release();
      next();
    },
    stop,
  };
}
