/**
 * A caller leaves a message in somebody's box: its greeting, a tone, then what is said is recorded until they hang up or its
 * time is over. The recording and the row of the message stand in one transaction.
 *
 *   opening ── has room ──▶ greeting ── it was heard, or could not be played ──▶ recording ── hung up, or `longestMs` ──▶ over
 *      │                       ├── `*`: the leg is the voicemail menu's
 *      │                       └── hung up: nothing is stored                                                         ▲
 *      └── full, or gone ──▶ turned away ── the notice was heard ─────────────────────────────────────────────────────┘
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Greetings } from "../greetings/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { BoxRef, Mailboxes, OpenBox } from "../voicemail/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { customerId, isHeld } from "./parties.ts";
import type { CallRunner } from "./runner.ts";
import { languageOf, voicemailFullNotice, voicemailTone } from "./sounds.ts";

/** Where a caller stands who leaves a message. */
export interface VoicemailCall {
  /** Null: it is asked for. */
  ref: BoxRef | null;
  /** What is played before the recording. */
  playbackId: string | null;
  /** Undefined: nothing can be left. */
  box: OpenBox | undefined;
}

export interface Voicemail {
  /** Of a call that waits for somebody, or that an agent talks on. */
  send(call: ActiveCall, ref: BoxRef): void;
  /** Of a caller who wants to hear the messages of a box. */
  ask(call: ActiveCall): void;
  begin(call: ActiveCall): void;
  /** `*` over the greeting asks for the box's messages; false: a key means nothing here. */
  pressed(call: ActiveCall, key: string): boolean;
  played(call: ActiveCall, playbackId: string): void;
  /** A recording stands: who has it as a message is told. */
  stored(recordingId: string): void;
}

const goesOn = ({ core, legUp }: ActiveCall) => core.state === "message" && !core.endedBy && legUp;

export function createVoicemail(deps: {
  switch: Pick<Switch, "play" | "stopPlayback" | "startRecording" | "stopRecording">;
  agents: Pick<AgentRegistry, "notice">;
  recordings: Recordings;
  mailboxes: Mailboxes;
  greetings: Pick<Greetings, "soundFor">;
  voicemailNotice: (call: ActiveCall, userId: number | null) => Promise<Sound>;
  /** What is keyed on this leg is a menu's alone. */
  giveAway: (legId: string) => void;
  conversations: () => Conversations;
  runner: () => CallRunner;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Voicemail {
  const { recordings, mailboxes, runner, clock, log } = deps;
  /** Names of those who left a message, by its recording. */
  const callers = new Map<string, string>();
  const end = (call: ActiveCall, cause: "normal" | "error") =>
    runner().feed(call.id, { type: "hang-up", by: "system", cause });

  async function record(call: ActiveCall, { ref, box }: VoicemailCall): Promise<void> {
    if (!goesOn(call) || !box || !ref) return;
    if (call.recording) deps.switch.stopRecording(call.legId, call.recording.recordingId);
    const at = clock.now();
    const recording = recordings.prepare(at);
    const { recordingId: id } = recording;
    const { phone, name } = call.plan;
    call.recording = recording;
    callers.set(id, name);
    // Whose line is gone meanwhile leaves no message, and no row of one.
    await deps.switch.startRecording(call.legId, id, recording.path);
    runner().note(call, "voicemail-recording", {
      data: { ...ref, recordingId: id },
      also: async (tx) => {
        await recordings.begin(tx, { ...recording, callId: call.id, at });
        await mailboxes.insertMessage(tx, ref, { id, callId: call.id, phone, name, at: new Date(at) });
      },
    });
    runner().feed(call.id, { type: "heard" });
    runner().setTimer(call, "message", box.longestMs, () => end(call, "normal"));
  }

  /** Nothing can be left, and that was said. */
  function turnedAway(call: ActiveCall): void {
    if (goesOn(call)) end(call, "normal");
  }

  function after(call: ActiveCall, state: VoicemailCall): void {
    if (!state.box) return turnedAway(call);
    record(call, state).catch((error: unknown) => {
      log.error({ err: error, callId: call.id }, "a message could not be recorded");
      end(call, "error");
    });
  }

  async function open(call: ActiveCall, state: VoicemailCall, ref: BoxRef): Promise<void> {
    const box = await mailboxes.open(ref);
    if (!goesOn(call)) return;
    state.box = box?.full ? undefined : box;
    const { phone } = call.plan;
    let sound: Sound = voicemailFullNotice(phone);
    if (state.box) {
      const { greeting } = state.box;
      const notice = () => deps.voicemailNotice(call, "userId" in ref ? ref.userId : null);
      const { customerId } = call;
      const own = await deps.greetings.soundFor("voicemail", { customerId, language: languageOf(phone) });
      if (own) runner().note(call, "greeted", { data: { rule: own.name } });
      const usual = greeting === null ? await notice() : { file: greeting };
      sound = { sequence: [...(own ? [own.sound] : []), usual, voicemailTone] };
      if (!goesOn(call)) return;
    } else runner().note(call, "voicemail-full", { data: { ...ref, gone: box === undefined } });
    state.playbackId = await deps.switch.play(call.legId, sound);
  }

  /** From here on the leg is a menu's; what is keyed on it is in no recording. */
  function giveAway(call: ActiveCall, box: BoxRef | null): void {
    const { phone, tellsOfBox } = call.plan;
    if (call.recording) deps.switch.stopRecording(call.legId, call.recording.recordingId);
    deps.giveAway(call.legId);
    const calledOut = tellsOfBox !== undefined;
    deps.events.publish("voicemail.asked", {
      legId: call.legId,
      phone,
      language: languageOf(phone),
      box: calledOut ? { boxId: tellsOfBox } : box,
      calledOut,
    });
  }

  async function tell(recordingId: string, name: string): Promise<void> {
    for (const userId of await mailboxes.stored(recordingId))
      deps.agents.notice(userId, "stored-message", { name });
  }

  return {
    send(call, ref) {
      if (call.core.state === "talking") deps.conversations().step(call, { type: "wait" });
      const before = call.voicemail;
      call.voicemail = { ref, playbackId: null, box: undefined };
      const userId = "userId" in ref ? ref.userId : null;
      if (!runner().feed(call.id, { type: "to-voicemail", userId }, { data: { ...ref } }))
        call.voicemail = before;
    },
    ask(call) {
      call.voicemail = { ref: null, playbackId: null, box: undefined };
      runner().feed(call.id, { type: "to-voicemail", userId: null });
    },
    pressed(call, key) {
      const state = call.voicemail;
      if (key !== "*" || !goesOn(call) || !state?.ref || state.playbackId === null) return false;
      deps.switch.stopPlayback(call.legId, state.playbackId);
      state.playbackId = null;
      giveAway(call, state.ref);
      return true;
    },
    begin(call) {
      const state = call.voicemail;
      if (!state) return;
      const { ref } = state;
      if (!ref) return giveAway(call, null);
      // Off the music.
      if (isHeld(call.conversation))
        deps.conversations().step(call, { type: "hold", id: customerId, on: false });
      open(call, state, ref).catch((error: unknown) => {
        log.error({ err: error, callId: call.id }, "the greeting could not be played");
        after(call, state);
      });
    },
    played(call, playbackId) {
      if (call.voicemail?.playbackId !== playbackId) return;
      call.voicemail.playbackId = null;
      after(call, call.voicemail);
    },
    stored(recordingId) {
      const name = callers.get(recordingId);
      if (name === undefined) return;
      callers.delete(recordingId);
      tell(recordingId, name).catch((error: unknown) => {
        log.error({ err: error, recordingId }, "nobody could be told of a message");
      });
    },
  };
}
