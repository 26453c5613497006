/**
 * A caller leaves a message for one person: a notice, a tone, then what is said is recorded until they hang up or its
 * time is over. The recording and the row of the message stand in one transaction.
 *
 *   notice ── it was heard, or could not be played ──▶ recording ── hung up, or `longestMs` ──▶ over
 *      └── hung up: nothing is stored
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { customerId, isHeld } from "./parties.ts";
import type { CallRunner } from "./runner.ts";

export const longestMs = 180_000;

export interface Voicemail {
  /** Of a call that waits for somebody, or that an agent talks on. */
  send(call: ActiveCall, userId: number): void;
  begin(call: ActiveCall): void;
  played(call: ActiveCall, playbackId: string): void;
  /** A recording stands: who has it as a message is told. */
  stored(recordingId: string): void;
}

export function createVoicemail(deps: {
  switch: Pick<Switch, "play" | "startRecording" | "stopRecording">;
  agents: Pick<AgentRegistry, "notice">;
  recordings: Recordings;
  diversions: Pick<Diversions, "insertMessage" | "messagesChanged">;
  voicemailSound: (call: ActiveCall, userId: number) => Promise<Sound>;
  conversations: () => Conversations;
  runner: () => CallRunner;
  clock: Clock;
  log: Log;
}): Voicemail {
  const { recordings, diversions, runner, clock, log } = deps;
  const receivers = new Map<string, { userId: number; name: string }>();

  async function record(call: ActiveCall, userId: number): Promise<void> {
    if (call.core.state !== "message" || call.core.endedBy || !call.legUp) return;
    if (call.recording) deps.switch.stopRecording(call.legId, call.recording.recordingId);
    const at = clock.now();
    const recording = recordings.prepare(at);
    const { recordingId: id } = recording;
    call.recording = recording;
    receivers.set(id, { userId, name: call.plan.name });
    runner().note(call, "voicemail-recording", {
      data: { userId, recordingId: id },
      also: async (tx) => {
        await recordings.begin(tx, { ...recording, callId: call.id, at });
        const { phone, name } = call.plan;
        await diversions.insertMessage(tx, { id, userId, callId: call.id, phone, name, at: new Date(at) });
      },
    });
    await deps.switch.startRecording(call.legId, id, recording.path);
    runner().feed(call.id, { type: "heard" });
    runner().setTimer(call, "message", longestMs, () =>
      runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" }),
    );
  }

  function after(call: ActiveCall, userId: number): void {
    record(call, userId).catch((error: unknown) => {
      log.error({ err: error, callId: call.id }, "a message could not be recorded");
      runner().feed(call.id, { type: "hang-up", by: "system", cause: "error" });
    });
  }

  async function play(call: ActiveCall, userId: number): Promise<void> {
    const sound = await deps.voicemailSound(call, userId);
    if (call.core.state !== "message" || call.core.endedBy || !call.legUp) return;
    call.voicemail = { userId, playbackId: await deps.switch.play(call.legId, sound) };
  }

  return {
    send(call, userId) {
      if (call.core.state === "talking") deps.conversations().step(call, { type: "wait" });
      runner().feed(call.id, { type: "to-voicemail", userId }, { data: { userId } });
    },
    begin(call) {
      const userId = call.core.agentUserId;
      if (userId === null) return;
      call.voicemail = { userId, playbackId: null };
      // Off the music.
      if (isHeld(call.conversation))
        deps.conversations().step(call, { type: "hold", id: customerId, on: false });
      play(call, userId).catch((error: unknown) => {
        log.error({ err: error, callId: call.id }, "the notice could not be played");
        after(call, userId);
      });
    },
    played(call, playbackId) {
      if (call.voicemail?.playbackId === playbackId) after(call, call.voicemail.userId);
    },
    stored(recordingId) {
      const receiver = receivers.get(recordingId);
      if (!receiver) return;
      receivers.delete(recordingId);
      deps.agents.notice(receiver.userId, "stored-message", { name: receiver.name });
      diversions.messagesChanged(receiver.userId);
    },
  };
}
