import assert from "node:assert/strict";
import { test } from "node:test";
import { burst, upperFactor } from "./burst.ts";
import { horizons } from "./release-table.ts";

const call = (answered: number) => new Float64Array(horizons).fill(answered);
const known = { remembered: 900, recent: 225, share: 0.2, priorShare: 0.2 };

function lines(at: Parameters<typeof burst>[0], answered: number): number {
  const most = burst(at);
  let taken = 0;
  while (most.take(call(answered))) taken++;
  return taken;
}

test("nothing is known: answers may be thrice as many as thought, and the lines are a third", () => {
  const cold = upperFactor({ ...known, remembered: 0, recent: 0 });
  assert.equal(cold, 3);
  const at = { free: 30, answers: 0, left: 0 };
  assert.equal(lines({ ...at, factor: 1 }, 0.2), 150);
  assert.equal(lines({ ...at, factor: cold }, 0.2), 50);
});

test("the more answers were seen, the less above what is thought", () => {
  const factors = [0, 3, 99, 900].map((remembered) => upperFactor({ ...known, remembered }));
  assert.deepEqual(
    factors.toSorted((a, b) => b - a),
    factors,
  );
  assert.ok(factors.at(-1)! < 1.1);
});

test("after a silence it may be answered as before anything was known, whatever is thought", () => {
  const factor = upperFactor({ ...known, recent: 0, share: 0.001 });
  assert.ok(lines({ free: 20, answers: 0, left: 0, factor }, 0.001) <= 100);
});

test("what the budget has left allows more, a spent one nothing", () => {
  const at = { free: 10, answers: 9.9, factor: 1 };
  assert.equal(lines({ ...at, left: 8 }, 0.25), 8);
  assert.equal(lines({ ...at, left: -5 }, 0.25), 0);
});
