import assert from "node:assert/strict";
import { test } from "node:test";
import { progressive } from "../simulator/baselines.ts";
import { type DayOptions, simulateDay } from "../simulator/day.ts";
import { predictive } from "../simulator/diallers.ts";
import { stationary } from "../simulator/shapes.ts";
import { createPolicy, nextDay, type PacedAgent, type PacedCall, type Situation } from "./policy.ts";

const options = { ceiling: 0.03, patienceSeconds: 2, ringTimeoutSeconds: 30, cancelAfterSeconds: 15 };
const idle = (count: number): PacedAgent[] =>
  Array.from({ length: count }, () => ({ state: "idle", since: 0 }));
const ringing = (count: number): PacedCall[] =>
  Array.from({ length: count }, (_, i) => ({ id: `r${i}`, list: 1, dialledAt: 999 }));
const situation = (change: Partial<Situation>): Situation => ({
  now: 1000,
  agents: idle(4),
  ringing: [],
  waiting: 0,
  nextList: 1,
  linesFree: 100,
  secondsLeft: 4 * 3600,
  ...change,
});

/** A policy that has seen a list on which one call in five is answered. */
function experienced() {
  const policy = createPolicy(options);
  for (let i = 0; i < 400; i++) {
    const call = { id: `c${i}`, list: 1, dialledAt: i };
    if (i % 5 === 0) policy.answered(call, i + 12);
    else policy.ended(call, i + 20);
  }
  for (let i = 0; i < 80; i++) {
    policy.served(false);
    policy.talked(100 + i);
    policy.wrapped(20);
  }
  return policy;
}

const day = (agents: number, hours: number, seed: number): DayOptions => ({
  seed,
  agents,
  hours,
  shape: stationary(0.25),
  patienceSeconds: 2,
  ringTimeoutSeconds: 28,
  maxLines: 1000,
});

for (const [agents, hours, atLeast] of [
  [5, 4, 76],
  [20, 2, 84],
] as const)
  test(`${agents} agents: busy at least ${atLeast} % of a day, far above progressive, no more than 3 % abandoned`, () => {
    const first = predictive(options);
    simulateDay(first.dialler, day(agents, 1, 1));
    const { dialler } = predictive(options, nextDay(first.policy.save()));
    const result = simulateDay(dialler, day(agents, hours, 2));
    const plain = simulateDay(progressive(), day(agents, hours, 2));
    assert.ok(result.abandonPct <= 3, `${result.abandonPct} % abandoned`);
    assert.ok(result.answers > 40);
    assert.ok(result.occupancyPct >= atLeast, `${result.occupancyPct} % busy`);
    assert.ok(result.occupancyPct > plain.occupancyPct + 10, `${plain.occupancyPct} % by progressive`);
  });

test("it dials ahead of agents who are free, and stops at the trunks' lines", () => {
  const ahead = experienced().decide(situation({}));
  assert.ok(ahead.dial > 4, `${ahead.dial} lines for 4 agents`);
  assert.equal(ahead.limit, "chance");
  const narrow = experienced().decide(situation({ linesFree: 3 }));
  assert.deepEqual([narrow.dial, narrow.limit], [3, "lines"]);
  const full = experienced().decide(situation({ ringing: ringing(40) }));
  assert.equal(full.dial, 0);
});

test("before twenty outcomes: one line for each free agent", () => {
  const policy = createPolicy(options);
  assert.deepEqual(policy.decide(situation({})).dial, 4);
  const more = policy.decide(situation({ ringing: ringing(3) }));
  assert.deepEqual([more.dial, more.limit], [1, "cold"]);
  assert.equal(policy.decide(situation({ waiting: 4 })).dial, 0);
});

test("all agents leave at once: nothing is dialled", () => {
  const decision = experienced().decide(situation({ agents: [], ringing: ringing(5) }));
  assert.deepEqual([decision.dial, decision.limit], [0, "agents"]);
});

test("a ceiling that is spent means one line for each free agent, after a restart and for the rest of the day", () => {
  const policy = experienced();
  for (let i = 0; i < 12; i++) policy.served(true);
  const late = situation({ secondsLeft: 600 });
  const spent = policy.decide(late);
  assert.deepEqual([spent.dial, spent.limit], [4, "budget"]);
  const restarted = createPolicy(options, JSON.parse(JSON.stringify(policy.save())));
  assert.deepEqual(restarted.budget, policy.budget);
  assert.deepEqual(restarted.decide(late), spent);
  const tomorrow = createPolicy(options, nextDay(policy.save()));
  assert.deepEqual([tomorrow.budget.answers, tomorrow.budget.abandons], [0, 0]);
  const fresh = tomorrow.decide(situation({}));
  assert.equal(fresh.limit, "chance");
});

test("a clock that jumps an hour leaves nothing but old knowledge", () => {
  const policy = experienced();
  policy.decide(situation({ ringing: ringing(8) }));
  for (const now of [4600, 1000]) {
    const decision = policy.decide(situation({ now, ringing: ringing(8) }));
    assert.ok(decision.dial >= 0 && Number.isFinite(decision.budget.theta));
  }
});
