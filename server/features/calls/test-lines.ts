/**
 * Telephones of ours on which a guide is tried out before callers meet it (the draft of a flow): no call, no record, and
 * nobody else rings.
 *
 *   line up, agent idle ── taken from the agent ─────────────▶ led ── either side ends ──▶ given back
 *   a phone that is registered ── rings ── picked up ────────▶ led ── either side ends ──▶ hung up
 *                                   └── nobody, declined ────▶ over
 *
 * An agent is in `ringing` meanwhile, so that nobody gets them, and is afterwards what they were before.
 */
import type { Clock, Timer } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Cause, Sound, Switch, SwitchEvent } from "../../switch/switch.ts";
import { type AgentRegistry, deskPhoneUser } from "../agents/index.ts";
import { affinityOf } from "./affinity.ts";
import type { AgentLegs } from "./agent-legs.ts";
import { type GuidedCall, longestSaidMs } from "./guide.ts";
import { voicemailTone } from "./sounds.ts";
import { type Patience, utterance } from "./utterance.ts";

/** The cause in an agent's history. */
export const testCause = "test-call";

/** Whoever tries something out. */
export interface TestEars {
  /** The telephone was picked up. */
  begin(line: GuidedCall): void;
  key(key: string): void;
  /** The line is gone, or was never there. Told once. */
  ended(cause: Cause): void;
}

export interface TestLines extends Disposable {
  /**
   * Calls this person's telephone: the line of their desk, if it is they who try it out, or else their desk phone. The id
   * of the test. Errors (409): `test-no-line`, `test-line-busy`.
   */
  open(userId: number, own: boolean, ears: TestEars): string;
  close(testId: string): void;
  /** The agent whose line is tried out hangs up; false: they are in no test. */
  hangUp(userId: number): boolean;
  isOpen(testId: string): boolean;
  /** True: the event was a test's alone. */
  onSwitchEvent(event: SwitchEvent): boolean;
}

interface Line {
  testId: string;
  userId: number;
  legId: string;
  /** Of an agent's desk; it stays when the test is over. */
  borrowed: boolean;
  ears: TestEars;
  isUp: boolean;
  /** What is said now; what ends with another turn is late. */
  turn: number;
  playing: { id: string; over: () => void } | null;
  late: Timer | null;
  wait: Timer | null;
  limit: Timer | null;
  /** Counts what is listened to. */
  listening: number;
}

const ringTimeoutMs = 30_000;
export function createTestLines(deps: {
  switch: Pick<Switch, "originate" | "hangup" | "play" | "stopPlayback" | "isOnline" | "tap">;
  agents: Pick<AgentRegistry, "get" | "feed">;
  legs: () => Pick<AgentLegs, "legOf">;
  country: () => string;
  clock: Clock;
  log: Log;
}): TestLines {
  const { agents, clock, log } = deps;
  const lines = new Map<string, Line>();
  const byLeg = new Map<string, Line>();

  function hush(line: Line): void {
    line.turn++;
    line.late?.cancel();
    if (line.playing) deps.switch.stopPlayback(line.legId, line.playing.id);
    line.playing = null;
  }

  async function play(
    line: Line,
    sound: () => Promise<Sound | null>,
    over: () => void,
    repeat?: "forever",
  ): Promise<void> {
    hush(line);
    const { turn } = line;
    const isNow = () => line.turn === turn && lines.has(line.testId);
    const then = () => {
      if (!isNow()) return;
      line.late?.cancel();
      line.playing = null;
      over();
    };
    line.late = clock.after(longestSaidMs, then);
    try {
      const made = await sound();
      if (!isNow()) return;
      if (made === null) return then();
      const id = await deps.switch.play(line.legId, made, repeat && { repeat });
      if (isNow()) line.playing = { id, over: then };
      else deps.switch.stopPlayback(line.legId, id);
    } catch (error) {
      log.warn({ err: error, testId: line.testId }, "a test could not be spoken to");
      then();
    }
  }

  function over(line: Line, cause: Cause): void {
    if (!lines.delete(line.testId)) return;
    hush(line);
    line.wait?.cancel();
    line.limit?.cancel();
    if (byLeg.get(line.legId) === line) byLeg.delete(line.legId);
    if (line.borrowed) agents.feed(line.userId, { type: "call-failed", callId: line.testId }, testCause);
    else deps.switch.hangup(line.legId);
    line.ears.ended(cause);
  }

  async function listen(line: Line, patience: Patience, said: (said: Int16Array) => void): Promise<void> {
    const listening = ++line.listening;
    const heard = utterance(patience);
    const isNow = () => line.listening === listening && lines.has(line.testId);
    const end = () => {
      if (!isNow()) return;
      line.listening++;
      line.wait?.cancel();
      said(heard.said());
    };
    // A line without any packets tells no time.
    line.wait?.cancel();
    line.wait = clock.after(patience.waitMs + patience.longestMs, end);
    for await (const { samples } of deps.switch.tap(line.legId)) {
      if (!isNow()) return;
      if (heard.push(samples)) return end();
    }
  }

  /** What the guide may do; whom it sends callers to is not called. */
  function handOf(line: Line): GuidedCall {
    const ifUp = (act: () => void) => {
      if (lines.has(line.testId)) act();
    };
    const ringback = () =>
      void play(
        line,
        async () => ({ signal: "ringback", country: deps.country() }),
        () => undefined,
        "forever",
      );
    return {
      callId: line.testId,
      say: (sound, then) => ifUp(() => void play(line, sound, then)),
      hush: () => hush(line),
      wait(ms, run) {
        line.wait?.cancel();
        ifUp(() => void (line.wait = clock.after(ms, run)));
      },
      limit: (ms, run) => ifUp(() => void (line.limit = clock.after(ms, run))),
      note: () => undefined,
      send: () => ifUp(ringback),
      voicemail: () => ifUp(() => hush(line)),
      // What is said to it is kept nowhere.
      record: (then) =>
        void play(
          line,
          async () => voicemailTone,
          () => then(`test-${line.testId}`),
        ),
      stopRecording: () => undefined,
      listen: (patience, said) =>
        ifUp(() => {
          listen(line, patience, said).catch((error: unknown) =>
            log.warn({ err: error, testId: line.testId }, "a test is not listened to"),
          );
        }),
      stopListening() {
        line.listening++;
        line.wait?.cancel();
      },
      callback: () => undefined,
      heard: () => undefined,
      hangUp: () => over(line, "normal"),
    };
  }

  function begin(line: Line): void {
    line.isUp = true;
    line.ears.begin(handOf(line));
  }

  function lineOf(userId: number, own: boolean, ears: TestEars): Line {
    const testId = newId(clock.now());
    const legId = own ? deps.legs().legOf(userId) : undefined;
    const fresh = {
      testId,
      userId,
      ears,
      isUp: false,
      turn: 0,
      playing: null,
      late: null,
      wait: null,
      limit: null,
      listening: 0,
    };
    if (legId !== undefined) return { ...fresh, legId, borrowed: true };
    return { ...fresh, legId: `t-${testId}`, borrowed: false };
  }

  return {
    open(userId, own, ears) {
      const line = lineOf(userId, own, ears);
      if (line.borrowed) {
        const fed = agents.feed(userId, { type: "dial", callId: line.testId }, testCause);
        if (!fed.ok) throw conflict("test-line-busy", "This line is in a call or a summary.");
      } else {
        const user = deskPhoneUser(userId);
        if (agents.get(userId)?.sipUser === user)
          throw conflict("test-line-busy", "This telephone is at work.");
        if (!deps.switch.isOnline(user))
          throw conflict("test-no-line", "No line of the desk is up, and no desk phone is registered.");
        deps.switch.originate({
          legId: line.legId,
          destination: { kind: "endpoint", user },
          ringTimeoutMs,
          affinity: affinityOf(undefined),
          callerName: "Waihu",
        });
      }
      lines.set(line.testId, line);
      byLeg.set(line.legId, line);
      // Whoever opened it learns its id first.
      if (line.borrowed) queueMicrotask(() => lines.has(line.testId) && begin(line));
      return line.testId;
    },
    close(testId) {
      const line = lines.get(testId);
      if (line) over(line, "cancelled");
    },
    hangUp(userId) {
      const line = [...lines.values()].find((one) => one.borrowed && one.userId === userId);
      if (line) over(line, "normal");
      return line !== undefined;
    },
    isOpen: (testId) => lines.has(testId),
    onSwitchEvent(event) {
      const line = "legId" in event ? byLeg.get(event.legId) : undefined;
      if (!line) return false;
      switch (event.type) {
        case "leg-answered":
          if (!line.isUp) begin(line);
          break;
        case "leg-dtmf":
          line.ears.key(event.digit);
          return true;
        case "playback-ended":
          if (line.playing?.id !== event.playbackId) break;
          line.playing.over();
          return true;
        case "leg-ended":
          over(line, event.cause);
          break;
        default:
      }
      return !line.borrowed;
    },
    [Symbol.dispose]() {
      for (const line of lines.values()) over(line, "cancelled");
    },
  };
}
