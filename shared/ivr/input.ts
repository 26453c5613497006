/** What callers key and say, by the block that asks. A part of `machine.ts`. */
import type { Speech } from "./block-parts.ts";
import type { BlockOf, IvrBlock } from "./blocks.ts";
import { characterOf, passesCheck } from "./check-digits.ts";
import { after, say, work } from "./moves.ts";
import { choiceSaid } from "./phrases.ts";
import type { IvrEffect, IvrState, Moved } from "./state.ts";

export type AskingBlock = BlockOf<"menu" | "speech-choice" | "collect" | "satisfaction" | "verify">;
export const isAsking = (block: IvrBlock | undefined): block is AskingBlock =>
  block?.kind === "menu" ||
  block?.kind === "speech-choice" ||
  block?.kind === "collect" ||
  block?.kind === "satisfaction" ||
  block?.kind === "verify";

/** Out of the block by this exit, and on. */
type Leave = (state: IvrState, exit: string) => Moved;

/** By what is said, or by a key. */
export const canAnswer = ({ hears }: IvrState, { choices }: BlockOf<"speech-choice">) =>
  hears || choices.some(({ digit }) => digit !== null);

/** The question, after what is said first. */
export function askAgain(state: IvrState, block: AskingBlock, first: Speech[]): Moved {
  const question = block.kind === "speech-choice" && !state.hears ? block.keysSpeech : block.speech;
  return say({ ...state, asked: state.asked + 1, digits: "", ahead: [] }, "asking", [...first, question]);
}

function exitOfNone(block: AskingBlock, why: "invalid" | "timeout"): string {
  if (block.kind === "satisfaction") return "unrated";
  return block.kind === "verify" && why === "invalid" ? "failed" : why;
}

/** An answer that is none: asked again, or out by the exit for it. */
export function wrong(state: IvrState, block: AskingBlock, leave: Leave): Moved {
  if (state.asked < block.tries) return askAgain(state, block, [block.wrong]);
  return leave({ ...state, ahead: [] }, exitOfNone(block, "invalid"));
}

function silent(state: IvrState, block: AskingBlock, leave: Leave): Moved {
  if (state.asked < block.tries) return askAgain(state, block, []);
  return leave(state, exitOfNone(block, "timeout"));
}

function takeDigits(state: IvrState, block: BlockOf<"collect" | "verify">, leave: Leave): Moved {
  const { digits } = state;
  if (digits.length < block.min || !passesCheck(block.check, digits)) return wrong(state, block, leave);
  const { variable, secret } = block;
  const others = state.secrets.filter((name) => name !== variable);
  const taken: IvrState = {
    ...state,
    digits: "",
    variables: { ...state.variables, [variable]: digits },
    secrets: secret ? [...others, variable] : others,
  };
  const shown = secret ? "" : digits;
  const told: IvrEffect = { type: "collected", variable, digits: shown, count: digits.length };
  return after([told], block.kind === "verify" ? work(taken, block) : leave(taken, "next"));
}

/** A key for the block that asks; `state` has heard that somebody is there. */
export function inputKey(heard: IvrState, block: AskingBlock, key: string, leave: Leave): Moved {
  const state: IvrState = { ...heard, silent: 0 };
  switch (block.kind) {
    case "menu": {
      const chosen = block.keys.find((one) => one.key === key);
      if (!chosen) return wrong(state, block, leave);
      return after([{ type: "pressed", key, label: chosen.label }], leave(state, key));
    }
    case "speech-choice": {
      const chosen = block.choices.find(({ digit }) => digit === key);
      if (!chosen) return wrong(state, block, leave);
      return after([{ type: "pressed", key, label: chosen.label }], leave(state, chosen.key));
    }
    case "satisfaction": {
      const score = /^\d$/.test(key) ? Number(key) : 0;
      if (score < 1 || score > block.scale) return wrong(state, block, leave);
      return after([{ type: "rated", score, scale: block.scale }], leave(state, "rated"));
    }
    case "verify":
    case "collect": {
      if (key === block.endKey) return takeDigits(state, block, leave);
      const character = characterOf(block.check, key);
      if (character === undefined) return wrong(state, block, leave);
      const digits = state.digits + character;
      if (digits.length >= block.max) return takeDigits({ ...state, digits }, block, leave);
      const turn = state.turn + 1;
      return {
        state: { ...state, phase: "waiting", digits, turn },
        effects: [{ type: "wait", ms: block.betweenMs, turn }],
      };
    }
  }
}

export function inputTimeout(state: IvrState, block: AskingBlock, leave: Leave): Moved {
  if ((block.kind === "collect" || block.kind === "verify") && state.digits !== "")
    return takeDigits(state, block, leave);
  return silent(state, block, leave);
}

/** What they said; nothing is silence. */
export function inputHeard(
  state: IvrState,
  block: BlockOf<"speech-choice">,
  text: string,
  leave: Leave,
): Moved {
  if (text.trim() === "") return silent(state, block, leave);
  const heard: IvrState = { ...state, silent: 0 };
  const chosen = choiceSaid(text, block.choices, state.language);
  const label = chosen ? chosen.label || chosen.key : "";
  const told: IvrEffect = { type: "spoken", text, label };
  return after([told], chosen ? leave(heard, chosen.key) : wrong(heard, block, leave));
}

/** Nobody understands speech any more: asked by keys, which costs no try, where there are any. */
export function inputUnheard(state: IvrState, block: BlockOf<"speech-choice">, leave: Leave): Moved {
  const deaf: IvrState = { ...state, hears: false };
  if (!canAnswer(deaf, block)) return leave(deaf, "unavailable");
  return askAgain({ ...deaf, asked: Math.max(0, state.asked - 1) }, block, []);
}
