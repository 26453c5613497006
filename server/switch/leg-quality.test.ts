import assert from "node:assert/strict";
import { test } from "node:test";
import { QualityTally, worstMos } from "./leg-quality.ts";
import type { LegStats } from "./switch.ts";

type Counts = LegStats["recent"]["in"];
const clean: Counts = { packets: 150, lost: 0, lossRuns: 0, discarded: 0, jitterMs: 1 };

const span = (change: Partial<LegStats>, counts: Partial<Counts> = {}, out?: Partial<Counts>): LegStats => ({
  packetsIn: 0,
  packetsOut: 0,
  lost: 0,
  jitterMs: 0,
  codec: "PCMA",
  bufferMs: 40,
  recent: { spanMs: 3000, in: { ...clean, ...counts }, ...(out && { out: { ...clean, ...out } }) },
  ...change,
});

test("a clean call is good, in the direction that was measured", () => {
  const quality = new QualityTally().add(span({ roundTripMs: 30 })).quality()!;
  assert.equal(quality.in?.grade, "good");
  assert.ok(quality.in.mos > 4.3, `${quality.in.mos}`);
  assert.deepEqual([quality.in.reason, quality.out], [null, null]);
  assert.equal(new QualityTally().quality(), null);
});

const reasonOf = (...spans: LegStats[]) => {
  const tally = new QualityTally();
  for (const each of spans) tally.add(each);
  const { in: stream } = tally.quality()!;
  return [stream!.grade, stream!.reason, stream!.lossPercent];
};

test("spans add up, and what spoils a call is named", () => {
  assert.deepEqual(reasonOf(span({}, { packets: 135, lost: 15, lossRuns: 15 }), span({})), [
    "fair",
    "loss",
    5,
  ]);
  assert.deepEqual(reasonOf(span({}, { packets: 150, discarded: 15 })), ["fair", "late", 0]);
  assert.deepEqual(reasonOf(span({ roundTripMs: 900 })), ["poor", "delay", 0]);
  assert.equal(reasonOf(span({}, { packets: 105, lost: 45, lossRuns: 45 }))[0], "poor");
});

const bursty = (lossRuns: number) =>
  new QualityTally().add(span({}, { packets: 144, lost: 6, lossRuns })).quality()!.in!;

test("burstiness: the same loss in long gaps is worse", () => {
  assert.equal(bursty(6).burstRatio, 1);
  assert.equal(bursty(1).burstRatio, 5.76);
  assert.ok(bursty(1).mos < bursty(6).mos);
});

test("the worst direction of all legs is the call's", () => {
  const bad = new QualityTally().add(span({}, {}, { packets: 120, lost: 30, lossRuns: 30 })).quality();
  const good = new QualityTally().add(span({})).quality();
  assert.equal(worstMos([good, bad, null]), bad!.out!.mos);
  assert.equal(worstMos([null]), undefined);
});
