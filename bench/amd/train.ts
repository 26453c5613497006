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
import { rowsOf } from "./rows.ts";
import { thresholdsFor } from "./thresholds.ts";
import { boost } from "./trees.ts";

const { clips: clipCount, trees, depth, folds } = flags({ clips: 6000, trees: 160, depth: 4, folds: 3 });
/** ms after the first word; the last one is for the few that are still in doubt. */
const pointsMs = [320, 440, 560, 680, 800, 920, 1040, 1160, 1280, 1380, 1480, 1760];
const limitMs = 1480;
/** ms after the answer. */
const silenceMs = 1480;
/** What only one voice or one telephone has is no evidence. */
const unused = /^(band\d+|pitch|level|levelMax)$/;

interface Example {
  isHuman: boolean;
  fold: number;
  rows: Float64Array;
}
const examples: Example[] = [];
const silent = { people: 0, automata: 0 };
for await (const clip of clipsOf("tuning", clipCount, silenceMs + pointsMs.at(-1)! + 60)) {
  if (clip.label === "fax") continue;
  const fold = createHash("sha256").update(clip.text).digest()[0]! % folds;
  const rows = rowsOf(clip, pointsMs, silenceMs);
  // Who says nothing for so long is taken for a person; a machine that does is lost.
  if (!rows) {
    silent[clip.label === "human" ? "people" : "automata"]++;
    continue;
  }
  for (let at = 0; at < rows.length; at++) if (unused.test(featureNames[at % featureCount]!)) rows[at] = 0;
  examples.push({ isHuman: clip.label === "human", fold, rows });
}
console.log(`${examples.length} clips, ${JSON.stringify(silent)} silent`);

function train(from: readonly Example[]) {
  const points = pointsMs.length;
  const rows = from.length * points;
  const table = {
    values: new Float64Array(rows * featureCount),
    columns: featureCount,
    labels: new Uint8Array(rows),
    weights: new Float64Array(rows).fill(1),
  };
  for (const [i, example] of from.entries()) {
    table.values.set(example.rows, i * points * featureCount);
    table.labels.fill(example.isHuman ? 0 : 1, i * points, (i + 1) * points);
    table.weights.fill(0.5, i * points, i * points + 3);
  }
  const random = seededRandom(7);
  return boost(table, { trees, depth, rate: 0.08, minWeight: 25, ridge: 8, random: () => random.next() });
}

const scoresOf = (model: ReturnType<typeof train>, { rows }: Example) =>
  pointsMs.map((_, i) => probabilityOf(model, rows.subarray(i * featureCount, (i + 1) * featureCount)));

const scored = Array.from({ length: folds }, (_, fold) => {
  const model = train(examples.filter((example) => example.fold !== fold));
  return examples
    .filter((example) => example.fold === fold)
    .map((example) => ({ isHuman: example.isHuman, scores: scoresOf(model, example) }));
}).flat();
const points = thresholdsFor(scored, pointsMs, {
  early: 0.004,
  atLimit: 0.006,
  late: 0.004,
  lostEarly: 0.002,
  longer: 0.042,
  limitMs,
});
const model: AnswerModel = {
  version: "2026.1",
  provenance: `bench/amd/train.ts --clips ${clipCount} --trees ${trees} --depth ${depth}: synthetic speech of espeak-ng (docs/answer-classification.md)`,
  features: featureNames,
  silenceMs,
  ...train(examples),
  points,
};
const path = new URL("../../server/media/answer-model.json", import.meta.url);
const rounded = (_: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;
writeFileSync(path, `${JSON.stringify(model, rounded)}\n`);
console.log(JSON.stringify(points));
