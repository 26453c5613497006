import assert from "node:assert/strict";
import { test } from "node:test";
import { leastLeft, view } from "./budget.ts";

const ceiling = 0.03;

for (const agents of [1, 5, 20, 50, 300])
  test(`${agents} agents: who keeps to the budget's plan never comes to its hard stop`, () => {
    const answers = 100 * agents;
    for (const expected of [answers, agents, 1]) {
      let planned = 0;
      for (let abandons = 0; abandons < ceiling * answers; abandons++) {
        const { effective, left } = view({ answers, abandons, x: 0 }, { ceiling, agents }, expected);
        if (effective < 0.029) continue;
        planned++;
        // Answers that may not come are not counted on.
        const all = left + 0.5 * 0.0295 * expected;
        assert.ok(all > leastLeft(agents), `${abandons} of ${answers}: ${all} left`);
      }
      assert.ok(planned > 0 || answers < 200);
    }
  });

test("a spent budget leaves nothing, and the aim is as low as it may be", () => {
  const spent = view({ answers: 1000, abandons: 31, x: 0 }, { ceiling, agents: 20 }, 10);
  assert.ok(spent.left < 0);
  assert.ok(spent.effective < 0.15 * ceiling);
});
