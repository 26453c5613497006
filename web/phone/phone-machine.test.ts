import assert from "node:assert/strict";
import { test } from "node:test";
import {
  phoneOff,
  phoneStep,
  retryDelayMs,
  type PhoneEffect,
  type PhoneEvent,
  type PhoneState,
} from "./phone-machine.ts";

function play(events: (PhoneEvent | PhoneEvent["type"])[], from: PhoneState = phoneOff) {
  let state = from;
  const effects: PhoneEffect["type"][] = [];
  for (const event of events) {
    const step = phoneStep(state, typeof event === "string" ? ({ type: event } as PhoneEvent) : event);
    assert.ok(!step.refused, `${JSON.stringify(event)} refused in ${JSON.stringify(state)}`);
    state = step.state;
    effects.push(...step.effects.map((effect) => effect.type));
  }
  return { state, effects };
}
const registered = play(["start", "prepared", "connected", "registered"]).state;

test("a start opens the microphone, asks for credentials, connects and registers", () => {
  const { state, effects } = play(["start", "prepared", "connected", "registered"]);
  assert.equal(state.link, "registered");
  assert.deepEqual(effects, ["prepare", "connect"]);
});

test("a lost connection leaves the call up: its media takes another way", () => {
  const { state } = play(["offered", "established", "disconnected"], registered);
  assert.deepEqual([state.link, state.leg], ["lost", "up"]);
  const back = play(["connected", "registered"], state);
  assert.deepEqual([back.state.link, back.state.leg], ["registered", "up"]);
});

test("refused credentials are fetched anew, each time later, and success resets the delay", () => {
  let { state, effects } = play(["start", "prepared", "connected", "failed"]);
  assert.equal(state.link, "waiting");
  assert.equal(effects.at(-1), "retry-in");
  ({ state, effects } = play(["retry", "failed", "retry", "prepared"], state));
  assert.deepEqual([state.attempt, effects], [2, ["prepare", "retry-in", "prepare", "connect"]]);
  assert.equal(play(["registered"], state).state.attempt, 0);
  assert.deepEqual([1, 2, 5, 6, 40].map(retryDelayMs), [500, 1000, 8000, 15_000, 15_000]);
});

test("no microphone blocks the start, a microphone lost in a call does not end the call", () => {
  const blocked = play(["start", { type: "microphone-failed", problem: "refused" }]);
  assert.deepEqual([blocked.state.link, blocked.state.microphone], ["blocked", "refused"]);
  assert.deepEqual(play(["start"], blocked.state).effects, ["prepare"]);
  const calling = play(
    ["offered", "established", { type: "microphone-failed", problem: "ended" }],
    registered,
  );
  assert.deepEqual([calling.state.leg, calling.state.microphone], ["up", "ended"]);
  assert.equal(play(["microphone-back"], calling.state).state.microphone, null);
});

test("a rejoin replaces the leg", () => {
  const { state } = play(["offered", "established", "offered", "established"], registered);
  assert.equal(state.leg, "up");
});

test("what has no place is refused and changes nothing; stop ends everything from any state", () => {
  for (const type of ["established", "ended", "prepared", "retry", "start"] as const) {
    const step = phoneStep(registered, { type });
    assert.ok(step.refused, type);
    assert.equal(step.state, registered);
  }
  const { state, effects } = play(["offered", "established", "disconnected", "stop"], registered);
  assert.deepEqual([state, effects], [phoneOff, ["close"]]);
  assert.ok(phoneStep(phoneOff, { type: "offered" }).refused);
});
