/**
 * A caller in a flow, pure and total: `(state, event, now) -> { state, effects }`.
 *
 *            begin              silent blocks (hours, condition, set, …) are walked in the same step
 *   idle ──────────▶ enter a block ──────────────────────────────────────────────▶ the next block
 *                      │
 *                      ├─ greeting, prompt, callback ─▶ saying ── said, or a key that is kept ──▶ next
 *                      ├─ menu, collect, satisfaction ─▶ asking ── said ─▶ waiting ── key, timeout ─▶ its exit,
 *                      │                                    ▲                 │            or asked again
 *                      │                                    └─────────────────┘ `tries` times at most
 *                      ├─ record ─▶ asking ── said ─▶ recording ── end key, timeout, record-failed ─▶ its exit
 *                      ├─ http, sql, script ─▶ working ── worked ─▶ its exit; verify asks like collect, then works
 *                      ├─ queue, agent, number ─▶ away ── back ─▶ its exit; taken ─▶ over
 *                      └─ hang-up ─▶ parting ── said ─▶ over (we hang up)
 *
 *   overtime, failed, an exit that leads nowhere, too many blocks in which nobody does anything: parting
 *   left: over, at any moment
 *
 * Every phase but `idle`, `away` and `over` waits for a playback or a timer that the effects of its step began; whoever
 * waits for people (`away`) is brought back by them. Silence and time are bounded, so that every walk ends.
 */
import { type Answers, ruleHolds } from "../answer-rules.ts";
import { isWithin, wallClock } from "../hours.ts";
import { fillText } from "../script-text.ts";
import type { Language } from "../common.ts";
import { exitsOf, type IvrBlock } from "./blocks.ts";
import { blockOf } from "./flow.ts";
import { askAgain, type AskingBlock, inputKey, inputTimeout, isAsking, wrong } from "./input.ts";
import { after, say, work } from "./moves.ts";
import {
  deepestFlow,
  type FlowLibrary,
  type HandOver,
  type IvrEffect,
  type IvrEnd,
  type IvrEvent,
  type IvrState,
  type IvrStep,
  mostAhead,
  mostSilent,
  type Moved,
  type RunningFlow,
  waitedMs,
} from "./state.ts";

export function newWalk(
  flow: RunningFlow,
  facts: { library: FlowLibrary; language: Language; variables: Readonly<Record<string, string>> },
  now: number,
): IvrState {
  return {
    phase: "idle",
    ...facts,
    frames: [{ ...flow, blockId: flow.document.start }],
    secrets: [],
    turn: 0,
    asked: 0,
    digits: "",
    ahead: [],
    silent: 0,
    awaySince: now,
    startedAt: now,
    ended: null,
  };
}

const frameOf = (state: IvrState) => state.frames.at(-1)!;
/** Where the caller is; undefined: in a block that is gone, or not in the flow yet. */
export function currentBlock(state: IvrState): IvrBlock | undefined {
  const { document, blockId } = frameOf(state);
  return state.phase === "idle" ? undefined : blockOf(document, blockId);
}

const where = (state: IvrState) => {
  const { flowId, versionId, blockId } = frameOf(state);
  return { flowId, versionId, blockId };
};
const exited = (state: IvrState, exit: string): IvrEffect => ({ type: "exited", ...where(state), exit });

const over = (state: IvrState, ended: IvrEnd, effects: IvrEffect[]): Moved => ({
  state: { ...state, phase: "over", ended, digits: "", ahead: [] },
  effects,
});

/** What they waited for people does not count. */
const isOvertime = (state: IvrState, now: number) =>
  now - state.startedAt >= state.frames[0]!.document.longestMs;

/** The flow cannot go on: its last words, and we hang up. */
function part(state: IvrState, ended: IvrEnd): Moved {
  return say({ ...state, ended, digits: "", ahead: [] }, "parting", [state.frames[0]!.document.parting]);
}

/** Out of the block by this exit, and on. */
function leave(state: IvrState, exit: string, now: number): Moved {
  const { document, blockId } = frameOf(state);
  const to = blockOf(document, blockId)?.exits[exit];
  return after([exited(state, exit)], to ? enter(state, to, now) : part(state, "no-exit"));
}

function enter(state: IvrState, blockId: string, now: number): Moved {
  const outer = state.frames.slice(0, -1);
  const frame = { ...frameOf(state), blockId };
  const at: IvrState = {
    ...state,
    phase: "saying",
    frames: [...outer, frame],
    asked: 0,
    digits: "",
    silent: state.silent + 1,
  };
  const block = blockOf(frame.document, blockId);
  if (!block) return part(at, "no-exit");
  if (isOvertime(state, now)) return part(at, "time");
  if (at.silent > mostSilent) return part(at, "circle");
  return after([{ type: "entered", ...where(at) }], begin(at, block, now));
}

function begin(state: IvrState, block: IvrBlock, now: number): Moved {
  switch (block.kind) {
    case "greeting": {
      const answers: Answers = state.variables;
      const chosen = block.variants.find(({ when }) => ruleHolds(when, answers))?.speech ?? block.speech;
      return say(state, "saying", [chosen]);
    }
    case "prompt":
      return say(state, "saying", [block.speech]);
    case "callback":
      return after(
        [{ type: "callback", afterMinutes: block.afterMinutes }],
        say(state, "saying", [block.speech]),
      );
    case "http":
    case "sql":
    case "script":
      return work(state, block);
    case "verify":
    case "menu":
    case "collect":
    case "satisfaction":
      return askOrTake(state, block, now);
    case "record":
      return say({ ...state, ahead: [] }, "asking", [block.speech]);
    case "hours": {
      const wall = wallClock(now, block.timeZone);
      if (block.holidays.includes(wall.date)) return leave(state, "holiday", now);
      return leave(state, isWithin(block.hours, wall) ? "open" : "closed", now);
    }
    case "condition": {
      const holds = block.cases.find(({ when }) => ruleHolds(when, state.variables));
      return leave(state, holds?.key ?? "otherwise", now);
    }
    case "set":
      return leave(setAll(state, block.values), "next", now);
    case "sub-flow":
      return goInto(state, block.flowId, now);
    case "return":
      return goBack(state, now);
    case "hang-up":
      return say({ ...state, ended: "done" }, "parting", [block.speech]);
    case "number":
      return handOver(state, { kind: "number", phone: fillText(block.phone, state.variables) }, now);
    case "queue":
    case "agent":
      return handOver(state, block, now);
    case "voicemail":
      return over(state, "taken", [{ type: "hand-over", to: block, turn: state.turn }]);
  }
}

function setAll(state: IvrState, values: readonly { variable: string; value: string }[]): IvrState {
  let { variables, language, secrets } = state;
  for (const { variable, value } of values) {
    // What is made of a secret is one.
    const isSecret = secrets.some((name) => value.includes(name));
    const filled = fillText(value, variables);
    variables = { ...variables, [variable]: filled };
    secrets = [...secrets.filter((name) => name !== variable), ...(isSecret ? [variable] : [])];
    if (variable === "language" && (filled === "zh" || filled === "en")) language = filled;
  }
  return { ...state, variables, language, secrets };
}

function goInto(state: IvrState, flowId: number | null, now: number): Moved {
  const flow = flowId === null ? undefined : state.library.get(flowId);
  if (!flow || state.frames.length >= deepestFlow) return leave(state, "failed", now);
  const { start } = flow.document;
  return enter({ ...state, frames: [...state.frames, { ...flow, blockId: start }] }, start, now);
}

function goBack(state: IvrState, now: number): Moved {
  if (state.frames.length === 1) return say({ ...state, ended: "done" }, "parting", []);
  const effects = [exited(state, "next")];
  return after(effects, leave({ ...state, frames: state.frames.slice(0, -1) }, "next", now));
}

function handOver(state: IvrState, to: HandOver, now: number): Moved {
  const turn = state.turn + 1;
  return {
    state: { ...state, phase: "away", turn, ahead: [], awaySince: now },
    effects: [{ type: "hand-over", to, turn }],
  };
}

/** Asks, unless somebody who knows the way has keyed already. */
function askOrTake(state: IvrState, block: AskingBlock, now: number): Moved {
  if (state.ahead.length === 0) return askAgain(state, block, []);
  let moved: Moved = { state: { ...state, phase: "waiting", asked: 1 }, effects: [] };
  while (moved.state.ahead.length > 0 && moved.state.phase === "waiting") {
    const [key, ...ahead] = moved.state.ahead;
    const { frames } = moved.state;
    const step = inputKey({ ...moved.state, ahead }, block, key!, (left, exit) => leave(left, exit, now));
    moved = after(moved.effects, step);
    // The block was left, or asks again.
    if (moved.state.frames !== frames || moved.state.phase !== "waiting") break;
  }
  return moved;
}

function onKey(state: IvrState, key: string, now: number): IvrStep {
  const block = currentBlock(state);
  const stop: IvrEffect = { type: "stop" };
  switch (state.phase) {
    case "saying": {
      const isOpen = (block?.kind === "prompt" || block?.kind === "greeting") && block.bargeIn;
      if (!isOpen) return { noted: "key while it is said" };
      const ahead = [...state.ahead, key].slice(0, mostAhead);
      return after([stop], leave({ ...state, ahead, silent: 0 }, "next", now));
    }
    case "asking":
      if (block?.kind === "record")
        return after([stop], startRecording({ ...state, silent: 0 }, block.maxMs));
      if (!isAsking(block)) break;
      return after(
        [stop],
        inputKey(state, block, key, (left, exit) => leave(left, exit, now)),
      );
    case "waiting":
      if (!isAsking(block)) break;
      return inputKey(state, block, key, (left, exit) => leave(left, exit, now));
    case "working":
      // For what is asked after it.
      return { state: { ...state, ahead: [...state.ahead, key].slice(0, mostAhead) }, effects: [] };
    case "recording":
      if (block?.kind !== "record" || key !== block.endKey) return { noted: "key while recording" };
      return after([{ type: "stop-recording" }], leave({ ...state, silent: 0 }, "next", now));
    default:
  }
  return { noted: `key in ${state.phase}` };
}

function startRecording(state: IvrState, maxMs: number): Moved {
  const turn = state.turn + 1;
  return {
    state: { ...state, phase: "recording", turn, ahead: [] },
    effects: [{ type: "record", maxMs, turn }],
  };
}

function onSaid(state: IvrState, now: number): IvrStep {
  const block = currentBlock(state);
  switch (state.phase) {
    case "saying":
      return leave(state, "next", now);
    case "asking": {
      if (block?.kind === "record") return startRecording(state, block.maxMs);
      const turn = state.turn + 1;
      const ms = block && "waitMs" in block ? block.waitMs : 0;
      return { state: { ...state, phase: "waiting", turn }, effects: [{ type: "wait", ms, turn }] };
    }
    case "parting":
      return over(state, state.ended ?? "done", [{ type: "hang-up" }]);
    default:
      return { noted: `said in ${state.phase}` };
  }
}

function onTimeout(state: IvrState, now: number): IvrStep {
  const block = currentBlock(state);
  if (state.phase === "recording")
    return after([{ type: "stop-recording" }], leave({ ...state, silent: 0 }, "next", now));
  if (state.phase !== "waiting") return { noted: `timeout in ${state.phase}` };
  if (isAsking(block)) return inputTimeout(state, block, (left, exit) => leave(left, exit, now));
  return part(state, "fault");
}

/** What a service answered is as secret as what it was asked with, where it holds that. */
function learn(state: IvrState, set: Readonly<Record<string, string>>): IvrState {
  const hidden = state.secrets.map((name) => state.variables[name] ?? "").filter((value) => value.length > 2);
  const own = Object.entries(set).filter(([name]) => !name.includes("."));
  const secret = own.filter(([, value]) => hidden.some((one) => value.includes(one))).map(([name]) => name);
  const others = state.secrets.filter((name) => !own.some(([one]) => one === name));
  return {
    ...state,
    variables: { ...state.variables, ...Object.fromEntries(own) },
    secrets: [...others, ...secret],
  };
}

function onWorked(state: IvrState, event: IvrEvent & { type: "worked" }, now: number): IvrStep {
  const block = currentBlock(state);
  const learnt = learn(state, event.set ?? {});
  const exit = block && exitsOf(block).includes(event.exit) ? event.exit : "failed";
  if (block?.kind !== "verify") return leave(learnt, exit, now);
  if (event.exit === "unavailable") return leave(learnt, "unavailable", now);
  const ok = event.exit === "verified";
  const told: IvrEffect = { type: "verified", what: block.what, ok, tries: state.asked };
  const out = (left: IvrState, way: string) => leave(left, way, now);
  return after([told], ok ? out(learnt, "verified") : wrong({ ...learnt, ahead: [] }, block, out));
}

function cut(state: IvrState, ended: "time" | "fault"): IvrStep {
  // Who waits for people does not wait for us.
  if (state.phase === "parting" || (ended === "time" && (state.phase === "away" || state.phase === "idle")))
    return { noted: `${ended} in ${state.phase}` };
  const stops: IvrEffect[] = state.phase === "recording" ? [{ type: "stop-recording" }] : [{ type: "stop" }];
  return after(stops, part(state, ended));
}

/** One step. Total: every event in every phase moves, or is noted. */
export function ivrStep(state: IvrState, event: IvrEvent, now: number): IvrStep {
  if (state.phase === "over") return { noted: `${event.type} in over` };
  if ("turn" in event && event.turn !== state.turn) return { noted: `${event.type} late` };
  switch (event.type) {
    case "begin":
      if (state.phase !== "idle") return { noted: `begin in ${state.phase}` };
      return enter(state, frameOf(state).blockId, now);
    case "key":
      return onKey(state, event.key, now);
    case "said":
      return onSaid(state, now);
    case "timeout":
      return onTimeout(state, now);
    case "record-failed":
      return state.phase === "recording"
        ? leave(state, "failed", now)
        : { noted: `record-failed in ${state.phase}` };
    case "worked":
      return state.phase === "working" ? onWorked(state, event, now) : { noted: `worked in ${state.phase}` };
    case "back": {
      const block = currentBlock(state);
      const exit = block && exitsOf(block)[0];
      if (state.phase !== "away" || !exit) return { noted: `back in ${state.phase}` };
      // A line that sends callers back at once is a circle in which nobody does anything.
      const awayMs = now - state.awaySince;
      const silent = awayMs < waitedMs ? state.silent : 0;
      return leave({ ...state, silent, startedAt: state.startedAt + awayMs }, exit, now);
    }
    case "taken":
      if (state.phase !== "away") return { noted: `taken in ${state.phase}` };
      return over(state, "taken", []);
    case "overtime":
      return isOvertime(state, now) ? cut(state, "time") : { noted: "overtime early" };
    case "failed":
      return cut(state, "fault");
    case "left":
      return over(state, state.ended ?? "left", [
        { type: "stop" },
        ...(state.phase === "recording" ? [{ type: "stop-recording" } as const] : []),
      ]);
  }
}
