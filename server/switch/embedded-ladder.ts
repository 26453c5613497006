import type { Clock } from "../kernel/clock.ts";
import type { SipTrace } from "../sip/types.ts";
import type { SwitchNews } from "./embedded-core.ts";
import type { LegId } from "./switch.ts";

/** Messages of a finished call still come for 32 s (RFC 3261 timers H and J: 64·T1). */
const lingerMs = 33_000;
const maxUnclaimed = 512;

/** Gives every SIP message of a leg to the ladder. */
export interface Ladder {
  trace(message: SipTrace): void;
  /** This Call-ID is this leg's; what was seen of it before is told now. */
  bind(callId: string, legId: LegId): void;
  /** The leg is over; late messages are still told for a while. */
  release(callId: string): void;
}

/**
 * The INVITE crosses the wire before the driver knows its Call-ID, so the first messages of unknown calls
 * wait in a short list. Registrations and probes belong to no leg and are not kept.
 */
export function createLadder(clock: Clock, emit: (news: SwitchNews) => void): Ladder {
  const legOf = new Map<string, LegId>();
  const unclaimed = new Map<string, SipTrace[]>();
  const ended: { callId: string; at: number }[] = [];

  const tell = (legId: LegId, { direction, local, remote, text }: SipTrace) =>
    emit({ type: "sip", legId, direction, local, remote, text });
  const forgetOld = () => {
    const limit = clock.now() - lingerMs;
    while (ended[0] && ended[0].at < limit) legOf.delete(ended.shift()!.callId);
  };

  return {
    trace(message) {
      const legId = legOf.get(message.callId);
      if (legId !== undefined) return tell(legId, message);
      const early = unclaimed.get(message.callId);
      if (early) return void early.push(message);
      if (!message.text.startsWith("INVITE ")) return;
      unclaimed.set(message.callId, [message]);
      if (unclaimed.size > maxUnclaimed) unclaimed.delete(unclaimed.keys().next().value!);
    },
    bind(callId, legId) {
      legOf.set(callId, legId);
      for (const message of unclaimed.get(callId) ?? []) tell(legId, message);
      unclaimed.delete(callId);
    },
    release(callId) {
      ended.push({ callId, at: clock.now() });
      forgetOld();
    },
  };
}
