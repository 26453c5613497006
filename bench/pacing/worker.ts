import { parentPort } from "node:worker_threads";
import type { Cell } from "./cells.ts";
import { type RowKey, runRow } from "./rows.ts";

parentPort!.on("message", ({ cell, key, seed }: { cell: Cell; key: RowKey; seed: number }) => {
  parentPort!.postMessage(runRow(cell, key, seed));
});
