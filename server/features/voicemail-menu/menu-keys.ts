/** What each key means where somebody stands. Pure and total. */
import type { MenuEffect, MenuState, MenuStep, Place } from "./menu.ts";
import { bye, go, listen, listened, main, say, stay } from "./menu-places.ts";

const mostDigits = 12;

/** Digits up to `#`; undefined: more are to come. */
const collect = (digits: string, key: string) =>
  /^\d$/.test(key) ? (digits + key).slice(0, mostDigits) : digits;

function mainKey(state: MenuState, key: string): MenuStep {
  switch (key) {
    case "1":
    case "2": {
      const chosen = state.messages.filter(({ heard }) => key === "2" || !heard);
      if (chosen.length === 0) return main(state, "no-messages");
      return listen(
        state,
        chosen.map(({ id }) => id),
        0,
      );
    }
    case "3":
      return go(state, { at: "greeting" }, say("greeting"));
    case "4":
      return state.inside ? go(state, { at: "box", digits: "" }, say("ask-box")) : main(state);
    case "#":
      return bye(state);
    default:
      return main(state);
  }
}

function messageKey(before: MenuState, place: Extract<Place, { at: "messages" }>, key: string): MenuStep {
  const { ids, index } = place;
  const id = ids[index]!;
  const [state, marks] = key === "7" ? [before, []] : listened(before, id);
  const also = ({ state: next, effects }: MenuStep): MenuStep => ({
    state: next,
    effects: [...marks, ...effects],
  });
  const working = (next: Place, effect: MenuEffect) => also(go(state, { at: "working", next }, effect));
  switch (key) {
    case "2":
      return working(place, { type: "call-back", id });
    case "4":
      return also(listen(state, ids, Math.max(0, index - 1)));
    case "5":
      return also(listen(state, ids, index));
    case "6":
      return also(listen(state, ids, index + 1));
    case "7":
      return working(place, { type: "delete", id });
    case "8":
      return also(go(state, { at: "forwarding", ids, index, digits: "" }, say("ask-forward")));
    case "9":
      return also(listen(state, ids, index + 1, "saved"));
    case "*":
      return also(main(state));
    case "#":
      return also(bye(state));
    default:
      return also(go(state, place, say("help")));
  }
}

function greetingKey(state: MenuState, key: string): MenuStep {
  switch (key) {
    case "1":
      return state.hasGreeting
        ? go(state, { at: "greeting" }, say({ greeting: "own" }, "greeting"))
        : go(state, { at: "greeting" }, say("no-greeting", "greeting"));
    case "2":
      return go(state, { at: "recording", begun: false }, say("record", "tone"));
    case "3":
      return go(state, { at: "working", next: { at: "greeting" } }, { type: "delete-greeting" });
    case "*":
      return main(state);
    case "#":
      return bye(state);
    default:
      return go(state, { at: "greeting" }, say("greeting"));
  }
}

function reviewKey(state: MenuState, key: string): MenuStep {
  switch (key) {
    case "1":
      return go(state, { at: "review" }, say({ greeting: "recorded" }, "review"));
    case "2":
      return go(state, { at: "working", next: { at: "greeting" } }, { type: "keep-greeting" });
    case "3":
      return go(state, { at: "recording", begun: false }, say("record", "tone"));
    case "*":
      return go(state, { at: "greeting" }, say("greeting"));
    default:
      return go(state, { at: "review" }, say("review"));
  }
}

export function onKey(state: MenuState, key: string): MenuStep {
  const { place } = state;
  switch (place.at) {
    case "box": {
      const { digits } = place;
      if (key === "*")
        return state.inside ? main(state) : go(state, { at: "box", digits: "" }, say("ask-box"));
      if (key !== "#") return go(state, { at: "box", digits: collect(digits, key) }, say());
      if (digits === "") return go(state, place, say("ask-box"));
      return state.inside
        ? go(state, { at: "checking", box: digits, known: false }, { type: "check", box: digits, pin: null })
        : go(state, { at: "pin", box: digits, known: false, digits: "" }, say("ask-pin"));
    }
    case "pin": {
      const { box, known, digits } = place;
      if (key === "*") return go(state, { ...place, digits: "" }, say("ask-pin"));
      if (key !== "#") return go(state, { ...place, digits: collect(digits, key) }, say());
      return go(state, { at: "checking", box, known }, { type: "check", box, pin: digits });
    }
    case "main":
      return mainKey(state, key);
    case "messages":
      return messageKey(state, place, key);
    case "forwarding": {
      const { ids, index, digits } = place;
      if (key === "*") return listen(state, ids, index);
      if (key !== "#") return go(state, { ...place, digits: collect(digits, key) }, say());
      const effect: MenuEffect = { type: "forward", id: ids[index]!, to: digits };
      return go(state, { at: "working", next: { at: "messages", ids, index } }, effect);
    }
    case "greeting":
      return greetingKey(state, key);
    case "recording":
      return place.begun ? go(state, { at: "stopping" }, { type: "stop-recording" }) : stay(state);
    case "review":
      return reviewKey(state, key);
    case "checking":
    case "stopping":
      return stay({ ...state, ahead: (state.ahead + key).slice(0, mostDigits) });
    case "working":
    case "bye":
      return stay(state);
  }
}
