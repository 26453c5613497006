/** What an agent does with the recording of a talk, and the notes they keep at its moments. */
import type { RecordAction } from "../../../shared/call-control.ts";
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { Queues } from "../queues/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { queueOf } from "./call-routing.ts";
import type { CallRunner } from "./runner.ts";

/** A pause that was forgotten ends by itself: a card number is told in less. */
const pauseMs = 120_000;
const pauseTone: Sound = { tones: [{ frequenciesHz: [1400], levelDbm0: -18, onMs: 200, offMs: 0 }] };

export interface RecordTalk {
  /** By policy. Errors: `recording-already` 409. */
  start(call: ActiveCall): Promise<void>;
  /** While paused the file has silence, so that its time stays the call's. Errors: `not-recording`, `recording-already` 409. */
  record(call: ActiveCall, userId: number, action: RecordAction): Promise<void>;
  note(call: ActiveCall, userId: number, text: string): void;
  /** The agent is there: a talk with a caller is recorded from here on, where its queue or campaign says so. */
  talkBegins(call: ActiveCall): void;
  /** Where another line is to be recorded from now on, it goes on there, in a file of its own; after a pause, with its end. */
  follow(call: ActiveCall): void;
}

export function createRecordTalk(deps: {
  switch: Pick<Switch, "startRecording" | "stopRecording" | "pauseRecording" | "play">;
  /** The leg whose two directions are the recording; undefined: it is not up. */
  recordedLeg: (call: ActiveCall) => string | undefined;
  /** Of all who are in a call. */
  legsIn: (call: ActiveCall) => readonly string[];
  /** The policy: whoever is on the line hears that a pause begins or ends. */
  tellsPauses: () => boolean;
  recordings: Recordings;
  queues: Pick<Queues, "queue">;
  runner: CallRunner;
  clock: Clock;
  log: Log;
}): RecordTalk {
  const { recordings, runner, clock, log } = deps;

  function tell(call: ActiveCall): void {
    if (!deps.tellsPauses()) return;
    for (const legId of deps.legsIn(call))
      deps.switch.play(legId, pauseTone, { overRoomDb: 0 }).catch((error: unknown) => {
        log.warn({ err: error, callId: call.id }, "the tone of a recording's pause could not be played");
      });
  }

  async function start(call: ActiveCall, data: Record<string, unknown>): Promise<void> {
    if (call.recording) throw conflict("recording-already", "This call is recorded already.");
    const legId = deps.recordedLeg(call);
    if (legId === undefined) throw conflict("party-not-here", "Their line is lost.");
    const at = clock.now();
    const recording = recordings.prepare(at);
    call.recording = { ...recording, legId };
    await deps.switch.startRecording(legId, recording.recordingId, recording.path);
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
    const legId = deps.recordedLeg(call);
    if (legId !== undefined) deps.switch.pauseRecording(legId, call.recording.recordingId, false);
    tell(call);
    runner.note(call, "recording-resumed", { data });
    runner.changed(call);
  }

  function isToRecord(call: ActiveCall): boolean {
    if (call.plan.direction !== "inbound" || call.recording) return false;
    const queueId = queueOf(call);
    const queue = typeof queueId === "number" ? deps.queues.queue(queueId) : undefined;
    return (queue ?? call.plan.campaign)?.record ?? true;
  }

  return {
    start: (call) => start(call, { policy: true }),
    talkBegins(call) {
      if (!isToRecord(call)) return;
      start(call, { policy: true }).catch((error: unknown) => {
        call.recording = null;
        log.error({ err: error, callId: call.id }, "the talk could not be recorded");
      });
    },
    follow(call) {
      const { recording } = call;
      const legId = deps.recordedLeg(call);
      if (!recording?.legId || legId === undefined || recording.legId === legId) return;
      if (call.recordingPausedUntil !== null) return;
      deps.switch.stopRecording(recording.legId, recording.recordingId);
      call.recording = null;
      start(call, { line: "replaced" }).catch((error: unknown) => {
        call.recording = null;
        log.error({ err: error, callId: call.id }, "the recording could not go on");
      });
    },
    async record(call, userId, action) {
      if (action === "start") return start(call, { userId });
      if (!call.recording) throw conflict("not-recording", "This call is not recorded.");
      const { recordingId } = call.recording;
      const legId = deps.recordedLeg(call);
      if (legId === undefined) throw conflict("party-not-here", "Their line is lost.");
      if (action === "resume") return resume(call, { userId });
      if (action === "pause") {
        call.recordingPausedUntil = clock.now() + pauseMs;
        runner.setTimer(call, "recording", pauseMs, () => resume(call, { limit: true }));
        deps.switch.pauseRecording(legId, recordingId, true);
        tell(call);
      } else {
        resume(call, { userId });
        deps.switch.stopRecording(legId, recordingId);
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
