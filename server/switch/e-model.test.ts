import assert from "node:assert/strict";
import { test } from "node:test";
import { delayImpairment, equipmentImpairment, equipmentOf, mosOf, rating } from "./e-model.ts";

const near = (value: number, wanted: number, by: number) =>
  assert.ok(Math.abs(value - wanted) <= by, `${value} is not ${wanted} ± ${by}`);

test("a clean connection with all default values has R = 93.2 (G.107 §7.7)", () => {
  near(rating(equipmentOf("PCMA"), { lossPercent: 0, oneWayDelayMs: 0 }), 93.2, 0.05);
});

const at = (oneWayDelayMs: number) => rating(equipmentOf("PCMU"), { lossPercent: 0, oneWayDelayMs });

test("R becomes MOS as in G.107 Table B.1", () => {
  for (const [r, mos] of [
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ] as const)
    near(mosOf(r), mos, 0.01);
  assert.deepEqual([mosOf(-5), mosOf(0), mosOf(3), mosOf(100), mosOf(120)], [1, 1, 1, 4.5, 4.5]);
});

test("delay costs what G.114 Figure 1 draws", () => {
  near(delayImpairment(0), 0.15, 0.1);
  near(at(150), 90, 1);
  near(at(250), 80, 2);
  near(at(400), 64, 3);
  for (let ms = 10; ms < 1000; ms += 10) assert.ok(at(ms) < at(ms - 10), `worse with every ${ms} ms`);
});

test("loss costs what G.113 says, and bursts cost more", () => {
  const g711 = equipmentOf("PCMA");
  assert.equal(equipmentImpairment(g711, 0), 0);
  // (95 - 0) × 5 / (5 + 25.1), and G.729A's published pair of Ie 11 and Bpl 19.
  near(equipmentImpairment(g711, 5), 15.78, 0.01);
  near(equipmentImpairment({ ie: 11, bpl: 19 }, 2), 19, 0.01);
  assert.ok(equipmentImpairment(g711, 5, 2) > equipmentImpairment(g711, 5, 1) + 1);
  near(equipmentImpairment(g711, 100), 75.9, 0.1);
});
