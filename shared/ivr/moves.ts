import type { Speech } from "./block-parts.ts";
import type { IvrEffect, IvrState, Moved, WorkBlock } from "./state.ts";

/** Speaks, and goes on in this phase. */
export function say(state: IvrState, phase: "saying" | "asking" | "parting", speeches: Speech[]): Moved {
  const turn = state.turn + 1;
  const { language } = state;
  return { state: { ...state, phase, turn }, effects: [{ type: "say", speeches, language, turn }] };
}

export const after = (effects: IvrEffect[], moved: Moved): Moved => ({
  ...moved,
  effects: [...effects, ...moved.effects],
});

/** Asks somebody else, and waits for the answer. */
export function work(state: IvrState, block: WorkBlock): Moved {
  const turn = state.turn + 1;
  return { state: { ...state, phase: "working", turn }, effects: [{ type: "work", block, turn }] };
}
