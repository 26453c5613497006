/**
 * Calls of a class may last so long (`settings.callLimits`): a while before the end its agents hear a tone and read how long
 * they have, then the call ends with the cause `time-limit`. The customer hears nothing of it before.
 *
 *   connected ── limit - warning ──▶ warned ── warning ──▶ ended
 *       └─────────── over by itself, or sent to a line: nothing ─────────┘
 */
import type { CallOrigin } from "../../../shared/calls.ts";
import type { CallClass, Settings } from "../../../shared/settings.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

const warningTone: Sound = { tones: [{ frequenciesHz: [1400], levelDbm0: -16, onMs: 150, offMs: 150 }] };

const classes: Partial<Record<CallOrigin, CallClass>> = {
  manual: "manual",
  inbound: "inbound",
  transfer: "outside",
};
export const classOf = (origin: CallOrigin): CallClass => classes[origin] ?? "campaign";

export function limitCalls(deps: {
  switch: Pick<Switch, "play">;
  runner: CallRunner;
  legsOfAgents: (call: ActiveCall) => readonly string[];
  limits: () => Pick<Settings, "callLimits" | "callLimitWarningSeconds">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): () => void {
  const { runner, clock } = deps;

  function end(call: ActiveCall): void {
    if (call.core.state !== "talking") return;
    runner.note(call, "time-limit");
    runner.feed(call.id, { type: "hang-up", by: "system", cause: "time-limit" });
  }

  function warn(call: ActiveCall, leftMs: number): void {
    if (call.core.state !== "talking" || call.core.endedBy) return;
    call.endsAt = clock.now() + leftMs;
    runner.note(call, "limit-warning", { data: { leftMs } });
    // A number that was brought to a talk has its agents there.
    const talk = call.plan.forCallId === undefined ? call : runner.get(call.plan.forCallId);
    for (const legId of talk ? deps.legsOfAgents(talk) : [])
      deps.switch.play(legId, warningTone, { repeat: 2, overRoomDb: 0 }).catch((error: unknown) => {
        deps.log.warn({ err: error, callId: call.id }, "the warning tone could not be played");
      });
    runner.setTimer(call, "limit", leftMs, () => end(call));
    runner.changed(call);
  }

  return deps.events.on("call.changed", ({ call: { id }, from }) => {
    const call = runner.get(id);
    // A talk that goes on with somebody else has the time that it had.
    if (!call || call.core.state !== "talking" || from === "talking" || call.timers.has("limit")) return;
    if (isInternal(call)) return;
    const { callLimits, callLimitWarningSeconds } = deps.limits();
    const limit = callLimits[classOf(call.plan.origin)];
    if (limit === null) return;
    const leftMs = Math.max(0, (call.connectedAt ?? clock.now()) + limit * 1000 - clock.now());
    const warningMs = Math.min(callLimitWarningSeconds * 1000, leftMs);
    runner.setTimer(call, "limit", leftMs - warningMs, () => warn(call, warningMs));
  });
}
