/**
 * What a person hears of a voicemail box by telephone, and what their keys do. Pure and total.
 *
 *   box ── number # ──▶ pin ── PIN # ──▶ checking ── let in ──▶ main ◀────────────── *
 *    ▲                                      │ wrong              │ 1 new  2 all       │
 *    └── wrong, but not for the third time ─┤                    ├──────▶ messages ───┤
 *                                           │ third, or locked   │          │ 8       │
 *   somebody's own telephone ──▶ main       ▼                    │          ▼         │
 *    ▲                  4 another box │    bye ◀── # ────────────┤       forwarding ──┘
 *    └── checking ◀── box number # ───┘                          │ 3
 *                                                                ▼
 *   greeting ── 2 ──▶ recording ── # ──▶ stopping ── recorded ──▶ review ── 2 keeps ──▶ greeting
 *
 * In `messages`: 4 the one before, 5 again, 6 the next, 7 deletes, 8 forwards, 9 saves, 2 calls back, 0 tells of all, * the menu. Whoever keys
 * nothing hears the choices again, and is told goodbye after that.
 */
import {
  type Clip,
  empty,
  type MenuEvent,
  type MenuMessage,
  type MenuState,
  type MenuStep,
  mostWrong,
  type Said,
} from "./menu.ts";
import { onKey } from "./menu-keys.ts";
import { bye, go, listen, listened, main, say, stay } from "./menu-places.ts";

/** So often the choices are said to somebody who keys nothing. */
const mostQuiet = 2;

/** A stranger is asked who they are; of a box that is known (its greeting was interrupted) only the PIN. */
export const begin = (box?: string, ...first: Said[]): MenuStep =>
  box === undefined
    ? { state: { ...empty, place: { at: "box", digits: "" } }, effects: [say("ask-box")] }
    : {
        state: { ...empty, place: { at: "pin", box, known: true, digits: "" } },
        effects: [say(...first, "ask-pin")],
      };

/** Somebody at their own telephone. */
export const beginInside = (
  messages: readonly MenuMessage[],
  hasGreeting: boolean,
  ...first: Said[]
): MenuStep => main({ ...empty, inside: true, messages, hasGreeting, place: { at: "main" } }, ...first);

/** The choices of where somebody stands. */
function again(state: MenuState): MenuStep {
  const { place } = state;
  switch (place.at) {
    case "box":
      return go(state, { at: "box", digits: "" }, say("ask-box"));
    case "pin":
      return go(state, { ...place, digits: "" }, say("ask-pin"));
    case "main":
      return main(state);
    case "messages":
      return go(state, place, say("choices"));
    case "forwarding":
      return go(state, { ...place, digits: "" }, say("ask-forward"));
    case "greeting":
      return go(state, place, say("greeting"));
    case "review":
      return go(state, place, say("review"));
    default:
      return stay(state);
  }
}

function onSaid(before: MenuState): MenuStep {
  const { place } = before;
  switch (place.at) {
    case "bye":
      return go(before, place, { type: "hang-up" });
    case "recording":
      return go(before, { at: "recording", begun: true }, { type: "record" });
    case "checking":
    case "stopping":
    case "working":
      return stay(before);
    case "messages": {
      const [state, marks] = listened(before, place.ids[place.index]);
      return go(state, place, ...marks, { type: "wait" });
    }
    default:
      return go(before, place, { type: "wait" });
  }
}

/** What was asked for has been done, or could not be. */
function onDone(state: MenuState, ok: boolean, said: Clip | undefined): MenuStep {
  const { place } = state;
  if (place.at !== "working") return stay(state);
  const { next } = place;
  if (ok && said === "calling-back") return bye(state, said);
  const words: Said[] = said ? [said] : ok ? [] : ["failed"];
  switch (next.at) {
    case "messages":
      if (ok && (said === "forwarded" || said === "deleted")) {
        const id = next.ids[next.index];
        const messages = state.messages.filter((one) => one.id !== id);
        const ids = next.ids.filter((one) => one !== id);
        return listen({ ...state, messages }, ids, next.index, said);
      }
      if (ok) return listen(state, next.ids, next.index, ...words);
      return go(state, next, say(...words, "choices"));
    case "greeting":
      return go(
        { ...state, hasGreeting: ok ? said === "greeting-kept" : state.hasGreeting },
        next,
        say(...words, "greeting"),
      );
    default:
      return main(state, ...words);
  }
}

/** What was keyed ahead, where somebody has come to. */
function keyedAhead({ state, effects }: MenuStep): MenuStep {
  let next: MenuStep = { state: { ...state, ahead: "" }, effects };
  for (const key of state.ahead) {
    const step = onKey(next.state, key);
    next = { state: step.state, effects: [...next.effects, ...step.effects] };
  }
  return next;
}

/** One step; what means nothing where somebody stands changes nothing. */
export function menuStep(before: MenuState, event: MenuEvent): MenuStep {
  const state = event.type === "key" ? { ...before, quiet: 0 } : before;
  const { place } = state;
  switch (event.type) {
    case "key":
      return onKey(state, event.key);
    case "said":
      return onSaid(state);
    case "quiet": {
      if (place.at === "bye" || place.at === "recording") return stay(state);
      if (state.quiet + 1 >= mostQuiet) return bye(state);
      return again({ ...state, quiet: state.quiet + 1 });
    }
    case "opened":
      if (place.at !== "checking") return stay(state);
      return keyedAhead(main({ ...state, messages: event.messages, hasGreeting: event.hasGreeting }));
    case "refused": {
      if (place.at !== "checking") return stay(state);
      if (state.inside) return main({ ...state, ahead: "" }, "no-such-box");
      const next = { ...state, ahead: "", wrong: state.wrong + 1 };
      if (event.locked || next.wrong >= mostWrong) return bye(next, "wrong");
      return place.known
        ? go(next, { at: "pin", box: place.box, known: true, digits: "" }, say("wrong", "ask-pin"))
        : go(next, { at: "box", digits: "" }, say("wrong", "ask-box"));
    }
    case "done":
      return onDone(state, event.ok, event.said);
    case "recorded":
      if (place.at !== "stopping") return stay(state);
      return event.ok
        ? keyedAhead(go(state, { at: "review" }, say("review")))
        : go({ ...state, ahead: "" }, { at: "greeting" }, say("too-short", "greeting"));
  }
}
