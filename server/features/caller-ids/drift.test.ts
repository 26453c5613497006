import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../kernel/random.ts";
import { blockRatio, type DriftBlock, holm, watchDrift } from "./drift.ts";

const random = seededRandom(11);
const answers = (calls: number, rate: number) => {
  let n = 0;
  for (let i = 0; i < calls; i++) if (random.next() < rate) n++;
  return n;
};
/** A number's hours in two campaigns whose rates differ by campaign and hour. */
const hours = (count: number, odds: number): DriftBlock[] =>
  Array.from({ length: count }, (_, i) => {
    const rate = 0.15 + 0.3 * ((i % 10) / 10) + (i % 2) * 0.2;
    const own = (rate * odds) / (1 - rate + rate * odds);
    const [calls, otherCalls] = [10 + (i % 15), 60];
    return {
      hour: i * 3_600_000,
      campaignId: i % 2,
      calls,
      answered: answers(calls, own),
      otherCalls,
      otherAnswered: answers(otherCalls, rate),
    };
  });

test("a block's ratio is that of the two hypergeometric laws, and their mean under the first is 1", () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const [n, m, total] = [4, 6, 5];
  const weight = (k: number, odds: number) => choose(n, k) * choose(m, total - k) * odds ** k;
  const all = [0, 1, 2, 3, 4];
  const sum = (odds: number) => all.reduce((s, k) => s + weight(k, odds), 0);
  let mean = 0;
  for (const k of all) {
    const block = { hour: 0, campaignId: 1, calls: n, answered: k, otherCalls: m, otherAnswered: total - k };
    const ratio = weight(k, 0.5) / sum(0.5) / (weight(k, 1) / sum(1));
    assert.ok(Math.abs(blockRatio(block) - Math.log(ratio)) < 1e-9);
    mean += (weight(k, 1) / sum(1)) * Math.exp(blockRatio(block));
  }
  assert.ok(Math.abs(mean - 1) < 1e-9);
});

/** Share of runs with an alarm; looked at after every hour, as the watch does. */
const alarms = (runs: number, odds: number, count: number) => {
  let raised = 0;
  for (let run = 0; run < runs; run++) {
    const list = hours(count, odds);
    if (list.some((_, i) => watchDrift(list.slice(0, i + 1)).p <= 0.05)) raised++;
  }
  return raised / runs;
};

test("sound numbers raise fewer false alarms than the chance taken; a fallen one is found within days", () => {
  assert.ok(alarms(60, 1, 60) <= 0.05);
  assert.ok(alarms(20, 0.4, 60) > 0.9);
});

test("the figures of an alarm are the calls since the statistic left zero", () => {
  const sound = { hour: 0, campaignId: 1, calls: 20, answered: 12, otherCalls: 80, otherAnswered: 32 };
  const poor = { hour: 1, campaignId: 1, calls: 40, answered: 4, otherCalls: 80, otherAnswered: 32 };
  const sum = watchDrift([sound, poor, { ...poor, hour: 2 }]);
  assert.deepEqual([sum.blocks, sum.calls, sum.answered, sum.since], [3, 80, 8, 1]);
  assert.ok(Math.abs(sum.expected - 80 * 0.3) < 1e-9);
  assert.ok(sum.p < 0.01 && Math.abs(sum.p - 3 * Math.exp(-sum.statistic)) < 1e-12);
  assert.equal(
    watchDrift([poor, { ...poor, otherCalls: 0, otherAnswered: 0 }]).blocks,
    1,
    "nobody to compare",
  );
  assert.deepEqual(watchDrift([]).p, 1);
});

test("Holm: the least p counts for all numbers, and no p falls below the one before", () => {
  assert.deepEqual(holm([0.04, 0.01, 0.03]), [0.06, 0.03, 0.06]);
  assert.deepEqual(holm([]), []);
});
