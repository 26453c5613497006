/**
 * Makes `server/media/answer-model.json`: `node bench/amd/train.ts [--clips 6000] [--trees 160]`. Clips of the tuning
 * part only; thresholds come from clips that the scoring model has not seen (folds by text), the model from all.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { seededRandom } from "../../server/kernel/random.ts";
import { featureCount, featureNames } from "../../server/media/answer-features.ts";
import { type AnswerModel, probabilityOf } from "../../server/media/answer-model.ts";
import { flags } from "../lib.ts";
import { clipsOf } from "./clips.ts";
import { type Moments, rowsOf } from "./rows.ts";
import { thresholdsFor } from "./thresholds.ts";
import { boost } from "./trees.ts";

const { clips: clipCount, trees, depth, folds } = flags({ clips: 6000, trees: 160, depth: 4, folds: 3 });
const moments: Moments = {
  pointsMs: [280, 360, 440, 520, 600, 680, 760, 840, 920, 1000, 1100, 1200, 1300, 1400],
  // The second is for the few that are still in doubt.
  limitsMs: [1460, 1900],
};
/** What only one voice or one telephone has is no evidence. */
const unused = /^(band\d+|pitch|level|levelMax)$/;

interface Example {
  isHuman: boolean;
  fold: number;
  points: number;
  rows: Float64Array;
}
const examples: Example[] = [];
const silent = { people: 0, automata: 0 };
for await (const clip of clipsOf("tuning", clipCount, moments.limitsMs.at(-1)! + 60)) {
  if (clip.label === "fax") continue;
  const fold = createHash("sha256").update(clip.text).digest()[0]! % folds;
  const heard = rowsOf(clip, moments);
  // Who says nothing for so long is taken for a person; a machine that does is lost.
  if (!heard) {
    silent[clip.label === "human" ? "people" : "automata"]++;
    continue;
  }
  const { rows, points } = heard;
  for (let at = 0; at < rows.length; at++) if (unused.test(featureNames[at % featureCount]!)) rows[at] = 0;
  examples.push({ isHuman: clip.label === "human", fold, points, rows });
}
console.log(`${examples.length} clips, ${JSON.stringify(silent)} silent`);

/** Too early to know much. */
const earlyPoints = 4;

function train(from: readonly Example[]) {
  const rows = from.reduce((sum, example) => sum + example.rows.length / featureCount, 0);
  const table = {
    values: new Float64Array(rows * featureCount),
    columns: featureCount,
    labels: new Uint8Array(rows),
    weights: new Float64Array(rows).fill(1),
  };
  let row = 0;
  for (const example of from) {
    const count = example.rows.length / featureCount;
    table.values.set(example.rows, row * featureCount);
    table.labels.fill(example.isHuman ? 0 : 1, row, row + count);
    table.weights.fill(0.5, row, row + Math.min(earlyPoints, example.points));
    row += count;
  }
  const random = seededRandom(7);
  return boost(table, { trees, depth, rate: 0.08, minWeight: 25, ridge: 8, random: () => random.next() });
}

function scoresOf(model: ReturnType<typeof train>, { isHuman, points, rows }: Example) {
  const scores = Array.from({ length: rows.length / featureCount }, (_, i) =>
    probabilityOf(model, rows.subarray(i * featureCount, (i + 1) * featureCount)),
  );
  return { isHuman, points: scores.slice(0, points), limits: scores.slice(points) };
}

const scored = Array.from({ length: folds }, (_, fold) => {
  const model = train(examples.filter((example) => example.fold !== fold));
  return examples.filter((example) => example.fold === fold).map((example) => scoresOf(model, example));
}).flat();
const thresholds = thresholdsFor(scored, moments, {
  early: 0.006,
  limits: [0.005, 0.003],
  lostEarly: 0.02,
  longer: 0.035,
});
const model: AnswerModel = {
  version: "2026.2",
  provenance: `bench/amd/train.ts --clips ${clipCount} --trees ${trees} --depth ${depth}: synthetic speech (docs/answer-classification.md)`,
  features: featureNames,
  silenceMs: moments.limitsMs[0]!,
  ...train(examples),
  ...thresholds,
};
const path = new URL("../../server/media/answer-model.json", import.meta.url);
const rounded = (_: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;
writeFileSync(path, `${JSON.stringify(model, rounded)}\n`);
console.log(JSON.stringify({ points: thresholds.points[0], limits: thresholds.limits }));
