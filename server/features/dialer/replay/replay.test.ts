import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReplaySettings } from "../../../../shared/replay.ts";
import { seededRandom } from "../../../kernel/random.ts";
import { type RecordedCall, type RecordedDay, staffingOf, sumsOf, totalOf } from "./recorded-day.ts";
import { replay, replayOnce } from "./replay.ts";

const settings: ReplaySettings = {
  mode: "progressive",
  ratio: 1,
  abandonCeiling: 0.03,
  ringTimeoutMs: 30_000,
  abandonAfterMs: 2_000,
  cancelAfterMs: null,
  agentsPercent: 100,
};

/** A day of so many agents who dial one line each, played by hand: what the records of a progressive day look like. */
function progressiveDay(agents: number, hours: number, answerRate: number): RecordedDay {
  const random = seededRandom(3);
  const seconds = hours * 3600;
  const calls: RecordedCall[] = [];
  const free = Array.from({ length: agents }, () => 0);
  for (;;) {
    const next = free.indexOf(Math.min(...free));
    const at = free[next]!;
    if (at >= seconds) break;
    const answers = random.next() < answerRate;
    const ring = answers ? 6 + 10 * random.next() : 30;
    const [talk, wrap] = [60 + 120 * random.next(), 20];
    calls.push({
      dialledAt: at,
      kind: answers ? "person" : "ringout",
      answeredAt: answers ? at + ring : null,
      connectedAt: answers ? at + ring : null,
      endedAt: at + ring + (answers ? talk : 2),
      wrapEndedAt: answers ? at + ring + talk + wrap : null,
      abandoned: false,
    });
    free[next] = at + ring + (answers ? talk + wrap : 2);
  }
  return {
    start: Date.UTC(2026, 0, 5, 1),
    seconds,
    calls,
    presence: Array.from({ length: agents }, () => ({ from: 0, to: seconds })),
  };
}

const day = progressiveDay(8, 4, 0.3);
const lines = { maxLines: 100 };

test("the same settings give about the same day", () => {
  const { actual, played } = replay(day, settings, lines);
  const near = (key: "dials" | "answers" | "occupancyPct" | "talks", share: number) =>
    assert.ok(
      Math.abs(played.total[key] - actual.total[key]) <= share * actual.total[key],
      `${key}: ${actual.total[key]} was, ${played.total[key]} is played`,
    );
  near("dials", 0.05);
  near("answers", 0.08);
  near("talks", 0.08);
  near("occupancyPct", 0.05);
  assert.equal(played.total.abandons, 0);
  assert.ok(Math.abs(played.total.agents - 8) < 0.05);
  assert.ok(played.low.answers <= actual.total.answers && actual.total.answers <= played.high.answers);
  assert.equal(played.windows.length, 8);
  assert.ok(played.drawn < 0.05 * actual.total.dials, "nearly all calls are the day's own");
});

test("predictive dialling of the same day keeps agents busier, within the ceiling, with calls drawn beyond the day's", () => {
  const { actual, played } = replay(day, { ...settings, mode: "predictive" }, { ...lines, runs: 2 });
  assert.ok(played.total.occupancyPct > actual.total.occupancyPct + 10);
  assert.ok(played.total.abandonPct <= 3.5);
  assert.ok(played.total.dials > actual.total.dials && played.drawn > 0);
});

const one = (change: Partial<ReplaySettings>) =>
  totalOf(replayOnce(day, { ...settings, ...change }, { seed: 1, ...lines }).sums, day.seconds);

test("more agents, more answers; a shorter wait, more abandons; the same seed, the same day", () => {
  assert.ok(one({ agentsPercent: 150 }).answers > 1.3 * one({}).answers);
  const ratio = { mode: "ratio", ratio: 4 } as const;
  assert.ok(one(ratio).abandonPct > 3);
  assert.ok(one({ ...ratio, abandonAfterMs: 10_000 }).abandonPct < one(ratio).abandonPct);
  assert.deepEqual(one(ratio), one(ratio));
});

test("the day as it was is what its records say", () => {
  const small: RecordedDay = {
    start: 0,
    seconds: 3600,
    calls: [
      {
        ...day.calls[0]!,
        kind: "person",
        dialledAt: 10,
        answeredAt: 20,
        connectedAt: 22,
        endedAt: 122,
        wrapEndedAt: 142,
        abandoned: false,
      },
      {
        ...day.calls[0]!,
        kind: "person",
        dialledAt: 1795,
        answeredAt: 1805,
        connectedAt: null,
        endedAt: 1807,
        wrapEndedAt: null,
        abandoned: true,
      },
      {
        ...day.calls[0]!,
        kind: "ringout",
        dialledAt: 30,
        answeredAt: null,
        connectedAt: null,
        endedAt: 60,
        wrapEndedAt: null,
        abandoned: false,
      },
    ],
    presence: [{ from: 0, to: 1800 }],
  };
  assert.deepEqual(totalOf(sumsOf(small), 3600), {
    dials: 3,
    answers: 2,
    abandons: 1,
    occupancyPct: (100 * 120) / 1800,
    abandonPct: 50,
    waitSeconds: 2,
    talks: 1,
    agents: 0.5,
  });
  const staffing = staffingOf([
    { from: 0, to: 100 },
    { from: 50, to: 80 },
  ]);
  assert.deepEqual([-1, 0, 60, 80, 100].map(staffing), [0, 1, 2, 1, 0]);
});
