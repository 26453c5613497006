/**
 * A survey on one telephone call, pure and total: `(state, event) -> { state, effects }`.
 *
 *   fresh ── begin ──▶ asking ── said ──▶ waiting ── no key, three times in all ──▶ over
 *                        │  ▲               │
 *                        │  └── next ◀──────┤ a key that answers
 *                        │      question    ▼ (also while it is asked)
 *                        └───────────▶ thanking ── said ──▶ over: we hang up
 *
 *   left, or `longestMs` after it began ──▶ over
 */
import type { SurveyEnd, SurveyQuestion } from "./surveys.ts";

/** A customer is kept on the line no longer. */
export const longestSurveyMs = 60_000;

export interface SurveyState {
  phase: "fresh" | "asking" | "waiting" | "thanking" | "over";
  questions: readonly SurveyQuestion[];
  /** The question that is asked. */
  at: number;
  answers: readonly number[];
  /** How often the question was asked in vain. */
  asked: number;
  turn: number;
}

export type SurveyEvent =
  | { type: "begin" }
  | { type: "said"; turn: number }
  | { type: "timeout"; turn: number }
  | { type: "key"; key: string }
  /** The customer hung up, or their time is over. */
  | { type: "left" };

export type SurveyEffect =
  | { type: "ask"; at: number; turn: number }
  | { type: "thank"; turn: number }
  | { type: "stop" }
  | { type: "wait"; ms: number; turn: number }
  | { type: "over"; how: SurveyEnd };

export type SurveyStep = { state: SurveyState; effects: SurveyEffect[] } | { noted: string };

const answerMs = 7_000;
const mostAsked = 3;

export const newSurvey = (questions: readonly SurveyQuestion[]): SurveyState => ({
  phase: "fresh",
  questions,
  at: 0,
  answers: [],
  asked: 0,
  turn: 0,
});

type Moved = { state: SurveyState; effects: SurveyEffect[] };

const endOf = ({ answers, phase }: SurveyState): SurveyEnd =>
  answers.length === 0 ? "refused" : phase === "thanking" ? "answered" : "partial";

const over = (state: SurveyState, before: SurveyEffect[] = []): Moved => ({
  state: { ...state, phase: "over" },
  effects: [...before, { type: "over", how: endOf(state) }],
});

function ask(state: SurveyState, at: number, asked: number, before: SurveyEffect[] = []): Moved {
  const turn = state.turn + 1;
  return {
    state: { ...state, phase: "asking", at, asked, turn },
    effects: [...before, { type: "ask", at, turn }],
  };
}

/** The next question that this first answer calls for, or thanks. */
function next(state: SurveyState, before: SurveyEffect[]): Moved {
  const [score = 0] = state.answers;
  const at = state.questions.findIndex(
    ({ onlyUpTo }, i) => i > state.at && (onlyUpTo === null || score <= onlyUpTo),
  );
  if (at >= 0) return ask(state, at, 0, before);
  const turn = state.turn + 1;
  return { state: { ...state, phase: "thanking", turn }, effects: [...before, { type: "thank", turn }] };
}

const again = (state: SurveyState, before: SurveyEffect[] = []): Moved =>
  state.asked + 1 >= mostAsked ? over(state, before) : ask(state, state.at, state.asked + 1, before);

function onKey(state: SurveyState, key: string): SurveyStep {
  if (state.phase !== "asking" && state.phase !== "waiting") return { noted: `key in ${state.phase}` };
  const { min, max } = state.questions[state.at]!;
  const stop: SurveyEffect[] = [{ type: "stop" }];
  const answer = /^\d$/.test(key) ? Number(key) : NaN;
  if (!(answer >= min && answer <= max)) return again(state, stop);
  return next({ ...state, answers: [...state.answers, answer] }, stop);
}

/** One step. Total: every event in every phase moves, or is noted. */
export function surveyStep(state: SurveyState, event: SurveyEvent): SurveyStep {
  if (state.phase === "over") return { noted: `${event.type} in over` };
  switch (event.type) {
    case "begin":
      return state.phase === "fresh" ? ask(state, 0, 0) : { noted: `begin in ${state.phase}` };
    case "said": {
      if (event.turn !== state.turn) return { noted: "said late" };
      if (state.phase === "thanking") return over(state);
      if (state.phase !== "asking") return { noted: `said in ${state.phase}` };
      const turn = state.turn + 1;
      return { state: { ...state, phase: "waiting", turn }, effects: [{ type: "wait", ms: answerMs, turn }] };
    }
    case "timeout":
      return state.phase === "waiting" && event.turn === state.turn
        ? again(state)
        : { noted: "timeout late" };
    case "key":
      return onKey(state, event.key);
    case "left":
      return over(state, [{ type: "stop" }]);
  }
}
