import assert from "node:assert/strict";
import { test } from "node:test";
import { exactAgents, forecast } from "./forecast.ts";
import { horizons } from "./release-table.ts";

const rising = (last: number) =>
  Float64Array.from({ length: horizons }, (_, u) => (last * (u + 1)) / horizons);

/** The same agents, and one who is never free, which is one too many for the exact way. */
function both(idle: number, calls: number) {
  const releases = Array.from({ length: exactAgents }, (_, i) => rising(0.1 + 0.02 * i));
  const never = new Float64Array(horizons);
  const outlooks = [
    forecast({ idle, releases, cv: 0 }),
    forecast({ idle, releases: [...releases, never], cv: 0 }),
  ];
  for (const outlook of outlooks) for (let i = 0; i < calls; i++) outlook.add(rising(0.25));
  return outlooks.map((outlook) => outlook.nobodyFree());
}

test("the approximate forecast agrees with the exact one", () => {
  for (const [idle, calls] of [
    [0, 10],
    [2, 20],
    [4, 50],
  ] as const) {
    const [exact, approximate] = both(idle, calls);
    for (let u = 2; u < horizons; u++)
      assert.ok(
        Math.abs(exact![u]! - approximate![u]!) < 0.03,
        `${idle} idle, ${calls} calls, horizon ${u}: ${exact![u]} and ${approximate![u]}`,
      );
  }
});

test("by hand: one agent is free for sure; of two calls each answered with 1/2, both with 1/4", () => {
  const outlook = forecast({ idle: 1, releases: [], cv: 0 });
  const half = new Float64Array(horizons).fill(0.5);
  assert.equal(outlook.nobodyFree()[0], 0);
  outlook.add(half);
  outlook.add(half);
  // Nobody is free for one more when at least one of the two took the agent.
  assert.ok(Math.abs(outlook.nobodyFree()[0]! - 0.75) < 1e-12);
  outlook.remove(half);
  assert.ok(Math.abs(outlook.nobodyFree()[0]! - 0.5) < 1e-12);
});
