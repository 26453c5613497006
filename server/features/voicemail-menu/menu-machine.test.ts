import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../kernel/random.ts";
import type { MenuEffect, MenuEvent, MenuMessage, MenuStep, Said } from "./menu.ts";
import { begin, beginInside, menuStep } from "./menu-machine.ts";

const messages: MenuMessage[] = [
  { id: "a", heard: false },
  { id: "b", heard: true },
  { id: "c", heard: false },
];

/** Somebody in the menu: what they hear, and what is asked of the boxes. */
function caller(first: MenuStep) {
  let { state } = first;
  let said: readonly Said[] = [];
  const asked: MenuEffect[] = [];
  const take = ({ effects }: MenuStep) => {
    for (const effect of effects)
      if (effect.type === "say") said = effect.what;
      else if (effect.type !== "wait") asked.push(effect);
  };
  take(first);
  const feed = (event: MenuEvent) => {
    const step = menuStep(state, event);
    state = step.state;
    take(step);
  };
  return {
    feed,
    keys: (keys: string) => {
      for (const key of keys) feed({ type: "key", key });
    },
    said: () => said,
    at: () => state.place.at,
    /** What was asked since the last look. */
    asked: () => asked.splice(0),
  };
}

test("at one's own telephone: new messages in order, heard when they were played, deleted, saved; then there are no more", () => {
  const me = caller(beginInside(messages, false));
  assert.deepEqual(me.said(), [{ counts: { fresh: 2, old: 1 } }, "main-inside"]);
  me.keys("1");
  assert.deepEqual(me.said(), [{ head: "a", place: 1, of: 2 }, { message: "a" }, "choices"]);
  me.feed({ type: "said" });
  assert.deepEqual(me.asked(), [{ type: "heard", id: "a" }]);
  me.keys("7");
  assert.deepEqual(me.asked(), [{ type: "delete", id: "a" }]);
  me.keys("7");
  assert.deepEqual(me.asked(), [], "while it is done keys do nothing");
  me.feed({ type: "done", ok: true, said: "deleted" });
  assert.deepEqual(me.said(), ["deleted", { head: "c", place: 1, of: 1 }, { message: "c" }, "choices"]);
  me.keys("9");
  assert.deepEqual(me.asked(), [{ type: "heard", id: "c" }]);
  assert.deepEqual(me.said(), ["saved", "no-more", { counts: { fresh: 0, old: 2 } }, "main-inside"]);
  me.keys("1");
  assert.deepEqual(me.said()[0], "no-messages");
  me.keys("2645");
  assert.deepEqual(me.said()[0], { head: "b", place: 1, of: 2 }, "next, back, again");
});

test("a message is forwarded by the number of a box; of a wrong one nothing is lost", () => {
  const me = caller(beginInside(messages, false));
  me.keys("18999#");
  assert.deepEqual(me.asked(), [
    { type: "heard", id: "a" },
    { type: "forward", id: "a", to: "999" },
  ]);
  me.feed({ type: "done", ok: false, said: "no-such-box" });
  assert.deepEqual(me.said(), ["no-such-box", "choices"]);
  me.keys("8102#");
  me.feed({ type: "done", ok: true, said: "forwarded" });
  assert.deepEqual(me.said().slice(0, 2), ["forwarded", { head: "c", place: 1, of: 1 }]);
});

test("who is called back is let go; who cannot be is told so", () => {
  const me = caller(beginInside(messages, false));
  me.keys("12");
  me.feed({ type: "done", ok: false, said: "no-call-back" });
  assert.deepEqual([me.at(), me.said()[0]], ["messages", "no-call-back"]);
  me.keys("2");
  me.feed({ type: "done", ok: true, said: "calling-back" });
  me.asked();
  me.feed({ type: "said" });
  assert.deepEqual(me.asked(), [{ type: "hang-up" }]);
});

test("a greeting is recorded after the tone, heard, made again and kept", () => {
  const me = caller(beginInside([], false));
  me.keys("31");
  assert.equal(me.said()[0], "no-greeting");
  me.keys("2#");
  assert.deepEqual([me.said(), me.asked()], [["record", "tone"], []], "before the tone nothing ends it");
  me.feed({ type: "said" });
  me.keys("#");
  me.feed({ type: "recorded", ok: false });
  assert.deepEqual([me.at(), me.said()[0]], ["greeting", "too-short"]);
  me.keys("2");
  me.feed({ type: "said" });
  me.keys("5");
  me.feed({ type: "recorded", ok: true });
  me.keys("1");
  assert.deepEqual(me.said()[0], { greeting: "recorded" });
  me.asked();
  me.keys("2");
  assert.deepEqual(me.asked(), [{ type: "keep-greeting" }]);
  me.feed({ type: "done", ok: true, said: "greeting-kept" });
  me.keys("1");
  assert.deepEqual(me.said()[0], { greeting: "own" });
});

test("from outside: the box and its PIN; after three wrong ones, or of a locked box, goodbye", () => {
  const you = caller(begin());
  for (const pin of ["1111", "2222", "3333"]) {
    you.keys(`201#${pin}#`);
    assert.deepEqual(you.asked(), [{ type: "check", box: "201", pin }]);
    you.feed({ type: "refused", locked: false });
  }
  assert.deepEqual([you.at(), you.said()], ["bye", ["wrong", "goodbye"]]);
  const locked = caller(begin("7"));
  locked.keys("4711#");
  locked.feed({ type: "refused", locked: true });
  assert.equal(locked.at(), "bye");
  const right = caller(begin("7"));
  right.keys("99*4711#");
  right.keys("1");
  assert.deepEqual(right.asked(), [{ type: "check", box: "7", pin: "4711" }]);
  right.feed({ type: "opened", messages, hasGreeting: true });
  assert.deepEqual(right.said()[0], { head: "a", place: 1, of: 2 }, "what was keyed ahead counts");
  right.keys("*");
  assert.deepEqual(right.said(), [{ counts: { fresh: 1, old: 2 } }, "main"]);
  right.keys("4");
  assert.equal(right.at(), "main", "another box asks for another call");
});

test("who keys nothing hears the choices once more, then goodbye", () => {
  const me = caller(beginInside(messages, false));
  me.feed({ type: "quiet" });
  assert.equal(me.at(), "main");
  me.keys("1");
  me.feed({ type: "quiet" });
  assert.deepEqual(me.said(), ["choices"]);
  me.feed({ type: "quiet" });
  assert.equal(me.at(), "bye");
});

test("whatever happens in whatever order, there is a next step, and nothing is asked of a message that went", () => {
  const random = seededRandom(11);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next() * all.length)]!;
  const others: MenuEvent[] = [
    { type: "said" },
    { type: "quiet" },
    { type: "refused", locked: false },
    { type: "done", ok: false },
    { type: "recorded", ok: true },
    { type: "recorded", ok: false },
  ];
  const keys = Array.from("0123456789*#");
  const places = new Set<string>();
  for (let run = 0; run < 2000; run++) {
    const me = caller(pick([begin(), begin("1"), beginInside(messages, true)]));
    const gone = new Set<string>();
    for (let step = 0; step < 40; step++) {
      me.feed(random.next() < 0.7 ? { type: "key", key: pick(keys) } : pick(others));
      places.add(me.at());
      for (const effect of me.asked()) {
        if ("id" in effect) assert.ok(!gone.has(effect.id), `${effect.type} of ${effect.id}`);
        if (effect.type === "delete") {
          me.feed({ type: "done", ok: true, said: "deleted" });
          gone.add(effect.id);
        }
        if (effect.type === "check" && random.next() < 0.5 && gone.size === 0)
          me.feed({ type: "opened", messages, hasGreeting: true });
      }
    }
  }
  assert.equal(places.size, 12, [...places].join());
});
