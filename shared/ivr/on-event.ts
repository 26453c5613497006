/** What a caller, a timer or somebody else's answer means where the caller is. A part of `machine.ts`. */
import { exitsOf } from "./blocks.ts";
import { inputHeard, inputKey, inputTimeout, inputUnheard, isAsking, wrong } from "./input.ts";
import { after } from "./moves.ts";
import { currentBlock, leave, over, part } from "./path.ts";
import {
  type IvrEffect,
  type IvrEvent,
  type IvrState,
  type IvrStep,
  mostAhead,
  type Moved,
  waitedMs,
} from "./state.ts";
import { learn } from "./values.ts";

/** Ends what runs in this phase. */
const stopsOf = ({ phase }: IvrState): IvrEffect[] => {
  if (phase === "recording") return [{ type: "stop-recording" }];
  return phase === "listening" ? [{ type: "stop-listening" }] : [{ type: "stop" }];
};

export function onKey(state: IvrState, key: string, now: number): IvrStep {
  const block = currentBlock(state);
  const out = (left: IvrState, exit: string) => leave(left, exit, now);
  const stops = stopsOf(state);
  switch (state.phase) {
    case "saying": {
      const isOpen = (block?.kind === "prompt" || block?.kind === "greeting") && block.bargeIn;
      if (!isOpen) return { noted: "key while it is said" };
      const ahead = [...state.ahead, key].slice(0, mostAhead);
      return after(stops, leave({ ...state, ahead, silent: 0 }, "next", now));
    }
    case "asking":
      if (block?.kind === "record") return after(stops, startRecording({ ...state, silent: 0 }, block.maxMs));
      if (!isAsking(block)) break;
      return after(stops, inputKey(state, block, key, out));
    case "listening":
      if (!isAsking(block)) break;
      return after(stops, inputKey(state, block, key, out));
    case "waiting":
      if (!isAsking(block)) break;
      return inputKey(state, block, key, out);
    case "working":
      // For what is asked after it.
      return { state: { ...state, ahead: [...state.ahead, key].slice(0, mostAhead) }, effects: [] };
    case "recording":
      if (block?.kind !== "record" || key !== block.endKey) return { noted: "key while recording" };
      return after(stops, leave({ ...state, silent: 0 }, "next", now));
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

export function onSaid(state: IvrState, now: number): IvrStep {
  const block = currentBlock(state);
  switch (state.phase) {
    case "saying":
      return leave(state, "next", now);
    case "asking": {
      if (block?.kind === "record") return startRecording(state, block.maxMs);
      const turn = state.turn + 1;
      if (block?.kind === "speech-choice" && state.hears) {
        const { waitMs, longestMs } = block;
        return {
          state: { ...state, phase: "listening", turn },
          effects: [{ type: "listen", waitMs, longestMs, language: state.language, turn }],
        };
      }
      const ms = block && "waitMs" in block ? block.waitMs : 0;
      return { state: { ...state, phase: "waiting", turn }, effects: [{ type: "wait", ms, turn }] };
    }
    case "parting":
      return over(state, state.ended ?? "done", [{ type: "hang-up" }]);
    default:
      return { noted: `said in ${state.phase}` };
  }
}

export function onTimeout(state: IvrState, now: number): IvrStep {
  const block = currentBlock(state);
  if (state.phase === "recording")
    return after([{ type: "stop-recording" }], leave({ ...state, silent: 0 }, "next", now));
  if (state.phase !== "waiting") return { noted: `timeout in ${state.phase}` };
  if (isAsking(block)) return inputTimeout(state, block, (left, exit) => leave(left, exit, now));
  return part(state, "fault");
}

export function onWorked(state: IvrState, event: IvrEvent & { type: "worked" }, now: number): IvrStep {
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

export function cut(state: IvrState, ended: "time" | "fault"): IvrStep {
  // Who waits for people does not wait for us.
  if (state.phase === "parting" || (ended === "time" && (state.phase === "away" || state.phase === "idle")))
    return { noted: `${ended} in ${state.phase}` };
  return after(stopsOf(state), part(state, ended));
}

/** What a caller said was understood, or cannot be. */
export function onHeard(
  state: IvrState,
  event: IvrEvent & { type: "heard" | "unheard" },
  now: number,
): IvrStep {
  const block = currentBlock(state);
  if (state.phase !== "listening" || block?.kind !== "speech-choice")
    return { noted: `${event.type} in ${state.phase}` };
  const out = (left: IvrState, exit: string) => leave(left, exit, now);
  return event.type === "heard" ? inputHeard(state, block, event.text, out) : inputUnheard(state, block, out);
}

export function onBack(state: IvrState, { exit: why }: IvrEvent & { type: "back" }, now: number): IvrStep {
  const block = currentBlock(state);
  const exits = block ? exitsOf(block) : [];
  const exit = exits.find((one) => one === why) ?? exits[0];
  if (state.phase !== "away" || exit === undefined) return { noted: `back in ${state.phase}` };
  // A line that sends callers back at once is a circle in which nobody does anything.
  const awayMs = now - state.awaySince;
  const silent = awayMs < waitedMs && exit !== "key" ? state.silent : 0;
  return leave({ ...state, silent, startedAt: state.startedAt + awayMs }, exit, now);
}

export const onLeft = (state: IvrState): Moved =>
  over(state, state.ended ?? "left", state.phase === "parting" ? [{ type: "stop" }] : stopsOf(state));
