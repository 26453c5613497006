/**
 * A recorded message on one call, pure and total: `(state, event) -> { state, effects }`.
 *
 *                begin              said                        said, of a menu
 *   listening ──────────▶ saying ────────▶ the next step: ─▶ asking ──────────▶ waiting
 *       │                   ▲  │             say, opt-out, …    │ key              │ key, timeout
 *       │ key               │  │             menu, transfer     ▼                  ▼
 *       └───────────────────┘  │                              the branch of the key, the menu again, or its
 *                              │                              way out (`noKey`, `wrongKey`): the next step
 *                              ▼ transfer
 *                         transferring ── no-agent ─▶ its `otherwise`: the next step
 *                              │ connected
 *                              ▼
 *                            over ◀── no step left (we hang up); left or failed at any moment
 *
 *   before a transfer ── machine ──▶ greeted ── beep ──▶ saying: what machines hear ──▶ over
 *                          │            └────── person ─▶ the first step
 *                          └── nothing is said to machines ──▶ over
 *
 * Playbacks and waits carry a turn; what ends with another turn is late and moves nothing. A menu is asked at most
 * `1 + repeats` times on its way, and steps are a finite tree, so that every message ends.
 */
import type { FlowStep, MenuStep, MessageFlow, OptOutScope, PromptChoice } from "./message-flow.ts";

export type MessagePhase =
  | "listening"
  | "saying"
  | "asking"
  | "waiting"
  | "transferring"
  | "greeted"
  | "over";

/** How it ended: to its end, the person left, an agent has them, a machine was hung up on or has it, or a fault. */
export type MessageEnd = "played" | "left" | "transferred" | "machine" | "voicemail" | "failed";

interface OpenMenu {
  menu: MenuStep;
  asked: number;
}

export interface MessageState {
  phase: MessagePhase;
  flow: MessageFlow;
  /** What a machine hears after its beep; empty: nothing, we hang up. */
  toMachines: readonly PromptChoice[];
  /** A machine answered: its keys mean nothing. */
  isMachine: boolean;
  /** Steps that follow on this path. */
  rest: readonly FlowStep[];
  /** Menus around this path that can be asked again, the innermost last. */
  menus: readonly OpenMenu[];
  turn: number;
  /** Keys that meant something, in order. */
  keys: readonly string[];
  /** All was said up to the first question, or a key was chosen before. */
  heard: boolean;
  optedOut: OptOutScope | null;
  ended: MessageEnd | null;
}

export type MessageEvent =
  | { type: "begin" }
  | { type: "key"; key: string }
  | { type: "said"; turn: number }
  | { type: "timeout"; turn: number }
  | { type: "connected" }
  | { type: "no-agent" }
  /** An answering machine greets us; its greeting is over; it was a person, or somebody's assistant, after all. */
  | { type: "machine" }
  | { type: "beep" }
  | { type: "person" }
  | { type: "left" }
  | { type: "failed" };

export type KeyMeaning = "choice" | "opt-out" | "wrong" | "none";

export type MessageEffect =
  | { type: "say"; prompt: PromptChoice; turn: number; asks: boolean }
  | { type: "stop" }
  | { type: "wait"; ms: number; turn: number }
  | { type: "opt-out"; scope: OptOutScope }
  | { type: "callback"; afterMinutes: number }
  | { type: "disposition"; dispositionId: number }
  | { type: "transfer"; waitMs: number }
  | { type: "hang-up" }
  /** For the story of the call. */
  | { type: "pressed"; key: string; meaning: KeyMeaning; label: string }
  | { type: "no-key" };

export type MessageStep = { state: MessageState; effects: MessageEffect[] } | { noted: string };

export const newMessage = (flow: MessageFlow, toMachines: readonly PromptChoice[] = []): MessageState => ({
  phase: "listening",
  flow,
  toMachines,
  isMachine: false,
  rest: flow.steps,
  menus: [],
  turn: 0,
  keys: [],
  heard: false,
  optedOut: null,
  ended: null,
});

type Moved = { state: MessageState; effects: MessageEffect[] };

const move = (state: MessageState, change: Partial<MessageState>, effects: MessageEffect[] = []): Moved => ({
  state: { ...state, ...change },
  effects,
});

const over = (state: MessageState, ended: MessageEnd, effects: MessageEffect[] = []): Moved =>
  move(
    state,
    {
      phase: "over",
      rest: [],
      menus: [],
      ended,
      heard: state.heard || ended === "played" || ended === "voicemail",
    },
    effects,
  );

function say(
  state: MessageState,
  prompt: PromptChoice,
  rest: readonly FlowStep[],
  before: MessageEffect[] = [],
): Moved {
  const turn = state.turn + 1;
  return move(state, { phase: "saying", rest, turn }, [
    ...before,
    { type: "say", prompt, turn, asks: false },
  ]);
}

function ask(state: MessageState, open: OpenMenu, menus: readonly OpenMenu[]): Moved {
  const turn = state.turn + 1;
  const { prompt } = open.menu;
  return move(state, { phase: "asking", rest: [], menus: [...menus, open], turn }, [
    { type: "say", prompt, turn, asks: true },
  ]);
}

/** Makes the next step of the path. */
function next(state: MessageState): Moved {
  const [step, ...rest] = state.rest;
  switch (step?.do) {
    case undefined:
    case "hang-up":
      return over(state, state.isMachine ? "voicemail" : "played", [{ type: "hang-up" }]);
    case "say":
      return say(state, step.prompt, rest);
    case "opt-out":
      return say({ ...state, optedOut: step.scope }, step.prompt, rest, [
        { type: "opt-out", scope: step.scope },
      ]);
    case "callback":
      return say(state, step.prompt, rest, [{ type: "callback", afterMinutes: step.afterMinutes }]);
    case "disposition": {
      const { dispositionId } = step;
      const moved = next({ ...state, rest });
      if (dispositionId === null) return moved;
      return { ...moved, effects: [{ type: "disposition", dispositionId }, ...moved.effects] };
    }
    case "menu":
      return ask(state, { menu: step, asked: 1 }, state.menus);
    case "transfer":
      if (step.prompt !== null) return say(state, step.prompt, [{ ...step, prompt: null }]);
      return move(state, { phase: "transferring", rest: step.otherwise, heard: true }, [
        { type: "transfer", waitMs: step.waitMs },
      ]);
    case "repeat":
      return again(state, "noKey");
  }
}

/** The innermost menu once more, or its way out when it was asked often enough. */
function again(state: MessageState, wayOut: "noKey" | "wrongKey"): Moved {
  const open = state.menus.at(-1);
  if (!open) return next({ ...state, rest: [] });
  const outer = state.menus.slice(0, -1);
  if (open.asked > open.menu.repeats) return next({ ...state, menus: outer, rest: open.menu[wayOut] });
  const { wrongPrompt } = open.menu;
  const asked = { ...open, asked: open.asked + 1 };
  if (wayOut === "noKey" || wrongPrompt === null) return ask(state, asked, outer);
  // The word of correction is said; then `repeat` asks the menu, whose count went up already.
  return say({ ...state, menus: [...outer, open] }, wrongPrompt, [{ do: "repeat" }]);
}

/** The menu whose keys count now: the one that asks, or the one that is asked after what is being said. */
function listeningMenu(state: MessageState): { open: OpenMenu; outer: readonly OpenMenu[] } | undefined {
  if (state.phase === "asking" || state.phase === "waiting") {
    const open = state.menus.at(-1);
    return open && { open, outer: state.menus.slice(0, -1) };
  }
  const ahead = state.rest.find((step) => step.do !== "say");
  if (ahead?.do === "menu") return { open: { menu: ahead, asked: 1 }, outer: state.menus };
  const around = state.menus.at(-1);
  if (ahead?.do !== "repeat" || !around || around.asked > around.menu.repeats) return undefined;
  return { open: { ...around, asked: around.asked + 1 }, outer: state.menus.slice(0, -1) };
}

function onKey(state: MessageState, key: string): MessageStep {
  const pressed = (meaning: KeyMeaning, label = ""): MessageEffect => ({
    type: "pressed",
    key,
    meaning,
    label,
  });
  const { phase, optedOut } = state;
  const rule = state.flow.optOut;
  if (phase === "over" || phase === "transferring" || state.isMachine)
    return move(state, {}, [pressed("none")]);
  const chosen = { keys: [...state.keys, key], heard: true };
  const stop: MessageEffect = { type: "stop" };
  if (rule?.key === key && optedOut === null) {
    const path: FlowStep[] = [{ do: "opt-out", scope: rule.scope, prompt: rule.prompt }];
    const moved = next({ ...state, ...chosen, rest: path, menus: [] });
    return { ...moved, effects: [pressed("opt-out"), stop, ...moved.effects] };
  }
  const menu = listeningMenu(state);
  const branch = menu?.open.menu.keys.find((one) => one.key === key);
  if (menu && branch) {
    const moved = next({ ...state, ...chosen, rest: branch.steps, menus: [...menu.outer, menu.open] });
    return { ...moved, effects: [pressed("choice", branch.label), stop, ...moved.effects] };
  }
  if (phase !== "asking" && phase !== "waiting") return move(state, {}, [pressed("none")]);
  const moved = again(state, "wrongKey");
  return { ...moved, effects: [pressed("wrong"), stop, ...moved.effects] };
}

function onSaid(state: MessageState): MessageStep {
  const { menu } = state.menus.at(-1) ?? {};
  if (state.phase === "saying") return next(state);
  if (state.phase !== "asking" || !menu) return { noted: `said in ${state.phase}` };
  const turn = state.turn + 1;
  return move(state, { phase: "waiting", turn, heard: true }, [{ type: "wait", ms: menu.waitMs, turn }]);
}

function onMachine(state: MessageState): MessageStep {
  if (state.phase === "transferring" || state.isMachine) return { noted: `machine in ${state.phase}` };
  const stop: MessageEffect = { type: "stop" };
  if (state.toMachines.length === 0)
    return over({ ...state, isMachine: true, heard: false }, "machine", [stop, { type: "hang-up" }]);
  const waits = { phase: "greeted", isMachine: true, heard: false, rest: [], menus: [] } as const;
  return move(state, { ...waits, turn: state.turn + 1 }, [stop]);
}

function onGreeted(state: MessageState, event: "beep" | "person"): MessageStep {
  if (state.phase !== "greeted") return { noted: `${event} in ${state.phase}` };
  if (event === "person") return next({ ...state, isMachine: false, rest: state.flow.steps });
  return next({ ...state, rest: state.toMachines.map((prompt) => ({ do: "say", prompt })) });
}

/** One step. Total: every event in every phase moves, or is noted. */
export function messageStep(state: MessageState, event: MessageEvent): MessageStep {
  if (state.phase === "over" && event.type !== "key") return { noted: `${event.type} in over` };
  switch (event.type) {
    case "begin":
      return state.phase === "listening" ? next(state) : { noted: `begin in ${state.phase}` };
    case "key":
      return onKey(state, event.key);
    case "said":
      return event.turn === state.turn ? onSaid(state) : { noted: "said late" };
    case "timeout": {
      if (state.phase !== "waiting" || event.turn !== state.turn) return { noted: "timeout late" };
      const moved = again(state, "noKey");
      return { ...moved, effects: [{ type: "no-key" }, ...moved.effects] };
    }
    case "connected":
      if (state.phase !== "transferring") return { noted: `connected in ${state.phase}` };
      return over(state, "transferred");
    case "no-agent":
      return state.phase === "transferring" ? next(state) : { noted: `no-agent in ${state.phase}` };
    case "machine":
      return onMachine(state);
    case "beep":
    case "person":
      return onGreeted(state, event.type);
    case "left":
      return over(state, "left", [{ type: "stop" }]);
    case "failed":
      return over(state, "failed", [{ type: "stop" }, { type: "hang-up" }]);
  }
}
