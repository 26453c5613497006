/** Plays recorded messages on calls: runs `shared/message-machine.ts`, its effects on the wire and in the story. */
import { type Abandonment, saidToMachines } from "../../../shared/broadcasts.ts";
import type { MessageFlow, PromptChoice } from "../../../shared/message-flow.ts";
import {
  type MessageEffect,
  type MessageEvent,
  type MessageState,
  messageStep,
  newMessage,
} from "../../../shared/message-machine.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import { addDoNotCall } from "../compliance/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { firstWords } from "./first-words.ts";
import { type MessageResult, noResult } from "./message-result.ts";
import type { MessageSounds } from "./message-sounds.ts";
import { promiseCallback } from "./promise-callback.ts";
import type { CallRunner } from "./runner.ts";

export interface RunningMessage {
  readonly kind: "agentless" | "abandoned";
  state: MessageState;
  result: MessageResult;
  playback: string | null;
  /** When it began to speak, ms since the epoch. */
  begunAt: number | null;
  /** What the last chosen key means. */
  label: string;
  transferred: boolean;
  told: boolean;
  variables: Promise<Record<string, string>>;
}

export interface Messages {
  /** The message of an agentless campaign, once the person has spoken or a moment has passed. */
  begin(call: ActiveCall): void;
  /** To a person whom no agent took in time. */
  abandoned(call: ActiveCall): void;
  /** Music until an agent is free, `waitMs` at most. */
  queue(call: ActiveCall, waitMs: number): void;
  /** Music, as long as it takes; another in the place of what plays. */
  music(call: ActiveCall, own?: Sound): void;
  /** The music is over: an agent is there, or a word follows. */
  unqueue(call: ActiveCall): void;
  /** False when no message runs. */
  feed(call: ActiveCall, event: MessageEvent): boolean;
  playbackEnded(call: ActiveCall, playbackId: string): void;
}

/** A prompt that never ends must not hold a person on the line. */
const longestPromptMs = 300_000;
/** Whoever talks longer into the answer hears the message all the same. */
const longestWordsMs = 5000;

/** Who called, a key against more calls that works to the end and some seconds on, and its confirmation. */
export const abandonFlow = ({ prompt, optOut, keyWaitMs }: Abandonment): MessageFlow => ({
  steps: [
    {
      do: "menu",
      prompt,
      waitMs: keyWaitMs,
      repeats: 0,
      keys: [],
      wrongPrompt: null,
      noKey: [],
      wrongKey: [],
    },
  ],
  optOut,
});

export function createMessages(deps: {
  switch: Switch;
  runner: () => CallRunner;
  sounds: MessageSounds;
  holdMusic: () => Sound;
  clock: Clock;
  log: Log;
}): Messages {
  const { runner, clock, log } = deps;

  function start(
    call: ActiveCall,
    kind: RunningMessage["kind"],
    flow: MessageFlow,
    toMachines: readonly PromptChoice[],
  ): RunningMessage {
    return (call.message = {
      kind,
      state: newMessage(flow, toMachines),
      result: noResult,
      playback: null,
      begunAt: null,
      label: "",
      transferred: false,
      told: false,
      variables: deps.sounds.variables(call),
    });
  }

  const soundOf = async (call: ActiveCall, message: RunningMessage, prompt: PromptChoice) =>
    deps.sounds.sound(call, message.state.flow, prompt, await message.variables);

  async function play(
    call: ActiveCall,
    message: RunningMessage,
    prompt: PromptChoice,
    isCurrent: () => boolean,
  ): Promise<void> {
    const sound = await soundOf(call, message, prompt);
    if (!isCurrent()) return;
    const playbackId = await deps.switch.play(call.legId, sound);
    if (isCurrent()) message.playback = playbackId;
    else deps.switch.stopPlayback(call.legId, playbackId);
  }

  function say(call: ActiveCall, message: RunningMessage, prompt: PromptChoice, turn: number): void {
    message.begunAt ??= clock.now();
    const isCurrent = () => message.state.turn === turn && message.state.phase !== "over" && call.legUp;
    const name = deps.sounds.nameOf(prompt);
    runner().note(call, "message-said", { data: { prompt: name } });
    runner().setTimer(call, "message", longestPromptMs, () => feed(call, { type: "said", turn }));
    play(call, message, prompt, isCurrent).catch((error: unknown) => {
      log.error({ err: error, callId: call.id, prompt }, "a prompt could not be played");
      if (!isCurrent()) return;
      runner().note(call, "message-prompt-failed", { data: { prompt: name } });
      feed(call, { type: "said", turn });
    });
  }

  function stop(call: ActiveCall, message: RunningMessage): void {
    runner().clearTimer(call, "message");
    if (message.playback !== null) deps.switch.stopPlayback(call.legId, message.playback);
    message.playback = null;
  }

  function optOut(call: ActiveCall, message: RunningMessage, scope: "global" | "campaign"): void {
    message.result = { ...message.result, optOut: scope };
    const campaignId = scope === "campaign" ? (call.plan.campaign?.id ?? null) : null;
    const entry = { phone: call.plan.phone, campaignId, source: "keypad", reason: "" };
    runner().note(call, "message-opt-out", {
      data: { scope },
      also: async (tx) => void (await addDoNotCall(tx, [{ ...entry, expiresAt: null, createdBy: null }])),
    });
  }

  function promise(call: ActiveCall, message: RunningMessage, afterMinutes: number): void {
    if (message.result.hasCallback) return;
    message.result = { ...message.result, hasCallback: true };
    promiseCallback({ runner: runner(), clock }, call, afterMinutes);
  }

  /** One line that reports count: what was heard, and what was pressed. */
  function tellEnd(call: ActiveCall, message: RunningMessage): void {
    if (message.told) return;
    message.told = true;
    const { state, kind, label, result, transferred, begunAt } = message;
    const heardMs = begunAt === null ? 0 : Math.max(0, clock.now() - begunAt);
    runner().note(call, "message-ended", {
      data: {
        message: kind,
        end: state.ended,
        heard: state.heard,
        heardMs,
        ...(state.keys.length > 0 && { keys: state.keys.join("-"), label }),
        ...(result.optOut && { scope: result.optOut }),
        ...(result.hasCallback && { hasCallback: true }),
        ...(transferred && { transferred }),
        ...(state.isMachine && { machine: true }),
      },
    });
  }

  function run(call: ActiveCall, message: RunningMessage, effect: MessageEffect): void {
    switch (effect.type) {
      case "say":
        return say(call, message, effect.prompt, effect.turn);
      case "stop":
        return stop(call, message);
      case "wait":
        message.playback = null;
        return runner().setTimer(call, "message", effect.ms, () =>
          feed(call, { type: "timeout", turn: effect.turn }),
        );
      case "opt-out":
        return optOut(call, message, effect.scope);
      case "callback":
        return promise(call, message, effect.afterMinutes);
      case "disposition": {
        const { dispositionId } = effect;
        message.result = { ...message.result, dispositionId };
        return runner().note(call, "message-disposition", {
          data: { dispositionId },
          columns: { disposition_id: dispositionId },
        });
      }
      case "transfer":
        message.transferred = true;
        call.waitMs = effect.waitMs;
        runner().feed(call.id, { type: "to-agent" });
        if (call.core.state === "waiting") music(call);
        return;
      case "pressed": {
        if (effect.meaning === "choice") message.label = effect.label;
        const { key: digit, meaning, label } = effect;
        return runner().note(call, "message-key", { data: { digit, meaning, ...(label && { label }) } });
      }
      case "no-key":
        return runner().note(call, "message-no-key");
      case "hang-up":
        tellEnd(call, message);
        if (message.kind === "abandoned") return deps.switch.hangup(call.legId, "normal");
        runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
    }
  }

  function music(call: ActiveCall, own?: Sound): void {
    if (own) unqueue(call);
    if (call.queued) return;
    call.queued = true;
    deps.switch.hold(call.legId, own ?? deps.holdMusic());
  }

  function unqueue(call: ActiveCall): void {
    if (!call.queued) return;
    call.queued = false;
    deps.switch.unhold(call.legId);
  }

  /** The key against more calls works while music plays, too: it ends the wait and is confirmed. */
  function leaveQueue(call: ActiveCall, key: string): boolean {
    if (!call.queued || call.core.state !== "waiting") return false;
    if (key !== call.plan.campaign?.abandonment.optOut?.key) return false;
    runner().clearTimer(call, "wait");
    runner().feed(call.id, { type: "no-agent" });
    return feed(call, { type: "key", key });
  }

  function feed(call: ActiveCall, event: MessageEvent): boolean {
    const { message } = call;
    if (!message) return event.type === "key" && leaveQueue(call, event.key);
    if (message.state.phase === "over") return false;
    const step = messageStep(message.state, event);
    if ("noted" in step) return true;
    message.state = step.state;
    if (step.state.phase !== "listening") runner().clearTimer(call, "first-words");
    if (step.state.heard && !call.core.heard && call.core.state === "message")
      runner().feed(call.id, { type: "heard" });
    // Spoken texts with names are made while the machine greets.
    if (step.state.phase === "greeted")
      for (const prompt of step.state.toMachines) soundOf(call, message, prompt).catch(() => undefined);
    for (const effect of step.effects) run(call, message, effect);
    if (step.state.phase === "over") tellEnd(call, message);
    return true;
  }

  /** Begins when the person's first words are over, when they say none for `afterMs`, or when they go on too long. */
  async function listen(call: ActiveCall, message: RunningMessage, afterMs: number): Promise<void> {
    const words = firstWords();
    const begin = () => void feed(call, { type: "begin" });
    runner().setTimer(call, "first-words", afterMs, () => {
      if (words.speaking()) runner().setTimer(call, "first-words", longestWordsMs, begin);
      else begin();
    });
    for await (const { samples } of deps.switch.tap(call.legId)) {
      if (message.state.phase !== "listening") return;
      if (words.push(samples)) return begin();
    }
  }

  return {
    begin(call) {
      const { agentless } = call.plan.campaign ?? {};
      if (!agentless) return void runner().feed(call.id, { type: "hang-up", by: "system", cause: "error" });
      const message = start(call, "agentless", agentless.flow, saidToMachines(agentless));
      const first = agentless.flow.steps[0];
      // Spoken texts with names are made while the person says hello.
      if (first && "prompt" in first) soundOf(call, message, first.prompt).catch(() => undefined);
      listen(call, message, agentless.startAfterMs).catch((error: unknown) => {
        log.warn({ err: error, callId: call.id }, "nobody listens for the first words");
        feed(call, { type: "begin" });
      });
    },
    abandoned(call) {
      unqueue(call);
      start(call, "abandoned", abandonFlow(call.plan.campaign!.abandonment), []);
      feed(call, { type: "begin" });
    },
    queue(call, waitMs) {
      music(call);
      runner().setTimer(call, "wait", waitMs, () => runner().feed(call.id, { type: "no-agent" }));
    },
    music,
    unqueue,
    feed,
    playbackEnded(call, playbackId) {
      const { message } = call;
      if (message?.playback !== playbackId) return;
      message.playback = null;
      feed(call, { type: "said", turn: message.state.turn });
    },
  };
}
