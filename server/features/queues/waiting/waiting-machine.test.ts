import assert from "node:assert/strict";
import { test } from "node:test";
import {
  newWaiting,
  type WaitingEffect,
  type WaitingEvent,
  type WaitingPlan,
  type WaitingState,
  waitingStep,
} from "./waiting-machine.ts";

const mobile = "+8613800138000";
const plan: WaitingPlan = {
  greeting: 7,
  everyMs: 40_000,
  prompts: [21, 22],
  tellsStanding: true,
  choices: [
    { key: "1", act: { type: "callback" } },
    { key: "3", act: { type: "overflow" } },
  ],
  phone: mobile,
  numberOf: (digits) => (digits.length === 11 ? `+86${digits}` : null),
};

/** A caller's way through the machine; late ends are sent with the turn that counts. */
function caller(changes: Partial<WaitingPlan> = {}) {
  let state: WaitingState = newWaiting({ ...plan, ...changes });
  let effects: WaitingEffect[] = [];
  const feed = (event: WaitingEvent) => {
    const step = waitingStep(state, event);
    if ("noted" in step) return step.noted;
    ({ state, effects } = step);
    return effects.map((effect) =>
      effect.type === "say"
        ? effect.lines.map((line) => (line.type === "prompt" ? line.promptId : line.type))
        : effect.type,
    );
  };
  return {
    get state() {
      return state;
    },
    last: () => effects,
    begin: () => feed({ type: "begin" }),
    said: () => feed({ type: "said", turn: state.turn }),
    timeout: () => feed({ type: "timeout", turn: state.turn }),
    press: (keys: string) =>
      keys
        .split("")
        .map((key) => feed({ type: "key", key }))
        .at(-1),
    feed,
  };
}

test("greeting, place and choices at first; then music, and the prompts by turns", () => {
  const one = caller();
  assert.deepEqual(one.begin(), [[7, "standing", "choices"]]);
  assert.deepEqual(one.said(), ["wait"]);
  assert.deepEqual(one.timeout(), [["standing", 21, "choices"]]);
  one.said();
  assert.deepEqual(one.timeout(), [["standing", 22, "choices"]]);
  assert.equal(one.feed({ type: "said", turn: 1 }), "said late");
});

test("where nothing is set there is music and no end of it", () => {
  const one = caller({ greeting: null, prompts: [], tellsStanding: false, choices: [] });
  assert.deepEqual(one.begin(), []);
  assert.equal(one.state.phase, "music");
  assert.deepEqual(one.press("1"), ["pressed"]);
});

test("a place is kept for the number that the caller confirms", () => {
  const one = caller();
  one.begin();
  assert.deepEqual(one.press("1"), ["pressed", "stop", ["confirm"]]);
  assert.deepEqual(one.press("1"), ["stop", "keep", ["noted"]]);
  assert.deepEqual(one.last()[1], { type: "keep", phone: mobile });
  assert.deepEqual(one.press("1"), "key in noting");
  assert.deepEqual(one.said(), ["hang-up"]);
});

test("another number is entered, corrected, refused when it is none, and confirmed", () => {
  const one = caller();
  one.begin();
  one.press("1");
  assert.deepEqual(one.press("2"), ["stop", ["enter"]]);
  assert.deepEqual(one.press("12#"), ["stop", ["no-number", "enter"]]);
  one.press("55*13900139000");
  assert.deepEqual(one.timeout(), [["confirm"]], "who stops pressing is done");
  one.press("1");
  assert.deepEqual(one.last()[1], { type: "keep", phone: "+8613900139000" });
  const hidden = caller({ phone: null });
  hidden.begin();
  assert.deepEqual(
    hidden.press("1"),
    ["pressed", "stop", ["enter"]],
    "who withholds the number is asked for it",
  );
});

test("a question without an answer is asked three times, then the music goes on", () => {
  const one = caller();
  one.begin();
  one.said();
  one.press("1");
  one.said();
  assert.deepEqual(one.timeout(), [["confirm"]]);
  assert.deepEqual(one.press("9"), ["stop", ["confirm"]]);
  one.said();
  assert.deepEqual(one.timeout(), ["wait"]);
  assert.equal(one.state.phase, "music");
});

test("every event in every phase moves or is noted, and a caller who has left is over", () => {
  const ways: (() => ReturnType<typeof caller>)[] = [
    () => caller(),
    ...["", "1", "12", "11"].map((keys) => () => {
      const one = caller();
      one.begin();
      one.press(keys);
      return one;
    }),
    () => {
      const one = caller();
      one.begin();
      one.said();
      return one;
    },
    () => {
      const one = caller();
      one.begin();
      one.press("3");
      return one;
    },
  ];
  const phases = new Set<string>();
  for (const way of ways) {
    phases.add(way().state.phase);
    for (const key of "1234567890*#") way().press(key);
    way().begin();
    way().said();
    way().timeout();
    const left = way();
    left.feed({ type: "left" });
    assert.equal(left.state.phase, "over");
    assert.equal(left.feed({ type: "left" }), "left in over");
  }
  assert.equal(phases.size, 7);
});
