/** Whatever the switch tells, said to the part it is about: a trunk, a ladder, an agent's line, a customer's leg. */
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { RecordingResult, Switch, SwitchEvent } from "../../switch/switch.ts";
import type { ActiveCall } from "./active-call.ts";
import type { createAgentKeys } from "./agent-keys.ts";
import type { Ladder } from "./ladder.ts";
import type { OwnLines } from "./lines.ts";
import type { QualityWatch } from "./quality.ts";
import { type CustomerLegDeps, logStray, onCustomerLeg, onFirstAudio, onSip } from "./switch-events.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { TestLines } from "./test-lines.ts";
import type { Transfers } from "./transfers.ts";

type Incoming = SwitchEvent & { type: "leg-incoming" };

/** Takes every event of the switch; throws nothing: what breaks is logged. */
export function fromSwitch(
  deps: CustomerLegDeps & {
    switch: Pick<Switch, "hangup">;
    database: Database;
    legs: AgentLegs;
    lines: OwnLines;
    ladder: Ladder;
    quality: QualityWatch;
    transfers: Transfers;
    testLines: TestLines;
    callOfAgent: (userId: number) => ActiveCall | undefined;
    incoming: (event: Incoming) => Promise<void>;
    pressed: ReturnType<typeof createAgentKeys>["pressed"];
    heard: (call: ActiveCall) => void;
    /** Every step so far is committed. */
    written: () => Promise<void>;
    events: EventBus;
    log: Log;
  },
): (event: SwitchEvent) => void {
  const { runner, recordings, legs, early, quality, log } = deps;

  /** The call is closed and forgotten; its rows stand. */
  async function finishOrphan(result: RecordingResult): Promise<void> {
    const verdict = await recordings.examine(result);
    await deps.written();
    await deps.database.transact((tx) => recordings.finish(tx, result.recordingId, verdict));
    deps.voicemail.stored(result.recordingId);
  }

  function arrived(event: Incoming): void {
    deps.incoming(event).catch((error: unknown) => {
      log.error({ err: error, legId: event.legId }, "an incoming call failed");
      deps.switch.hangup(event.legId, "error");
    });
  }

  function take(event: SwitchEvent): void {
    if (event.type === "trunk") return deps.events.publish("trunk.status", event.status);
    if (event.type === "sip")
      return onSip({ ...deps, callOfAgent: (userId) => deps.callOfAgent(userId)?.id ?? null }, event);
    if (event.type === "leg-incoming") return arrived(event);
    if (event.type === "leg-first-audio") return onFirstAudio(deps, event);
    if (deps.testLines.onSwitchEvent(event)) return;
    quality.onSwitchEvent(event);
    if (event.type === "leg-stats" || event.type === "leg-trouble" || deps.lines.onSwitchEvent(event)) return;
    if (event.type === "leg-transfer-requested") return deps.transfers.asked(event);
    if (event.type === "recording-ended" && early.ended(event.result, event.at)) return;
    if (event.type === "leg-dtmf" && deps.pressed(event)) return;
    legs.onSwitchEvent(event);
    if (event.type === "endpoint") return;
    const call = runner.byLeg(event.legId);
    if (call) onCustomerLeg(deps, call, event);
    else if (event.type === "recording-ended")
      finishOrphan(event.result).catch((error: unknown) =>
        log.error({ err: error, recordingId: event.result.recordingId }, "a recording's end was not written"),
      );
    else if (legs.userOf(event.legId) === undefined) logStray(log, event);
  }

  return (event) => {
    try {
      take(event);
    } catch (error) {
      log.error({ err: error, event: event.type }, "an event of the switch broke");
    }
  };
}
