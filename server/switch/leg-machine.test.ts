import assert from "node:assert/strict";
import { test } from "node:test";
import { newLeg, stepLeg, type LegInput, type LegState } from "./leg-machine.ts";

function run(state: LegState, ...inputs: LegInput[]) {
  const effects: string[] = [];
  for (const input of inputs) {
    const step = stepLeg(state, input);
    effects.push(
      ...(step?.effects.map((e) => (e.do === "release" ? `release ${e.cause} by ${e.by}` : e.do)) ?? [
        "refused",
      ]),
    );
    state = step?.state ?? state;
  }
  return { phase: state.phase, effects };
}

const ringing: LegInput = { type: "progress", sipStatus: 180, ringing: true, earlyMedia: false };
const early: LegInput = { type: "progress", sipStatus: 183, ringing: false, earlyMedia: true };

test("dial, ring, early media, answer, party hangs up", () => {
  assert.deepEqual(
    run(newLeg("out"), ringing, ringing, early, { type: "answered" }, { type: "party-left" }),
    {
      phase: "ended",
      effects: ["tell-progress", "tell-progress", "tell-answered", "release normal by party"],
    },
  );
});

test("a refused trunk fails over and starts telling from the beginning", () => {
  assert.deepEqual(
    run(newLeg("out"), early, { type: "refused", cause: "congestion", more: true }, early, {
      type: "refused",
      cause: "busy",
      more: false,
      detail: { sipStatus: 486 },
    }),
    {
      phase: "ended",
      effects: ["tell-progress", "tell-failover", "try-next", "tell-progress", "release busy by party"],
    },
  );
});

test("giving up: cancelled while it rings, normal after answer, no-answer by timeout", () => {
  assert.deepEqual(run(newLeg("out"), ringing, { type: "hangup" }).effects.at(-1), "release cancelled by us");
  assert.deepEqual(
    run(newLeg("out"), { type: "answered" }, { type: "hangup" }).effects.at(-1),
    "release normal by us",
  );
  assert.deepEqual(
    run(newLeg("out"), ringing, { type: "ring-timeout" }).effects.at(-1),
    "release no-answer by us",
  );
});

test("withdrawn: given up when the network agrees, answered when the answer crosses, busy when that was the end", () => {
  const withdrawn: LegInput[] = [ringing, { type: "withdraw" }];
  const cancelled: LegInput = {
    type: "refused",
    cause: "cancelled",
    more: false,
    detail: { sipStatus: 487 },
  };
  const last = (...inputs: LegInput[]) => run(newLeg("out"), ...withdrawn, ...inputs).effects.at(-1);
  assert.equal(last(cancelled), "release given-up by us");
  assert.equal(last({ type: "ring-timeout" }), "release given-up by us");
  assert.equal(last({ type: "answered" }), "tell-answered");
  assert.equal(last({ ...cancelled, cause: "busy" }), "release busy by party");
  assert.equal(last({ ...cancelled, cause: "congestion", more: true }), "release given-up by us");
  assert.equal(last({ type: "withdraw" }), "refused");
  assert.deepEqual(run(newLeg("out"), { type: "withdraw" }).effects, ["refused"]);
});

test("an incoming leg: CANCEL before answer, hang-up with a cause", () => {
  assert.deepEqual(
    run(newLeg("in"), ringing, { type: "party-left" }).effects.at(-1),
    "release cancelled by party",
  );
  assert.deepEqual(run(newLeg("in"), { type: "hangup", cause: "busy" }).effects, ["release busy by us"]);
});

test("late news is refused: nothing reaches an ended leg, no ring timeout after answer", () => {
  const inputs: LegInput[] = [
    ringing,
    { type: "answered" },
    { type: "refused", cause: "busy", more: true },
    { type: "ring-timeout" },
    { type: "hangup" },
    { type: "party-left" },
    { type: "lost", cause: "media-lost" },
  ];
  for (const direction of ["out", "in"] as const) {
    const ended = stepLeg(newLeg(direction), { type: "hangup" })!.state;
    for (const input of inputs) assert.equal(stepLeg(ended, input), undefined, input.type);
    const answered = stepLeg(newLeg(direction), { type: "answered" })!.state;
    for (const input of inputs.slice(0, 4)) assert.equal(stepLeg(answered, input), undefined, input.type);
  }
});
