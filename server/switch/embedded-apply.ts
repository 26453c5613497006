import type { HeaderList } from "../sip/types.ts";
import { causeWithHeard, reasonHeaderOf, statusOfCause } from "./causes.ts";
import type { Core, Leg } from "./embedded-core.ts";
import { recordFromAnswer } from "./embedded-recording.ts";
import { type LegEffect, type LegInput, stepLeg } from "./leg-machine.ts";

/** Feeds the leg's machine and carries out its effects; one log line per change of state. */
export function applyToLeg(core: Core, leg: Leg, input: LegInput): void {
  const from = leg.state.phase;
  const step = stepLeg(leg.state, input);
  if (!step) {
    core.log.debug({ legId: leg.legId, state: from, input: input.type }, "leg refuses");
    return;
  }
  leg.state = step.state;
  if (step.state.phase !== from)
    core.log.info({ legId: leg.legId, from, event: input.type, to: step.state.phase }, "leg");
  for (const effect of step.effects) perform(core, leg, effect, from === "answered");
}

function perform(core: Core, leg: Leg, effect: LegEffect, wasAnswered: boolean): void {
  const { legId, trunkId } = leg;
  switch (effect.do) {
    case "tell-progress": {
      const { sipStatus, ringing, earlyMedia } = effect;
      return core.emit({ type: "leg-progress", legId, sipStatus, ringing, earlyMedia, trunkId });
    }
    case "tell-answered":
      leg.ringTimer?.cancel();
      recordFromAnswer(core, leg);
      listen(core, leg);
      return core.emit({ type: "leg-answered", legId, trunkId });
    case "tell-failover": {
      const { cause, detail } = effect;
      return core.emit({
        type: "leg-failover",
        legId,
        trunkId: trunkId ?? 0,
        cause,
        sipStatus: detail?.sipStatus,
      });
    }
    case "cancel":
      for (const { call } of leg.attempts) call.withdraw(reasonHeaderOf(effect.cause));
      return;
    case "try-next":
      return leg.tryNext?.();
    case "release":
      return release(core, leg, effect, wasAnswered);
  }
}

/** What is listened for changes with the answer. */
function listen(core: Core, leg: Leg): void {
  const what = leg.request?.detect?.answered ?? [];
  if (leg.trunkId === undefined || !leg.request) return;
  const country = core.trunks.get(leg.trunkId)?.country ?? "";
  const manner = leg.request?.detect?.manner;
  leg.media?.detect(what.length > 0 ? { country, what, ...(manner && { manner }) } : null);
}

/** Signalling goes its own way from here: the leg is gone for the business whether or not the other side answers. */
function release(core: Core, leg: Leg, effect: LegEffect & { do: "release" }, wasAnswered: boolean): void {
  const { by, detail, signal } = effect;
  const cause = wasAnswered || leg.incoming ? effect.cause : causeWithHeard(effect.cause, leg.heard);
  leg.ringTimer?.cancel();
  core.rooms.drop(leg);
  core.legs.delete(leg.legId);
  const reasonHeader = reasonHeaderOf(cause);
  // A call that was cancelled occupies the carrier until it says 487.
  if (wasAnswered || leg.incoming) leg.releaseChannel?.();
  for (const { call, media } of leg.attempts) {
    core.ladder.release(call.callId);
    if (signal && wasAnswered) call.hangup({ reasonHeader });
    else if (signal) call.cancel(reasonHeader);
    media.close();
  }
  leg.attempts.clear();
  if (leg.incoming) {
    core.ladder.release(leg.incoming.callId);
    const headers: HeaderList = [["Reason", reasonHeader]];
    if (signal && wasAnswered) leg.incoming.hangup({ reasonHeader });
    else if (signal) leg.incoming.reject(statusOfCause(cause), undefined, headers);
    leg.media?.close();
  }
  core.emit({
    type: "leg-ended",
    legId: leg.legId,
    cause,
    by,
    ...detail,
    trunkId: leg.trunkId,
    stats: leg.stats,
  });
}
