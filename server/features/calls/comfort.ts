/**
 * What a caller hears and can do while they wait in a queue: runs `queues/waiting/waiting-machine.ts`, its effects on the
 * wire and in the story. It begins when the caller comes to the queue and is over in the tick in which the wait is.
 */
import type { Language } from "../../../shared/common.ts";
import type { QueueDetail, WaitingAct } from "../../../shared/queues.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import {
  newWaiting,
  type Queues,
  type WaitingEffect,
  type WaitingEvent,
  type WaitingLine,
  type WaitingState,
  waitingStep,
  waitingWords,
} from "../queues/index.ts";
import type { Greetings } from "../greetings/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { dialledNumber } from "./dialled-number.ts";
import type { Messages } from "./messages.ts";
import type { CallRunner } from "./runner.ts";
import { languageOf } from "./sounds.ts";

export interface Comfort {
  state: WaitingState;
  queueId: number;
  language: Language;
  playback: string | null;
}

export interface Comforts {
  begin(call: ActiveCall, queueId: number): void;
  /** The caller waits no longer; who hears that their place is kept hears it to the end. */
  over(call: ActiveCall): void;
  /** False: the key means nothing here. */
  key(call: ActiveCall, key: string): boolean;
  playbackEnded(call: ActiveCall, playbackId: string): void;
}

/** A prompt that never ends must not keep the next from being said. */
const longestPromptMs = 120_000;

const actName = (act: WaitingAct) => act.type;

export function createComforts(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  queues: Pick<Queues, "queue" | "placeOf" | "visits">;
  sounds: Pick<Sounds, "sound" | "playPrompt" | "promptName" | "play">;
  greetings: Pick<Greetings, "soundFor" | "has">;
  runner: () => CallRunner;
  messages: () => Messages;
  companyName: () => string;
  countryOf: (call: ActiveCall) => string;
  /** Where a key sends the caller. */
  go: (call: ActiveCall, queueId: number, act: Exclude<WaitingAct, { type: "callback" }>) => void;
  /** The caller hangs up, and is called at this number in their turn. */
  keep: (call: ActiveCall, queueId: number, phone: string) => void;
  clock: Clock;
  log: Log;
}): Comforts {
  const { queues, sounds, runner, clock, log } = deps;

  /** What is told of it, and only that. */
  function standingOf(call: ActiveCall, { queueId }: Comfort) {
    const place = queues.placeOf(call.id);
    const { tellsPlace = false, tellsWait = false } = queues.queue(queueId)?.waiting ?? {};
    if (place === undefined) return { place: null, waitMs: null };
    const waitMs = tellsWait ? queues.visits.expectedWaitMs(queueId, place, clock.now()) : null;
    return { place: tellsPlace ? place : null, waitMs };
  }

  function wordsOf(call: ActiveCall, comfort: Comfort, line: WaitingLine): string {
    const { language, state } = comfort;
    switch (line.type) {
      case "standing":
        return waitingWords.standingWords(standingOf(call, comfort), language);
      case "choices":
        return waitingWords.choiceWords(state.plan.choices, language);
      case "confirm":
        return waitingWords.confirmWords(line.phone, language);
      case "enter":
        return waitingWords.enterWords[language];
      case "no-number":
        return waitingWords.noNumberWords[language];
      case "noted":
        return waitingWords.notedWords[language];
      case "prompt":
      case "own":
        return "";
    }
  }

  async function greeted(call: ActiveCall, { language }: Comfort): Promise<Sound[]> {
    const { customerId } = call;
    const found = await deps.greetings.soundFor("queue", { customerId, language });
    if (found) runner().note(call, "greeted", { data: { rule: found.name } });
    return found ? [found.sound] : [];
  }

  /** One that cannot be spoken is left out: whatever else there is to say is said. */
  async function soundOf(call: ActiveCall, comfort: Comfort, line: WaitingLine): Promise<Sound[]> {
    try {
      if (line.type === "prompt") {
        const { name, phone } = call.plan;
        const said = await sounds.playPrompt(line.promptId, { name, phone, company: deps.companyName() });
        return said ? [said] : [];
      }
      if (line.type === "own") return await greeted(call, comfort);
      const text = wordsOf(call, comfort, line);
      if (text === "") return [];
      return [await sounds.play({ language: comfort.language, parts: [{ kind: "text", text }] }, {})];
    } catch (error) {
      log.error({ err: error, callId: call.id, line: line.type }, "a caller who waits is not told this");
      return [];
    }
  }

  async function play(call: ActiveCall, comfort: Comfort, lines: readonly WaitingLine[], turn: number) {
    const isCurrent = () => call.comfort === comfort && comfort.state.turn === turn && call.legUp;
    const said = () => void feed(call, comfort, { type: "said", turn });
    const sequence = (await Promise.all(lines.map((line) => soundOf(call, comfort, line)))).flat();
    if (!isCurrent()) return;
    if (sequence.length === 0) return said();
    const playbackId = await deps.switch.play(call.legId, { sequence }, { interrupts: true });
    if (isCurrent() && comfort.state.phase !== "over") comfort.playback = playbackId;
    else deps.switch.stopPlayback(call.legId, playbackId);
  }

  function nameOf(call: ActiveCall, comfort: Comfort, line: WaitingLine): string {
    if (line.type === "prompt") return sounds.promptName(line.promptId) ?? String(line.promptId);
    return line.type === "standing" ? wordsOf(call, comfort, line) : line.type;
  }

  function run(call: ActiveCall, comfort: Comfort, effect: WaitingEffect): void {
    const { queueId } = comfort;
    switch (effect.type) {
      case "say": {
        const { lines, turn } = effect;
        const said = lines.map((line) => nameOf(call, comfort, line)).filter(Boolean);
        runner().note(call, "queue-said", { data: { said } });
        runner().setTimer(call, "comfort", longestPromptMs, () =>
          feed(call, comfort, { type: "said", turn }),
        );
        play(call, comfort, lines, turn).catch((error: unknown) => {
          log.error({ err: error, callId: call.id }, "a caller who waits could not be told anything");
          feed(call, comfort, { type: "said", turn });
        });
        return;
      }
      case "stop":
        runner().clearTimer(call, "comfort");
        if (comfort.playback !== null) deps.switch.stopPlayback(call.legId, comfort.playback);
        comfort.playback = null;
        return;
      case "wait": {
        const { ms, turn } = effect;
        return runner().setTimer(call, "comfort", ms, () => feed(call, comfort, { type: "timeout", turn }));
      }
      case "pressed": {
        const { key: digit, meaning } = effect;
        const act = comfort.state.plan.choices.find(({ key }) => key === digit)?.act;
        return runner().note(call, "queue-key", {
          data: { digit, meaning, ...(act && { act: actName(act) }) },
        });
      }
      case "go":
        if (effect.act.type !== "callback") deps.go(call, queueId, effect.act);
        return;
      case "keep":
        return deps.keep(call, queueId, effect.phone);
      case "hang-up":
        return void runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
    }
  }

  function feed(call: ActiveCall, comfort: Comfort, event: WaitingEvent): boolean {
    if (call.comfort !== comfort) return false;
    const step = waitingStep(comfort.state, event);
    if ("noted" in step) return false;
    comfort.state = step.state;
    for (const effect of step.effects) run(call, comfort, effect);
    return true;
  }

  function planOf(call: ActiveCall, { waiting }: QueueDetail) {
    const { phone } = call.plan;
    const country = deps.countryOf(call);
    return {
      greetsOwn: deps.greetings.has("queue"),
      greeting: waiting.greetingPromptId,
      everyMs: waiting.everySeconds * 1000,
      prompts: waiting.promptIds,
      tellsStanding: waiting.tellsPlace || waiting.tellsWait,
      choices: waiting.choices,
      phone: dialledNumber(phone, country),
      numberOf: (digits: string) => dialledNumber(digits, country),
    };
  }

  return {
    begin(call, queueId) {
      const queue = queues.queue(queueId);
      const { musicSoundId, language } = queue?.waiting ?? {};
      deps.messages().music(call, musicSoundId ? sounds.sound(musicSoundId) : undefined);
      // Who is called back is not greeted like a caller.
      if (!queue || call.plan.keptPlace) return;
      const comfort: Comfort = {
        state: newWaiting(planOf(call, queue)),
        queueId,
        language: language ?? languageOf(call.plan.phone),
        playback: null,
      };
      call.comfort = comfort;
      feed(call, comfort, { type: "begin" });
    },
    over(call) {
      const { comfort } = call;
      if (!comfort || (comfort.state.phase === "noting" && call.legUp)) return;
      feed(call, comfort, { type: "left" });
      call.comfort = null;
    },
    key: (call, key) => {
      const { comfort } = call;
      if (!comfort || comfort.state.phase === "over") return false;
      feed(call, comfort, { type: "key", key });
      return true;
    },
    playbackEnded(call, playbackId) {
      const { comfort } = call;
      if (comfort?.playback !== playbackId) return;
      comfort.playback = null;
      feed(call, comfort, { type: "said", turn: comfort.state.turn });
    },
  };
}
