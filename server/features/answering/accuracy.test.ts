import assert from "node:assert/strict";
import { test } from "node:test";
import { wilson } from "../../../shared/wilson.ts";
import { type Counted, falsePositiveOf } from "./accuracy.ts";

const counted: Counted = {
  verdicts: 2000,
  takenForHuman: 1010,
  missedMachines: 10,
  takenForMachine: 990,
  sampled: 50,
  sampledHumans: 1,
  medianMs: 900,
};

const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 5e-4, `${value}`);

test("Wilson's interval as published: 1 of 10, 0 of 10, all of 10", () => {
  near(wilson(1, 10)[0], 0.0179);
  near(wilson(1, 10)[1], 0.4042);
  near(wilson(0, 10)[1], 0.2775);
  near(wilson(10, 10)[0], 0.7225);
});

test("people among the sample stand for those among all that were taken for machines", () => {
  // 2 % of 990 are 19.8 people, beside 1000 who were recognised.
  const share = falsePositiveOf(counted);
  assert.equal(share?.percent, 1.94);
  assert.ok(share.low < 0.5 && share.high > 8, JSON.stringify(share));
});

test("without a sample nothing is known; without people every person was lost", () => {
  assert.equal(falsePositiveOf({ ...counted, sampled: 0, sampledHumans: 0 }), null);
  const nobody = { ...counted, takenForHuman: 0, missedMachines: 0, sampledHumans: 2 };
  assert.equal(falsePositiveOf(nobody)?.percent, 100);
});
