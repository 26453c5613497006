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
 *                      ├─ speech-choice ─▶ asking ── said ─▶ listening ── heard, key ─▶ its exit, or asked again;
 *                      │                                         unheard: asked by keys like a menu, or out
 *                      ├─ record ─▶ asking ── said ─▶ recording ── end key, timeout, record-failed ─▶ its exit
 *                      ├─ http, sql, script, message ─▶ working ── worked ─▶ its exit; verify asks like collect, then works
 *                      ├─ queue, agent, number ─▶ away ── back ─▶ its exit; taken ─▶ over
 *                      └─ hang-up ─▶ parting ── said ─▶ over (we hang up)
 *
 *   overtime, failed, an exit that leads nowhere, too many blocks in which nobody does anything: parting
 *   left: over, at any moment
 *
 * Every phase but `idle`, `away` and `over` waits for a playback or a timer that the effects of its step began; whoever
 * waits for people (`away`) is brought back by them. Silence and time are bounded, so that every walk ends.
 */
import type { CalendarBook } from "../calendars.ts";
import type { Language } from "../common.ts";
import { cut, onBack, onHeard, onKey, onLeft, onSaid, onTimeout, onWorked } from "./on-event.ts";
import { enter, frameOf, isOvertime, leave, over } from "./path.ts";
import type { FlowLibrary, IvrEvent, IvrState, IvrStep, RunningFlow } from "./state.ts";

export function newWalk(
  flow: RunningFlow,
  facts: {
    library: FlowLibrary;
    language: Language;
    hears: boolean;
    calendars?: CalendarBook;
    variables: Readonly<Record<string, string>>;
  },
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
    case "heard":
    case "unheard":
      return onHeard(state, event, now);
    case "back":
      return onBack(state, event, now);
    case "taken":
      if (state.phase !== "away") return { noted: `taken in ${state.phase}` };
      return over(state, "taken", []);
    case "overtime":
      return isOvertime(state, now) ? cut(state, "time") : { noted: "overtime early" };
    case "failed":
      return cut(state, "fault");
    case "left":
      return onLeft(state);
  }
}
