import assert from "node:assert/strict";
import { test } from "node:test";
import { upperBound } from "./upper-bound.ts";

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
