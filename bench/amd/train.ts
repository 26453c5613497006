/**
 * Makes `server/media/answer-model.json`: `node bench/amd/train.ts [--clips 5000] [--judged 2000] [--trees 200]
 * [--depth 5]`. The model comes from the tuning part, its thresholds from the development part: other texts, other
 * voices. `--settle` keeps the trees and sets the thresholds anew.
 */
import { writeFileSync } from "node:fs";
import { seededRandom } from "../../server/kernel/random.ts";
import { featureCount, featureNames } from "../../server/media/answer-features.ts";
import { type AnswerModel, answerModel, probabilityOf } from "../../server/media/answer-model.ts";
import { flags } from "../lib.ts";
import { type Example, examplesOf } from "./heard.ts";
import { type Budget, decide, pointsFor } from "./thresholds.ts";
import { boost } from "./trees.ts";

const { clips, judged, trees, depth, settle } = flags({
  clips: 5000,
  judged: 2000,
  trees: 200,
  depth: 5,
  settle: false,
});
/** ms since the first sound. */
const momentsMs = [
  280, 360, 440, 520, 600, 680, 760, 840, 920, 1000, 1100, 1200, 1300, 1400, 1480, 1700, 1900, 2100, 2300,
  2600, 3000,
];
/** Too early to know much. */
const earlyMs = 520;
/** Nobody has spoken so long after the answer: no machine waits like that. */
const silenceMs = 1480;

function train(from: readonly Example[]) {
  const rows = from.reduce((sum, example) => sum + example.rows.length / featureCount, 0);
  const table = {
    values: new Float64Array(rows * featureCount),
    columns: featureCount,
    labels: new Uint8Array(rows),
    weights: new Float64Array(rows),
  };
  let row = 0;
  for (const example of from) {
    const count = example.rows.length / featureCount;
    table.values.set(example.rows, row * featureCount);
    table.labels.fill(example.label === "human" ? 0 : 1, row, row + count);
    for (let i = 0; i < count; i++) table.weights[row + i] = momentsMs[i]! < earlyMs ? 0.5 : 1;
    row += count;
  }
  const random = seededRandom(7);
  return boost(table, { trees, depth, rate: 0.08, minWeight: 25, ridge: 8, random: () => random.next() });
}

const made = settle ? answerModel : train(await examplesOf("tuning", clips, momentsMs, silenceMs));
const scored = (await examplesOf("development", judged, momentsMs, silenceMs)).map(({ label, rows }) => ({
  isHuman: label === "human",
  scores: Array.from({ length: rows.length / featureCount }, (_, i) =>
    probabilityOf(made, rows.subarray(i * featureCount, (i + 1) * featureCount)),
  ),
}));

const before: Budget = {
  limitMs: 1480,
  longestMs: 2600,
  longer: 0.04,
  lost: 0.009,
  early: 0.05,
  letGo: 0.015,
};
// Nobody waits: who is in doubt is listened to for as long as that teaches something.
const beside: Budget = { limitMs: 3000, longestMs: 3000, longer: 0, lost: 0.009, early: 0.1, letGo: 0.03 };
/** Of people on the development part; new voices lose more. */
const balancedLost = 0.017;
const pointsOf = (budget: Budget) => ({
  cautious: pointsFor(scored, momentsMs, budget),
  balanced: pointsFor(scored, momentsMs, { ...budget, lost: balancedLost }),
});

const model: AnswerModel = {
  version: "2026.3",
  provenance: `bench/amd/train.ts --clips ${clips} --trees ${trees} --depth ${depth}: synthetic speech (docs/answer-classification.md)`,
  features: featureNames,
  silenceMs,
  base: made.base,
  trees: made.trees,
  points: { before: pointsOf(before), beside: pointsOf(beside) },
};
const path = new URL("../../server/media/answer-model.json", import.meta.url);
const rounded = (_: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;
writeFileSync(path, `${JSON.stringify(model, rounded)}\n`);
for (const [listen, kinds] of Object.entries(model.points))
  for (const [sensitivity, points] of Object.entries(kinds)) {
    const share = (isHuman: boolean) => {
      const of = scored.filter((clip) => clip.isHuman === isHuman);
      return (
        (100 * of.filter((clip) => decide(clip, momentsMs, points).isMachine).length) /
        of.length
      ).toFixed(1);
    };
    console.log(
      `development, ${listen}, ${sensitivity}: ${share(true)} % of people, ${share(false)} % of automata`,
    );
  }
