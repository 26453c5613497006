/**
 * Makes `server/media/answer-model.json`: `node bench/amd/train.ts [--clips 6000] [--judged 2000] [--trees 200]`. The
 * model comes from the tuning part, its thresholds from the development part: other texts, other voices.
 */
import { writeFileSync } from "node:fs";
import { seededRandom } from "../../server/kernel/random.ts";
import { featureCount, featureNames } from "../../server/media/answer-features.ts";
import { type AnswerModel, probabilityOf } from "../../server/media/answer-model.ts";
import { flags } from "../lib.ts";
import { clipsOf } from "./clips.ts";
import { type Moments, rowsOf } from "./rows.ts";
import type { Part } from "./texts.ts";
import { thresholdsFor } from "./thresholds.ts";
import { boost } from "./trees.ts";

const { clips: clipCount, judged, trees, depth } = flags({ clips: 6000, judged: 2000, trees: 200, depth: 5 });
const moments: Moments = {
  pointsMs: [280, 360, 440, 520, 600, 680, 760, 840, 920, 1000, 1100, 1200, 1300, 1400, 1480],
  // The second is for the few that are still in doubt.
  limitsMs: [1800, 2200],
};
/** Nobody has spoken so long after the answer: no machine waits like that. */
const silenceMs = 1480;

interface Example {
  isHuman: boolean;
  points: number;
  rows: Float64Array;
}

async function examplesOf(part: Part, count: number): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const clip of clipsOf(part, count, moments.limitsMs.at(-1)! + 60)) {
    if (clip.label === "fax") continue;
    const heard = rowsOf(clip, { ...moments, silenceMs });
    // Who says nothing for so long is taken for a person; a machine that does is lost.
    if (heard) examples.push({ isHuman: clip.label === "human", ...heard });
  }
  console.log(`${part}: ${examples.length} clips with words in time`);
  return examples;
}

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

const made = train(await examplesOf("tuning", clipCount));
const scored = (await examplesOf("development", judged)).map((example) => scoresOf(made, example));
const thresholds = thresholdsFor(scored, moments, {
  early: 0.007,
  limits: [0.005, 0.003],
  lostEarly: 0.015,
  longer: 0.03,
});
const model: AnswerModel = {
  version: "2026.2",
  provenance: `bench/amd/train.ts --clips ${clipCount} --trees ${trees} --depth ${depth}: synthetic speech (docs/answer-classification.md)`,
  features: featureNames,
  silenceMs,
  ...made,
  ...thresholds,
};
const path = new URL("../../server/media/answer-model.json", import.meta.url);
const rounded = (_: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;
writeFileSync(path, `${JSON.stringify(model, rounded)}\n`);
console.log(JSON.stringify({ points: thresholds.points[0], limits: thresholds.limits }));
