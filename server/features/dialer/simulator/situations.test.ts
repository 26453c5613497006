import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDay, type SavedPolicy } from "../predictive/policy.ts";
import { progressive } from "./baselines.ts";
import { type DayOptions, type Dialler, simulateDay } from "./day.ts";
import { predictive } from "./diallers.ts";
import { stationary } from "./shapes.ts";

const options = { ceiling: 0.03, patienceSeconds: 2, ringTimeoutSeconds: 30, cancelAfterSeconds: 15 };
const day = (change: Partial<DayOptions>): DayOptions => ({
  seed: 5,
  agents: 8,
  hours: 2,
  shape: stationary(0.25),
  patienceSeconds: 2,
  ringTimeoutSeconds: 28,
  maxLines: 1000,
  ...change,
});

const afterSilence: DayOptions["shape"] = { answerRate: (s) => (s < 3600 ? 0 : 0.25) };

/** What a policy knows after an hour of such a day. */
function warm(of: DayOptions): SavedPolicy {
  const { dialler, policy } = predictive(options);
  simulateDay(dialler, { ...of, hours: 1, seed: 1 });
  return nextDay(policy.save());
}
const run = (of: DayOptions, saved = warm(of)) => simulateDay(predictive(options, saved).dialler, of);

for (const [agents, atLeast] of [
  [1, 0],
  [2, 0],
  [3, 5],
] as const)
  test(`${agents} agents: within the ceiling, and at least ${atLeast} points busier than progressive`, () => {
    const of = day({ agents, hours: 8 });
    const result = run(of);
    const plain = simulateDay(progressive(), of);
    assert.ok(result.abandonPct <= 3, `${result.abandonPct} % abandoned`);
    assert.ok(
      result.occupancyPct >= plain.occupancyPct + atLeast,
      `${result.occupancyPct} % busy, ${plain.occupancyPct} % by progressive`,
    );
  });

test("all agents leave at once for half an hour: no new dial, and the day keeps its ceiling", () => {
  const of = day({ hours: 3, staffing: (s) => (s >= 3600 && s < 5400 ? 0 : 8) });
  const { dialler } = predictive(options, warm(of));
  let dialsAlone = 0;
  const watched: Dialler = {
    ...dialler,
    decide(view) {
      const decision = dialler.decide(view);
      if (view.agents.length === 0) dialsAlone += decision.dial;
      return decision;
    },
  };
  const result = simulateDay(watched, of);
  assert.equal(dialsAlone, 0);
  assert.ok(result.abandonPct <= 3, `${result.abandonPct} % abandoned`);
  assert.ok(result.occupancyPct > 60, `${result.occupancyPct} % busy`);
});

test("nobody answers: it dials no more than the lines, and when answers come back it keeps the ceiling", () => {
  const dead = run(day({ shape: stationary(0), maxLines: 40 }), warm(day({})));
  assert.deepEqual([dead.answers, dead.occupancyPct], [0, 0]);
  const back = run(day({ hours: 5, maxLines: 40, shape: { answerRate: (s) => (s < 3600 ? 0 : 0.25) } }));
  assert.ok(back.abandonPct <= 3, `${back.abandonPct} % abandoned`);
  assert.ok(back.answers > 200);
});

test("a trunk that takes hardly more calls a second than are needed costs occupancy, never abandons", () => {
  const free = day({});
  const narrow = { ...free, callsPerSecond: 0.2 };
  const saved = warm(free);
  const [wide, limited] = [run(free, saved), run(narrow, saved)];
  assert.ok(limited.dials <= 0.2 * 7200 + 1, `${limited.dials} dials`);
  assert.ok(limited.abandonPct <= 3, `${limited.abandonPct} % abandoned`);
  assert.ok(
    limited.occupancyPct > wide.occupancyPct - 15,
    `${limited.occupancyPct} % of ${wide.occupancyPct} %`,
  );
});

test("a restart each quarter of an hour keeps the budget of the day", () => {
  const of = day({ hours: 4 });
  let now = predictive(options, warm(of));
  let restarts = 0;
  const restarting: Dialler = {
    everyEvent: true,
    decide(view) {
      if (view.now >= 900 * (restarts + 1)) {
        restarts++;
        now = predictive(options, JSON.parse(JSON.stringify(now.policy.save())) as SavedPolicy);
      }
      return now.dialler.decide(view);
    },
    answered: (call, at) => now.dialler.answered!(call, at),
    ended: (call, at) => now.dialler.ended!(call, at),
    gaveUp: (call) => now.dialler.gaveUp!(call),
    served: (abandoned, at) => now.dialler.served!(abandoned, at),
    talked: (seconds) => now.dialler.talked!(seconds),
    wrapped: (seconds) => now.dialler.wrapped!(seconds),
  };
  const result = simulateDay(restarting, of);
  assert.equal(restarts, 15);
  assert.equal(now.policy.budget.abandons, result.abandons);
  assert.equal(now.policy.budget.answers, result.answers);
  assert.ok(result.abandonPct <= 3, `${result.abandonPct} % abandoned`);
});

for (const [name, change] of [
  [
    "half an hour, 100 agents, half of the calls answered",
    { agents: 100, hours: 0.5, shape: stationary(0.5) },
  ],
  ["an hour, 20 agents", { agents: 20, hours: 1 }],
  ["two hours, of which nobody answers in the first", { agents: 20, maxLines: 600, shape: afterSilence }],
] as const)
  test(`it begins cold: ${name}, within the ceiling`, () => {
    const result = simulateDay(predictive(options).dialler, day(change));
    assert.ok(result.answers > 200, `${result.answers} answers`);
    assert.ok(result.abandonPct <= 3, `${result.abandonPct} % abandoned`);
  });

test("leads that all look alike are dialled as if nothing was known of them, from the first minute on", () => {
  const of = day({ agents: 50, hours: 0.25, maxLines: 200 });
  const saved = warm(of);
  const alike = { ...of, features: () => ({ numberType: "mobile", attempts: 0 }) };
  assert.deepEqual(run(alike, saved), run(of, saved));
});
