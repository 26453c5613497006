/** From block to block: out by an exit, into the next, and what each begins with. A part of `machine.ts`. */
import { type Answers, ruleHolds } from "../answer-rules.ts";
import { dayOn, isWithinCalendar } from "../calendars.ts";
import { wallClock } from "../hours.ts";
import { fillText } from "../script-text.ts";
import { insteadOf, type IvrBlock } from "./blocks.ts";
import { blockOf } from "./flow.ts";
import { askAgain, type AskingBlock, canAnswer, inputKey } from "./input.ts";
import { after, say, work } from "./moves.ts";
import {
  deepestFlow,
  type HandOver,
  type IvrEffect,
  type IvrEnd,
  type IvrState,
  mostSilent,
  type Moved,
} from "./state.ts";
import { setAll } from "./values.ts";

export const frameOf = (state: IvrState) => state.frames.at(-1)!;
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

export const over = (state: IvrState, ended: IvrEnd, effects: IvrEffect[]): Moved => ({
  state: { ...state, phase: "over", ended, digits: "", ahead: [] },
  effects,
});

/** What they waited for people does not count. */
export const isOvertime = (state: IvrState, now: number) =>
  now - state.startedAt >= state.frames[0]!.document.longestMs;

/** The flow cannot go on: its last words, and we hang up. */
export function part(state: IvrState, ended: IvrEnd): Moved {
  return say({ ...state, ended, digits: "", ahead: [] }, "parting", [state.frames[0]!.document.parting]);
}

/** Out of the block by this exit, and on. */
export function leave(state: IvrState, exit: string, now: number): Moved {
  const { document, blockId } = frameOf(state);
  const block = blockOf(document, blockId);
  const instead = block && insteadOf(block, exit);
  const to = block?.exits[exit] ?? (instead && block?.exits[instead]);
  return after([exited(state, exit)], to ? enter(state, to, now) : part(state, "no-exit"));
}

export function enter(state: IvrState, blockId: string, now: number): Moved {
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
    case "message":
      return work(state, block);
    case "speech-choice":
      if (!canAnswer(state, block)) return leave(state, "unavailable", now);
      return askOrTake(state, block, now);
    case "verify":
    case "menu":
    case "collect":
    case "satisfaction":
      return askOrTake(state, block, now);
    case "record":
      return say({ ...state, ahead: [] }, "asking", [block.speech]);
    case "hours": {
      const wall = wallClock(now, block.timeZone);
      const days = block.calendarId === null ? [] : (state.calendars?.get(block.calendarId) ?? []);
      const isHoliday = block.holidays.includes(wall.date) || dayOn(days, wall.date)?.kind === "off";
      if (isHoliday) return leave(state, "holiday", now);
      return leave(state, isWithinCalendar(block.hours, days, wall) ? "open" : "closed", now);
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
