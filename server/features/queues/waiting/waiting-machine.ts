/**
 * What a caller hears and can do while they wait in a queue, pure and total: `(state, event) -> { state, effects }`.
 *
 *   fresh ── begin ──▶ saying ────── said ─────▶ music ── timeout ──▶ saying: what comes by turns
 *                        │ key of a choice         │ key of a choice
 *                        ├─────────────────────────┴──▶ over: another queue, a message, a number
 *                        ▼ call back
 *                     confirming ◀── a number, # ── entering          asked three times in vain: music again
 *                        │ 1   └──────── 2 ───────────▲
 *                        ▼
 *                     noting ── said ──▶ over: hung up, the place is kept
 *
 *   left at any moment (an agent has them, they hung up, the wait is over) ──▶ over
 *
 * Music is what is heard whenever nothing is said: the switch goes on with it after each prompt. Playbacks and waits
 * carry a turn; what ends with another turn is late and moves nothing.
 */
import type { WaitingAct } from "../../../../shared/queues.ts";

export type WaitingPhase = "fresh" | "saying" | "music" | "confirming" | "entering" | "noting" | "over";

/** What one caller's wait is made of. */
export interface WaitingPlan {
  /** A prompt of the company's; null: none. */
  /** Some callers hear a greeting of their own first. */
  greetsOwn?: boolean;
  greeting: number | null;
  /** Between the end of what is said and the next. */
  everyMs: number;
  /** Prompts that come by turns. */
  prompts: readonly number[];
  /** Position or expected wait are told, with each of them. */
  tellsStanding: boolean;
  choices: readonly { key: string; act: WaitingAct }[];
  /** The number that the caller would be called back at, E.164; null: not known. */
  phone: string | null;
  /** Digits that were pressed as a number, E.164; null: they are none. */
  numberOf: (digits: string) => string | null;
}

/** What is said, in order. */
export type WaitingLine =
  /** The greeting that this caller alone hears, if there is one. */
  | { type: "own" }
  | { type: "prompt"; promptId: number }
  | { type: "standing" }
  | { type: "choices" }
  | { type: "confirm"; phone: string }
  | { type: "enter" }
  | { type: "no-number" }
  | { type: "noted" };

export interface WaitingState {
  phase: WaitingPhase;
  plan: WaitingPlan;
  turn: number;
  /** Announcements that were said. */
  rounds: number;
  /** To be confirmed. */
  phone: string | null;
  digits: string;
  /** Questions without an answer, in a row. */
  asked: number;
}

export type WaitingEvent =
  | { type: "begin" }
  | { type: "said"; turn: number }
  | { type: "timeout"; turn: number }
  | { type: "key"; key: string }
  | { type: "left" };

export type WaitingEffect =
  | { type: "say"; lines: readonly WaitingLine[]; turn: number }
  | { type: "stop" }
  | { type: "wait"; ms: number; turn: number }
  /** For the story of the call; digits of a number are not told. */
  | { type: "pressed"; key: string; meaning: "choice" | "none" }
  | { type: "go"; act: WaitingAct }
  /** The place is kept, and this number is called. */
  | { type: "keep"; phone: string }
  | { type: "hang-up" };

export type WaitingStep = { state: WaitingState; effects: WaitingEffect[] } | { noted: string };

export const newWaiting = (plan: WaitingPlan): WaitingState => ({
  phase: "fresh",
  plan,
  turn: 0,
  rounds: 0,
  phone: null,
  digits: "",
  asked: 0,
});

const answerMs = 8_000;
const digitMs = 5_000;
const mostAsked = 3;
const mostDigits = 20;

type Moved = { state: WaitingState; effects: WaitingEffect[] };

function say(
  state: WaitingState,
  phase: WaitingPhase,
  lines: readonly WaitingLine[],
  before: readonly WaitingEffect[] = [],
): Moved {
  const turn = state.turn + 1;
  return { state: { ...state, phase, turn }, effects: [...before, { type: "say", lines, turn }] };
}

/** What comes by turns: where the caller stands, the next prompt, what keys do. */
function roundOf({ plan: { prompts, tellsStanding, choices }, rounds }: WaitingState, isFirst: boolean) {
  const lines: WaitingLine[] = [];
  if (tellsStanding) lines.push({ type: "standing" });
  if (prompts.length > 0 && !isFirst)
    lines.push({ type: "prompt", promptId: prompts[rounds % prompts.length]! });
  if (choices.length > 0) lines.push({ type: "choices" });
  return lines;
}

/** Music until the next announcement, if there will be any. */
function music(state: WaitingState, before: readonly WaitingEffect[] = []): Moved {
  const turn = state.turn + 1;
  const next: WaitingState = { ...state, phase: "music", turn, phone: null, digits: "", asked: 0 };
  const hasMore = roundOf(next, false).length > 0;
  const wait: WaitingEffect[] = hasMore ? [{ type: "wait", ms: state.plan.everyMs, turn }] : [];
  return { state: next, effects: [...before, ...wait] };
}

const over = (state: WaitingState, effects: WaitingEffect[]): Moved => ({
  state: { ...state, phase: "over", digits: "" },
  effects,
});

const confirm = (state: WaitingState, phone: string, before: readonly WaitingEffect[]): Moved =>
  say({ ...state, phone, digits: "" }, "confirming", [{ type: "confirm", phone }], before);

const enter = (
  state: WaitingState,
  before: readonly WaitingEffect[],
  first: readonly WaitingLine[] = [],
): Moved => say({ ...state, digits: "" }, "entering", [...first, { type: "enter" }], before);

/** The question once more, or the music again. */
function again(state: WaitingState, before: readonly WaitingEffect[] = []): Moved {
  const asked = { ...state, asked: state.asked + 1 };
  if (asked.asked >= mostAsked) return music(state, before);
  if (state.phase === "confirming") return confirm(asked, state.phone!, before);
  return enter(asked, before, state.digits === "" ? [] : [{ type: "no-number" }]);
}

function entered(state: WaitingState, before: readonly WaitingEffect[] = []): Moved {
  const phone = state.plan.numberOf(state.digits);
  return phone === null ? again(state, before) : confirm({ ...state, asked: 0 }, phone, before);
}

const stop: WaitingEffect = { type: "stop" };

function onChoice(state: WaitingState, key: string): WaitingStep {
  const chosen = state.plan.choices.find((choice) => choice.key === key);
  if (!chosen) return { state, effects: [{ type: "pressed", key, meaning: "none" }] };
  const before: WaitingEffect[] = [{ type: "pressed", key, meaning: "choice" }, stop];
  const { act } = chosen;
  if (act.type !== "callback") return over(state, [...before, { type: "go", act }]);
  const fresh = { ...state, asked: 0 };
  const { phone } = state.plan;
  return phone === null ? enter(fresh, before) : confirm(fresh, phone, before);
}

function onDigit(state: WaitingState, key: string): WaitingStep {
  if (key === "#") return entered(state, [stop]);
  const digits = key === "*" ? "" : `${state.digits}${key}`.slice(0, mostDigits);
  const turn = state.turn + 1;
  return { state: { ...state, digits, turn }, effects: [stop, { type: "wait", ms: digitMs, turn }] };
}

function onKey(state: WaitingState, key: string): WaitingStep {
  switch (state.phase) {
    case "saying":
    case "music":
      return onChoice(state, key);
    case "confirming": {
      const { phone } = state;
      if (key === "2") return enter({ ...state, asked: 0 }, [stop]);
      if (key !== "1" || phone === null) return again(state, [stop]);
      return say(state, "noting", [{ type: "noted" }], [stop, { type: "keep", phone }]);
    }
    case "entering":
      return onDigit(state, key);
    default:
      return { noted: `key in ${state.phase}` };
  }
}

function onSaid(state: WaitingState): WaitingStep {
  switch (state.phase) {
    case "saying":
      return music(state);
    case "confirming":
    case "entering": {
      const turn = state.turn + 1;
      return { state: { ...state, turn }, effects: [{ type: "wait", ms: answerMs, turn }] };
    }
    case "noting":
      return over(state, [{ type: "hang-up" }]);
    default:
      return { noted: `said in ${state.phase}` };
  }
}

function onTimeout(state: WaitingState): WaitingStep {
  switch (state.phase) {
    case "music":
      return say({ ...state, rounds: state.rounds + 1 }, "saying", roundOf(state, false));
    case "confirming":
      return again(state);
    case "entering":
      return state.digits === "" ? again(state) : entered(state);
    default:
      return { noted: `timeout in ${state.phase}` };
  }
}

/** One step. Total: every event in every phase moves, or is noted. */
export function waitingStep(state: WaitingState, event: WaitingEvent): WaitingStep {
  if (state.phase === "over") return { noted: `${event.type} in over` };
  switch (event.type) {
    case "begin": {
      if (state.phase !== "fresh") return { noted: `begin in ${state.phase}` };
      const { greeting } = state.plan;
      const first: WaitingLine[] = greeting === null ? [] : [{ type: "prompt", promptId: greeting }];
      const own: WaitingLine[] = state.plan.greetsOwn ? [{ type: "own" }] : [];
      const lines = [...own, ...first, ...roundOf(state, true)];
      return lines.length === 0 ? music(state) : say(state, "saying", lines);
    }
    case "said":
      return event.turn === state.turn ? onSaid(state) : { noted: "said late" };
    case "timeout":
      return event.turn === state.turn ? onTimeout(state) : { noted: "timeout late" };
    case "key":
      return onKey(state, event.key);
    case "left":
      return over(state, [stop]);
  }
}
