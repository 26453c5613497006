/** What an agent does with the recording of a talk, and the notes they keep at its moments. */
import type { RecordAction } from "../../../shared/call-control.ts";
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Switch } from "../../switch/switch.ts";
import type { Recordings } from "../recordings/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

/** A pause that was forgotten ends by itself: a card number is told in less. */
const pauseMs = 120_000;

export interface RecordTalk {
  /** While paused the file has silence, so that its time stays the call's. Errors: `not-recording`, `recording-already` 409. */
  record(call: ActiveCall, userId: number, action: RecordAction): Promise<void>;
  note(call: ActiveCall, userId: number, text: string): void;
}

export function createRecordTalk(deps: {
  switch: Pick<Switch, "startRecording" | "stopRecording" | "pauseRecording">;
  recordings: Recordings;
  runner: CallRunner;
  clock: Clock;
}): RecordTalk {
  const { recordings, runner, clock } = deps;

  async function start(call: ActiveCall, data: Record<string, unknown>): Promise<void> {
    if (call.recording) throw conflict("recording-already", "This call is recorded already.");
    const at = clock.now();
    const recording = recordings.prepare(at);
    call.recording = recording;
    await deps.switch.startRecording(call.legId, recording.recordingId, recording.path);
    runner.note(call, "recording-started", {
      data: { ...data, recordingId: recording.recordingId },
      also: (tx) => recordings.begin(tx, { ...recording, callId: call.id, at }),
    });
    runner.changed(call);
  }

  function resume(call: ActiveCall, data: Record<string, unknown>): void {
    if (!call.recording || call.recordingPausedUntil === null) return;
    call.recordingPausedUntil = null;
    runner.clearTimer(call, "recording");
    deps.switch.pauseRecording(call.legId, call.recording.recordingId, false);
    runner.note(call, "recording-resumed", { data });
    runner.changed(call);
  }

  return {
    async record(call, userId, action) {
      if (action === "start") return start(call, { userId });
      if (!call.recording) throw conflict("not-recording", "This call is not recorded.");
      const { recordingId } = call.recording;
      if (action === "resume") return resume(call, { userId });
      if (action === "pause") {
        call.recordingPausedUntil = clock.now() + pauseMs;
        runner.setTimer(call, "recording", pauseMs, () => resume(call, { limit: true }));
        deps.switch.pauseRecording(call.legId, recordingId, true);
      } else {
        resume(call, { userId });
        deps.switch.stopRecording(call.legId, recordingId);
        call.recording = null;
      }
      runner.note(call, action === "pause" ? "recording-paused" : "recording-stopped", {
        data: { userId, recordingId },
      });
      return runner.changed(call);
    },
    note(call, userId, text) {
      runner.note(call, "note", {
        data: { userId, text, atMs: clock.now() - (call.answeredAt ?? call.plannedAt) },
      });
    },
  };
}
