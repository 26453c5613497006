import type { SipCore } from "./core.ts";
import type { SipResponse } from "./message.ts";
import { t1, t2, timeoutMs } from "./transaction-timers.ts";
import type { ServerTransaction } from "./transaction-server.ts";

/** A 2xx to an INVITE that waits for its ACK. */
export interface PendingAnswer {
  readonly seq: number;
  /** We offered: the ACK brings the peer's answer (RFC 3261 §13.2.1). */
  readonly isOffer: boolean;
  /** The ACK came, or it no longer matters. */
  stop(): void;
}

/**
 * Sends a 2xx and repeats it, also on reliable transports, from T1 doubling to T2 until `stop`
 * (RFC 3261 §13.3.1.4); after 64·T1 without ACK `onTimeout` is called.
 */
export function sendAnswer(
  core: SipCore,
  transaction: ServerTransaction,
  response: SipResponse,
  seq: number,
  isOffer: boolean,
  onTimeout: () => void,
): PendingAnswer {
  let interval = t1;
  const repeat = () => {
    transaction.respond(response);
    interval = Math.min(interval * 2, t2);
    timer = core.clock.after(interval, repeat);
  };
  transaction.respond(response);
  let timer = core.clock.after(interval, repeat);
  const limit = core.clock.after(timeoutMs, () => {
    timer.cancel();
    onTimeout();
  });
  return {
    seq,
    isOffer,
    stop() {
      timer.cancel();
      limit.cancel();
    },
  };
}
