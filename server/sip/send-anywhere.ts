import { reasonOf } from "../kernel/errors.ts";
import type { SipCore } from "./core.ts";
import { parseDecimal } from "./grammar.ts";
import { header } from "./message.ts";
import { type Outcome, stackOutcome } from "./send-request.ts";
import type { SipDestination, SipTarget } from "./types.ts";

/** Did this target fail to take the request, so that the next one is to be tried (RFC 3263 §4.3)? */
export const isTargetTrouble = (outcome: Pick<Outcome, "status" | "received">) =>
  outcome.received === undefined || outcome.status === 503;

/** Seconds of a Retry-After (RFC 3261 §20.33). */
export const retryAfterOf = (outcome: Pick<Outcome, "received">): number =>
  parseDecimal(
    /^\d+/.exec((outcome.received && header(outcome.received.message, "Retry-After")) ?? "")?.[0],
    2 ** 31,
  ) ?? 0;

/**
 * Sends to the first target of a destination that takes it: on silence, a broken wire or 503 the next is tried
 * (RFC 3263 §4.3). `send` builds the request anew for each. The last outcome, and where it came from; never rejects.
 */
export async function sendAnywhere(
  core: SipCore,
  destination: SipDestination,
  send: (target: SipTarget) => Promise<Outcome>,
): Promise<{ outcome: Outcome; target: SipTarget | undefined }> {
  let targets: SipTarget[];
  try {
    targets = await core.locator.find(destination);
  } catch (error) {
    return { outcome: stackOutcome(503, reasonOf(error)), target: undefined };
  }
  for (const [index, target] of targets.entries()) {
    const outcome = await send(target);
    const failed = isTargetTrouble(outcome);
    if (failed) core.locator.failed(target, retryAfterOf(outcome));
    else core.locator.worked(target);
    if (!failed || index === targets.length - 1) return { outcome, target };
  }
  return { outcome: stackOutcome(503), target: undefined };
}
