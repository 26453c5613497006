import {
  adaptive,
  asShipped,
  expectedValue,
  fixedRatio,
  progressive,
} from "../../server/features/dialer/simulator/baselines.ts";
import { type Dialler, simulateDay } from "../../server/features/dialer/simulator/day.ts";
import { outcomesKnown, predictive } from "../../server/features/dialer/simulator/diallers.ts";
import { nextDay, type SavedPolicy } from "../../server/features/dialer/predictive/policy.ts";
import type { DayResult } from "../../server/features/dialer/simulator/tally.ts";
import { type Cell, dayOf, isCold, patienceSeconds, ringTimeoutSeconds } from "./cells.ts";
import { bestAdaptive, highest, type Tuned } from "./tuned.ts";

/** Of each dialler: its name, and what its keys in the JSON line begin with. */
export const rowNames = {
  "": "Waihu",
  prog_: "progressive",
  ratio_: "best ratio in hindsight",
  vicShipped_: "VICIdial-like as shipped",
  vic_: "VICIdial-like tuned in hindsight",
  ev_: "expected value in hindsight",
  oracle_: "outcomes known",
} as const;
export type RowKey = keyof typeof rowNames;

export const policyOptions = {
  ceiling: 0.03,
  patienceSeconds,
  ringTimeoutSeconds: 2 + ringTimeoutSeconds,
  cancelAfterSeconds: 15,
};

const plain = (results: DayResult[]): Tuned => ({ setting: "", results });

/** All days of one dialler in one cell, with the setting that hindsight chose. */
export function runRow(cell: Cell, key: RowKey, seed: number): Tuned {
  const day = dayOf(cell.name);
  const shiftSeconds = day.hours * 3600;
  const dayAt = (dialler: Dialler, i: number) => simulateDay(dialler, { ...day, seed: seed * 1000 + i });
  const each = (make: () => Dialler, days = cell.days): DayResult[] =>
    Array.from({ length: days }, (_, i) => dayAt(make(), i + 1));
  /** It warms up on one other day; what it learned there goes along to each day. A cold one begins anew. */
  const learning = (make: typeof predictive): DayResult[] => {
    if (isCold(cell.name)) return each(() => make(policyOptions).dialler);
    const first = make(policyOptions);
    dayAt(first.dialler, 0);
    const saved: SavedPolicy = nextDay(first.policy.save());
    return each(() => make(policyOptions, structuredClone(saved)).dialler);
  };
  switch (key) {
    case "":
      return plain(learning(predictive));
    case "oracle_":
      return plain(learning(outcomesKnown));
    case "prog_":
      return plain(each(progressive));
    case "vicShipped_":
      return plain(each(() => adaptive({ ...asShipped, shiftSeconds })));
    case "ratio_":
      return highest([1, 17], cell.days, (lines, days) => each(() => fixedRatio(lines), days));
    case "ev_":
      return highest([0.1, 1.1], cell.days, (share, days) => each(() => expectedValue(5, share), days));
    case "vic_":
      return bestAdaptive(cell.days, (setting, days) =>
        each(() => adaptive({ ...setting, shiftSeconds }), days),
      );
  }
}
