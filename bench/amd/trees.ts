/** Gradient boosting of regression trees for two classes (Friedman 2001), on histograms of quantiles. */
import type { AnswerModel } from "../../server/media/answer-model.ts";

export interface Table {
  /** A row after another. */
  values: Float64Array;
  columns: number;
  /** 1: automaton. */
  labels: Uint8Array;
  weights: Float64Array;
}

const binCount = 48;

interface Options {
  trees: number;
  depth: number;
  rate: number;
  /** Weight in a leaf, at least. */
  minWeight: number;
  /** Pulls leaves to zero. */
  ridge: number;
  random: () => number;
}

type Trees = Pick<AnswerModel, "base" | "trees">;

/** Cuts of a column: every value of which about as many rows lie between two. */
function cutsOf(table: Table, column: number): Float64Array {
  const rows = table.labels.length;
  const step = Math.max(1, Math.floor(rows / 4000));
  const sorted: number[] = [];
  for (let row = 0; row < rows; row += step) sorted.push(table.values[row * table.columns + column]!);
  sorted.sort((a, b) => a - b);
  const cuts = Array.from(
    { length: binCount - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / binCount)]!,
  );
  return Float64Array.from(new Set(cuts));
}

export function boost(table: Table, options: Options): Trees {
  const { columns, labels, weights } = table;
  const rows = labels.length;
  const cuts = Array.from({ length: columns }, (_, column) => cutsOf(table, column));
  const bins = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = table.values[row * columns + column]!;
      const cut = cuts[column]!;
      let bin = 0;
      while (bin < cut.length && value > cut[bin]!) bin++;
      bins[row * columns + column] = bin;
    }
  let [positive, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    total += weights[row]!;
    positive += weights[row]! * labels[row]!;
  }
  const base = Math.log(positive / (total - positive));
  const odds = new Float64Array(rows).fill(base);
  const gradient = new Float64Array(rows);
  const hessian = new Float64Array(rows);
  const trees: AnswerModel["trees"][number][] = [];
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  for (let n = 0; n < options.trees; n++) {
    for (let row = 0; row < rows; row++) {
      const p = 1 / (1 + Math.exp(-odds[row]!));
      gradient[row] = weights[row]! * (labels[row]! - p);
      hessian[row] = weights[row]! * p * (1 - p);
    }
    const sample = all.filter(() => options.random() < 0.7);
    const usable = Array.from({ length: columns }, (_, i) => i).filter(() => options.random() < 0.6);
    const tree = grow({ bins, columns, cuts, gradient, hessian, usable }, sample, options);
    trees.push(tree);
    for (let row = 0; row < rows; row++) {
      let node = 0;
      while (tree.feature[node]! >= 0)
        node =
          table.values[row * columns + tree.feature[node]!]! <= tree.threshold[node]!
            ? tree.left[node]!
            : tree.left[node]! + 1;
      odds[row]! += tree.threshold[node]!;
    }
  }
  return { base, trees };
}

interface Grown {
  bins: Uint8Array;
  columns: number;
  cuts: Float64Array[];
  gradient: Float64Array;
  hessian: Float64Array;
  usable: number[];
}

function grow(data: Grown, rows: Uint32Array, options: Options) {
  const feature: number[] = [-1];
  const threshold: number[] = [0];
  const left: number[] = [0];
  const open: { node: number; rows: Uint32Array; depth: number }[] = [{ node: 0, rows, depth: 0 }];
  for (let task = open.shift(); task; task = open.shift()) {
    let [g, h] = [0, 0];
    for (const row of task.rows) {
      g += data.gradient[row]!;
      h += data.hessian[row]!;
    }
    const split = task.depth < options.depth ? bestSplit(data, task.rows, g, h, options) : undefined;
    if (!split) {
      threshold[task.node] = Math.round(((options.rate * g) / (h + options.ridge)) * 1e5) / 1e5;
      continue;
    }
    const { column, bin } = split;
    const isLeft = (row: number) => data.bins[row * data.columns + column]! <= bin;
    feature[task.node] = column;
    threshold[task.node] = data.cuts[column]![bin]!;
    left[task.node] = feature.length;
    open.push({ node: feature.length, rows: task.rows.filter(isLeft), depth: task.depth + 1 });
    open.push({
      node: feature.length + 1,
      rows: task.rows.filter((row) => !isLeft(row)),
      depth: task.depth + 1,
    });
    feature.push(-1, -1);
    threshold.push(0, 0);
    left.push(0, 0);
  }
  return { feature, threshold, left };
}

function bestSplit(data: Grown, rows: Uint32Array, g: number, h: number, { minWeight, ridge }: Options) {
  let best: { column: number; bin: number; gain: number } | undefined;
  const gs = new Float64Array(binCount);
  const hs = new Float64Array(binCount);
  for (const column of data.usable) {
    gs.fill(0);
    hs.fill(0);
    for (const row of rows) {
      const bin = data.bins[row * data.columns + column]!;
      gs[bin]! += data.gradient[row]!;
      hs[bin]! += data.hessian[row]!;
    }
    let [gl, hl] = [0, 0];
    for (let bin = 0; bin < data.cuts[column]!.length; bin++) {
      gl += gs[bin]!;
      hl += hs[bin]!;
      if (hl < minWeight || h - hl < minWeight) continue;
      const gain = gl ** 2 / (hl + ridge) + (g - gl) ** 2 / (h - hl + ridge) - g ** 2 / (h + ridge);
      if (gain > (best?.gain ?? 1e-3)) best = { column, bin, gain };
    }
  }
  return best;
}
