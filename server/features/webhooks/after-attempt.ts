/**
 * What follows an attempt to deliver, pure. Two troubles are told apart, for what cures one makes the other worse:
 *
 *   answer                              trouble is        what happens
 *   2xx                                 none              delivered; the address is well
 *   410                                 the address       it is turned off, its owner told
 *   408, 425, 429, 502, 503, 504,       the address       everything for it waits, in order, longer each time; nothing is
 *   none (network, timeout)                               given up for three days
 *   any other (a redirect, 400, 500 …)  this event        it waits by itself and is given up after six tries, so that one
 *                                                         event that a receiver cannot read does not stop the others
 */
export type Answer = { status: number; retryAfterMs?: number | undefined } | { error: "network" | "timeout" };

export type Verdict =
  | { is: "delivered" }
  | { is: "gone" }
  | { is: "address-down"; waitMs: number }
  | { is: "event-refused"; waitMs: number }
  | { is: "given-up" };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const addressWaits = [second, 5 * second, 15 * second, minute, 5 * minute, 15 * minute, hour];
const eventWaits = [5 * second, 30 * second, 2 * minute, 10 * minute, hour];
/** Nothing that happened longer ago is sent. */
export const tooOldMs = 72 * hour;

const addressTroubles = new Set([408, 425, 429, 502, 503, 504]);

/**
 * `attempts`: of this event, this one included; `failures`: of the address in a row before this attempt. A `Retry-After` is
 * heeded up to an hour.
 */
export function afterAttempt(
  answer: Answer,
  { attempts, failures }: { attempts: number; failures: number },
): Verdict {
  if ("status" in answer && answer.status >= 200 && answer.status < 300) return { is: "delivered" };
  if ("status" in answer && answer.status === 410) return { is: "gone" };
  if ("error" in answer || addressTroubles.has(answer.status)) {
    const own = addressWaits[Math.min(failures, addressWaits.length - 1)]!;
    const asked = "status" in answer ? Math.min(answer.retryAfterMs ?? 0, hour) : 0;
    return { is: "address-down", waitMs: Math.max(own, asked) };
  }
  const wait = eventWaits[attempts - 1];
  return wait === undefined ? { is: "given-up" } : { is: "event-refused", waitMs: wait };
}
