/**
 * Telephones that a menu has to itself: a phone of ours that dialled its code, or a caller who asked for it. What is keyed on
 * them is told to the menu alone: it is in no event and no log, and not in the ladder.
 */
import type { Clock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/ids.ts";
import type { Sound, Switch, SwitchEvent } from "../../switch/switch.ts";
import { affinityOf } from "./affinity.ts";
import type { CallRunner } from "./runner.ts";

export interface LineListener {
  /** 0 to 9, * or #. */
  key(key: string): void;
  /** A sound is over, or was stopped. */
  played(playbackId: string): void;
  /** What `record` began stands at its path (two channels, left is the party), or failed. */
  recorded(ok: boolean, durationMs: number): void;
  /** They hung up, or we did. */
  ended(): void;
}

export interface Line {
  play(sound: Sound): Promise<string>;
  /** Nothing is played any more. */
  stop(): void;
  record(path: string): Promise<void>;
  stopRecording(): void;
  /** In the story of its call, where it is one; a telephone of ours has none. */
  note(type: "voicemail-opened" | "voicemail-refused", data: Record<string, unknown>): void;
  hangUp(): void;
}

/** A leg that is given away; until it is taken its keys are kept. */
interface Given {
  listener: LineListener | undefined;
  /** It is called by us and has not answered. */
  answered?: (line: Line) => void;
  keys: string[];
}

/** A telephone that we call. */
export interface AnsweringListener extends LineListener {
  answered(line: Line): void;
}

export interface Lines {
  /** Rings a telephone of ours by its SIP user; `ended` comes in any case. Undefined: it is not registered. */
  callPhone: (sipUser: string, callerName: string, listener: AnsweringListener) => string | undefined;
  /** A leg that rings is answered. Undefined: it is gone, or another has it. */
  takeLine: (legId: string, listener: LineListener) => Promise<Line | undefined>;
  /** Nothing comes of it: the leg ends. */
  dropLine: (legId: string) => void;
}

/** What the rest of the calls has to do with them. */
export interface OwnLines {
  /** It is some menu's from now on, which takes it in a moment. */
  giveAway(legId: string): void;
  has(legId: string): boolean;
  /** True: it is the line's alone. */
  onSwitchEvent(event: SwitchEvent): boolean;
  hangUpAll(): void;
}

const prefix = "line-";
const ringTimeoutMs = 30_000;
const recordingOf = (legId: string) => `${prefix}${legId}`;

export function createLines(deps: {
  switch: Pick<
    Switch,
    | "answer"
    | "originate"
    | "isOnline"
    | "play"
    | "stopPlayback"
    | "startRecording"
    | "stopRecording"
    | "hangup"
    | "legs"
  >;
  runner: () => Pick<CallRunner, "byLeg" | "note" | "feed">;
  clock: Clock;
}): Lines & OwnLines {
  const lines = new Map<string, Given>();

  function hangUp(legId: string): void {
    const call = deps.runner().byLeg(legId);
    if (call) deps.runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
    else deps.switch.hangup(legId, "normal");
  }

  const lineOf = (legId: string): Line => ({
    play: (sound) => deps.switch.play(legId, sound),
    stop: () => deps.switch.stopPlayback(legId),
    record: (path) => deps.switch.startRecording(legId, recordingOf(legId), path),
    stopRecording: () => deps.switch.stopRecording(legId, recordingOf(legId)),
    note(type, data) {
      const call = deps.runner().byLeg(legId);
      if (call) deps.runner().note(call, type, { data });
      if (call && type === "voicemail-opened") deps.runner().feed(call.id, { type: "heard" });
    },
    hangUp: () => hangUp(legId),
  });

  return {
    has: (legId) => lines.has(legId),
    giveAway: (legId) => void lines.set(legId, { listener: undefined, keys: [] }),
    async takeLine(legId, listener) {
      const { listener: before, keys } = lines.get(legId) ?? { keys: [] };
      if (before || !deps.switch.legs().includes(legId)) return undefined;
      lines.set(legId, { listener, keys: [] });
      if (!deps.runner().byLeg(legId)) await deps.switch.answer(legId, affinityOf(undefined));
      for (const key of keys) listener.key(key);
      return lineOf(legId);
    },
    callPhone(sipUser, callerName, listener) {
      if (!deps.switch.isOnline(sipUser)) return undefined;
      const legId = `v-${newId(deps.clock.now())}`;
      lines.set(legId, { listener, keys: [], answered: (line) => listener.answered(line) });
      deps.switch.originate({
        legId,
        destination: { kind: "endpoint", user: sipUser },
        ringTimeoutMs,
        affinity: affinityOf(undefined),
        callerName,
      });
      return legId;
    },
    onSwitchEvent(event) {
      // Of a line that has ended, too.
      const isOurs = event.type === "recording-ended" && event.result.recordingId.startsWith(prefix);
      const given = "legId" in event ? lines.get(event.legId) : undefined;
      if (!given || !("legId" in event)) return isOurs;
      const { listener } = given;
      switch (event.type) {
        case "leg-answered":
          given.answered?.(lineOf(event.legId));
          return given.answered !== undefined;
        case "leg-dtmf":
          if (listener) listener.key(event.digit);
          else given.keys.push(event.digit);
          return true;
        case "playback-ended":
          listener?.played(event.playbackId);
          return true;
        case "recording-ended":
          if (isOurs) listener?.recorded(event.result.ok, event.result.durationMs);
          return isOurs;
        case "leg-ended":
          lines.delete(event.legId);
          listener?.ended();
          return deps.runner().byLeg(event.legId) === undefined;
        default:
          return false;
      }
    },
    dropLine: hangUp,
    hangUpAll() {
      for (const legId of lines.keys()) hangUp(legId);
    },
  };
}
