import assert from "node:assert/strict";
import { test } from "node:test";
import { exactInterval, upperBound } from "../../shared/clopper-pearson.ts";

const near = (value: number, wanted: number) =>
  assert.ok(Math.abs(value - wanted) < 1e-4, `${value}, not ${wanted}`);

test("the upper bound of Clopper and Pearson: none of n is 1 − 0.05^(1/n), and tables of theirs", () => {
  near(upperBound(0, 100), 1 - 0.05 ** 0.01);
  near(upperBound(0, 1), 0.95);
  near(upperBound(1, 10, 0.025), 0.445);
  near(upperBound(3, 100), 0.0757);
  assert.equal(upperBound(0, 0), 1);
  assert.equal(upperBound(5, 5), 1);
  assert.ok(upperBound(300, 10_000) > 0.03 && upperBound(300, 10_000) < 0.0335);
});

test("the two-sided interval is the published one at both ends, and says nothing of nothing", () => {
  const [low, high] = exactInterval(1, 10);
  near(low, 0.0025);
  near(high, 0.445);
  assert.deepEqual(exactInterval(0, 0), [0, 1]);
  near(exactInterval(0, 10)[1], 0.3085);
  assert.equal(exactInterval(0, 10)[0], 0);
  assert.equal(exactInterval(10, 10)[1], 1);
});
