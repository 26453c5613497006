/**
 * Callers who are led by something else than an agent until somebody has them (an IVR flow): what it may do with a call,
 * and what it hears of it. The call is in `message` while the guide speaks, in `waiting` while it waits for people.
 *
 *   message ── to a line, an agent, a number ──▶ waiting ── somebody takes them ──▶ `taken`
 *      ▲                                           │
 *      └───────────── nobody does: `back` ─────────┘
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { Recordings } from "../recordings/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRouting } from "./call-routing.ts";
import { type Guidance, type GuidedCall, type GuideOf, type GuideTarget, longestSaidMs } from "./guide.ts";
import type { Messages } from "./messages.ts";
import type { Personal } from "./personal.ts";
import type { InviteNumber } from "./outside-party.ts";
import { promiseCallback } from "./promise-callback.ts";
import type { Refusal } from "../queues/index.ts";
import type { CallRunner } from "./runner.ts";
import { voicemailTone } from "./sounds.ts";
import type { Voicemail } from "./voicemail.ts";
import { type Patience, utterance } from "./utterance.ts";

export interface Guided extends Disposable {
  /** Who leads callers before anybody has them; asked for each call that comes in. */
  guideBy(guideOf: GuideOf): void;
  guideOf: GuideOf;
  begin(call: ActiveCall): void;
  /** False: no guide listens. */
  key(call: ActiveCall, key: string): boolean;
  playbackEnded(call: ActiveCall, playbackId: string): void;
  /** The call waits for whom the guide chose; false: by the way of every call. */
  route(call: ActiveCall): boolean;
  /** Nobody took them; false: no guide asked for that. */
  back(call: ActiveCall, why?: Refusal | "chosen"): boolean;
  /** They are out of the wait. */
  returned(call: ActiveCall): void;
  left(call: ActiveCall): void;
}

/** Sent to a queue that is left where nobody of it is signed in. */
export const isUnlessEmpty = ({ guidance }: ActiveCall): boolean =>
  guidance !== null && !guidance.done && guidance.to?.kind === "line" && guidance.to.unlessEmpty;

const isLed = (call: ActiveCall) => call.guidance !== null && !call.guidance.done;

export function createGuided(deps: {
  switch: Pick<Switch, "play" | "stopPlayback" | "startRecording" | "stopRecording" | "tap">;
  runner: CallRunner;
  messages: Pick<Messages, "music" | "unqueue">;
  personal: Personal;
  voicemail: Voicemail;
  inviteNumber: InviteNumber;
  routing: () => Pick<CallRouting, "left">;
  recordings: Recordings;
  country: () => string;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Guided {
  const { runner, recordings, clock, log } = deps;
  let guideOf: GuideOf | undefined;

  function hush(call: ActiveCall, guidance: Guidance): void {
    guidance.turn++;
    runner.clearTimer(call, "guide-said");
    if (guidance.playing && call.legUp) deps.switch.stopPlayback(call.legId, guidance.playing.id);
    guidance.playing = null;
  }

  async function play(
    call: ActiveCall,
    guidance: Guidance,
    sound: () => Promise<Sound | null>,
    over: () => void,
    repeat?: "forever",
  ): Promise<void> {
    const { turn } = guidance;
    const isNow = () => guidance.turn === turn && call.legUp;
    const made = await sound();
    if (!isNow()) return;
    if (made === null) return over();
    const id = await deps.switch.play(call.legId, made, repeat && { repeat });
    if (isNow()) guidance.playing = { id, over };
    else deps.switch.stopPlayback(call.legId, id);
  }

  function say(
    call: ActiveCall,
    guidance: Guidance,
    sound: () => Promise<Sound | null>,
    then: () => void,
  ): void {
    hush(call, guidance);
    const { turn } = guidance;
    const over = () => {
      if (guidance.turn !== turn) return;
      guidance.playing = null;
      guidance.turn++;
      runner.clearTimer(call, "guide-said");
      then();
    };
    runner.setTimer(call, "guide-said", longestSaidMs, over);
    play(call, guidance, sound, over).catch((error: unknown) => {
      log.error({ err: error, callId: call.id }, "a caller could not be spoken to");
      runner.note(call, "message-prompt-failed");
      over();
    });
  }

  /** What somebody who waits for a telephone to ring hears. */
  function ringback(call: ActiveCall, guidance: Guidance): void {
    hush(call, guidance);
    const sound = { signal: "ringback", country: deps.country() } as const;
    play(
      call,
      guidance,
      async () => sound,
      () => undefined,
      "forever",
    ).catch((error: unknown) => log.debug({ err: error, callId: call.id }, "no ringback"));
  }

  function send(call: ActiveCall, guidance: Guidance, to: GuideTarget): void {
    hush(call, guidance);
    guidance.to = to;
    if (to.kind === "line") {
      call.queueOf = to.queueId ?? "anybody";
      call.waitMs = to.waitMs;
      if (to.queueId !== null) runner.setTimer(call, "guide", to.waitMs, () => back(call, "too-long"));
    }
    runner.feed(call.id, { type: "to-agent" }, { data: to.kind === "number" ? { to: "number" } : { ...to } });
    if (to.kind === "line" && to.queueId === null && call.core.state === "waiting") deps.messages.music(call);
  }

  async function record(call: ActiveCall, over: (recordingId: string | null) => void): Promise<void> {
    const at = clock.now();
    const recording = recordings.prepare(at);
    call.recording = recording;
    const { recordingId } = recording;
    runner.note(call, "recording-started", {
      data: { recordingId },
      also: (tx) => recordings.begin(tx, { ...recording, callId: call.id, at }),
    });
    await deps.switch.startRecording(call.legId, recordingId, recording.path);
    over(recordingId);
  }

  function stopRecording(call: ActiveCall): void {
    if (!call.recording) return;
    if (call.legUp) deps.switch.stopRecording(call.legId, call.recording.recordingId);
    call.recording = null;
  }

  async function listen(
    call: ActiveCall,
    guidance: Guidance,
    patience: Patience,
    over: (said: Int16Array) => void,
  ): Promise<void> {
    const listening = ++guidance.listening;
    const heard = utterance(patience);
    const end = () => {
      if (guidance.listening !== listening) return;
      guidance.listening++;
      runner.clearTimer(call, "guide");
      over(heard.said());
    };
    // A line without any packets tells no time.
    runner.setTimer(call, "guide", patience.waitMs + patience.longestMs, end);
    for await (const { samples } of deps.switch.tap(call.legId)) {
      if (guidance.listening !== listening) return;
      if (heard.push(samples)) return end();
    }
  }

  function handOf(call: ActiveCall, guidance: Guidance): GuidedCall {
    const ifLed = (act: () => void) => {
      if (isLed(call)) act();
    };
    return {
      callId: call.id,
      say: (sound, over) => ifLed(() => say(call, guidance, sound, over)),
      hush: () => hush(call, guidance),
      wait: (ms, run) => ifLed(() => runner.setTimer(call, "guide", ms, run)),
      limit: (ms, run) => ifLed(() => runner.setTimer(call, "guide-limit", ms, run)),
      note: (type, data, also) => runner.note(call, type, { data, also }),
      send: (to) => ifLed(() => send(call, guidance, to)),
      voicemail: (ref) => ifLed(() => deps.voicemail.send(call, ref)),
      record: (over) =>
        say(
          call,
          guidance,
          async () => voicemailTone,
          () => {
            record(call, over).catch((error: unknown) => {
              log.error({ err: error, callId: call.id }, "a caller could not be recorded");
              over(null);
            });
          },
        ),
      stopRecording: () => stopRecording(call),
      listen: (patience, over) =>
        ifLed(() => {
          listen(call, guidance, patience, over).catch((error: unknown) =>
            // Its time ends it.
            log.error({ err: error, callId: call.id }, "a caller is not listened to"),
          );
        }),
      stopListening: () => {
        guidance.listening++;
        runner.clearTimer(call, "guide");
      },
      callback: (afterMinutes) => promiseCallback({ runner, clock }, call, afterMinutes),
      heard: () => {
        if (!call.core.heard && call.core.state === "message") runner.feed(call.id, { type: "heard" });
      },
      hangUp: () => void runner.feed(call.id, { type: "hang-up", by: "system", cause: "normal" }),
    };
  }

  function back(call: ActiveCall, why?: Refusal | "chosen"): boolean {
    const { guidance } = call;
    if (!guidance || !isLed(call) || guidance.to === null || call.core.state !== "waiting") return false;
    runner.clearTimer(call, "wait");
    runner.clearTimer(call, "guide");
    deps
      .routing()
      .left(call, { how: "overflowed", agentUserId: null, detail: { to: "flow", ...(why && { why }) } });
    guidance.why = why;
    return runner.feed(call.id, { type: "no-agent" });
  }

  const stop = deps.events.on("call.changed", ({ call: { id, core }, from }) => {
    const call = core.state === from ? undefined : runner.get(id);
    if (!call?.guidance || call.guidance.done) return;
    const { guidance } = call;
    const isTaken = core.state === "connecting" || core.state === "talking";
    if (!isTaken) return;
    guidance.done = true;
    hush(call, guidance);
    runner.clearTimer(call, "guide");
    runner.clearTimer(call, "guide-limit");
    deps.messages.unqueue(call);
    guidance.guide.taken();
  });

  return {
    guideBy: (next) => void (guideOf = next),
    guideOf: async (arrival) => guideOf?.(arrival),
    begin(call) {
      const { guidance } = call;
      if (guidance) guidance.guide.begin(handOf(call, guidance));
    },
    key(call, key) {
      if (!call.guidance || !isLed(call) || call.voicemail) return false;
      call.guidance.guide.key(key);
      return true;
    },
    playbackEnded(call, playbackId) {
      if (call.guidance?.playing?.id === playbackId) call.guidance.playing.over();
    },
    route(call) {
      const { guidance } = call;
      if (!guidance?.to || !isLed(call) || call.core.talked) return false;
      if (guidance.to.kind === "line") return false;
      if (guidance.to.kind === "agent") {
        deps.personal.send(call, guidance.to.userId);
        return true;
      }
      ringback(call, guidance);
      const { phone, own = false } = guidance.to;
      deps.inviteNumber(call, phone, "replace", { own }).catch((error: unknown) => {
        log.info({ err: error, callId: call.id }, "a number was not dialled for a caller");
        back(call);
      });
      return true;
    },
    back,
    returned({ guidance }) {
      if (!guidance) return;
      const { why } = guidance;
      guidance.why = undefined;
      guidance.guide.back(why);
    },
    left(call) {
      const { guidance } = call;
      if (!guidance || guidance.done) return;
      guidance.done = true;
      guidance.turn++;
      guidance.guide.left();
    },
    [Symbol.dispose]: stop,
  };
}
