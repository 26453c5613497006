/**
 * The pacing policy on simulated days of eight hours, beside what others do, with common random numbers: every dialler
 * meets the same leads. Baselines are tuned in hindsight on the very days they are judged on; ours is not tuned, and
 * learns on one other day before, but for short windows, which begin cold. All cells in one run: about 50 minutes of a
 * core at half the protocol's days; `--days 1` for all of them. `--agents 20 --rate 25` for one cell, `--shifts` for the
 * days on which something changes, `--classes` for a list on which the dialler may tell likely leads from unlikely ones,
 * `--windows` for the short ones, `--ours` without the others, `--threads` for the worker threads (each core has one).
 * A day's row: occupancy in percent with its 95 % interval over days, abandons in percent of live answers, share of days
 * above 3 %, and the mean of each day's worst half hour. "Outcomes known" is the same policy told which calls will be
 * answered and when: what is left to gain by prediction of answers.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { flags, printTable, report } from "./lib.ts";
import { type Cell, cellsOf } from "./pacing/cells.ts";
import { decisionP99Ms } from "./pacing/decision-time.ts";
import { type RowKey, rowNames } from "./pacing/rows.ts";
import { judge } from "./pacing/statistics.ts";
import type { Tuned } from "./pacing/tuned.ts";

const { seed, threads, ours, ...asked } = flags({
  agents: 0,
  rate: 0,
  days: 0.5,
  shifts: false,
  classes: false,
  windows: false,
  ours: false,
  seed: 1,
  threads: availableParallelism(),
});
const metrics: Record<string, number | null> = {};
const keys = (Object.keys(rowNames) as RowKey[]).filter((key) => !ours || key === "");

function show(cell: Cell, rows: ReadonlyMap<RowKey, Tuned>): void {
  console.log(`\n${cell.name}, ${cell.days} days`);
  printTable(
    keys.map((key) => {
      const { setting, results } = rows.get(key)!;
      const judged = judge(results);
      metrics[`${key}occ_${cell.name}`] = judged.occupancy;
      metrics[`${key}ci_${cell.name}`] = Number.isFinite(judged["±"]) ? judged["±"] : null;
      metrics[`${key}ab_${cell.name}`] = judged.abandoned;
      metrics[`${key}over_${cell.name}`] = judged.over;
      metrics[`${key}worst_${cell.name}`] = judged["worst half hour"];
      return { dialler: rowNames[key], ...judged, setting };
    }),
  );
}

function told({ name }: Cell, key: RowKey, { results }: Tuned): void {
  const { occupancy, abandoned, over } = judge(results);
  console.log(
    `${name} ${rowNames[key]}: ${occupancy.toFixed(1)} % busy, ${abandoned.toFixed(2)} % abandoned, over ${over.toFixed(2)}`,
  );
}

/** Each worker takes the next row, of each cell ours first, and tells it; a cell is shown when its last row is there. */
async function runAll(cells: readonly Cell[]): Promise<void> {
  const tasks = keys.flatMap((key) => cells.map((cell) => ({ cell, key, seed })));
  const done = new Map(cells.map((cell) => [cell, new Map<RowKey, Tuned>()]));
  async function work(): Promise<void> {
    const worker = new Worker(new URL("./pacing/worker.ts", import.meta.url));
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      const { cell, key } = task;
      worker.postMessage(task);
      const [row] = (await once(worker, "message")) as [Tuned];
      told(cell, key, row);
      const rows = done.get(cell)!.set(key, row);
      if (rows.size === keys.length) show(cell, rows);
    }
    await worker.terminate();
  }
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work));
}

const { p99Ms, decisions, lines } = decisionP99Ms();
console.log(
  `decisions with 200 agents and ${Math.round(lines)} lines: ${decisions}, p99 ${p99Ms.toFixed(2)} ms`,
);
metrics["decisionP99Ms"] = p99Ms;
await runAll(cellsOf(asked));
report("pacing", metrics);
