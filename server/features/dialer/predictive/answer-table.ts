import type { AnswerHazards } from "./answer-hazards.ts";
import { ages, shareOf, stillRinging } from "./incidence.ts";
import { horizons, stepSeconds } from "./release-table.ts";

/** P(answered within each horizon | still ringing), made anew when the hazards are. */
export interface AnswerTable {
  /** `age` in seconds since the dial; do not keep or change the row. */
  by(list: number, likelihood: number, age: number): Float64Array;
  clear(): void;
}

/** Likelihoods are rounded to steps of 2 %, so that a row serves many decisions. */
const stepOfLog = 0.02;

export function answerTable(answers: AnswerHazards, ringTimeoutSeconds: number): AnswerTable {
  const tables = new Map<number, (Float64Array | undefined)[]>();
  const last = Math.min(ages, Math.ceil(ringTimeoutSeconds) + 3);
  let latest = { list: 0, scale: Number.NaN, table: [] as (Float64Array | undefined)[], level: 0 };

  function find(list: number, scale: number): void {
    const level = Math.round(Math.log(scale) / stepOfLog);
    const key = list * 4096 + level + 2048;
    let table = tables.get(key);
    if (!table) tables.set(key, (table = []));
    latest = { list, scale, table, level };
  }

  function make(list: number, level: number, age: number): Float64Array {
    const incidence = answers.incidence(list);
    const share = shareOf(incidence, Math.exp(level * stepOfLog));
    const ringing = stillRinging(incidence, share, age);
    const { answered } = incidence;
    return Float64Array.from({ length: horizons }, (_, u) => {
      const at = Math.max(age, Math.min(last, age + (u + 1) * stepSeconds));
      return ringing > 1e-6 ? Math.min(0.99, (share * (answered[at]! - answered[age]!)) / ringing) : 0;
    });
  }

  return {
    by(list, likelihood, age) {
      const scale = answers.multiplier * likelihood;
      if (latest.list !== list || latest.scale !== scale) find(list, scale);
      const at = Math.min(ages - 1, Math.max(0, Math.floor(age)));
      return (latest.table[at] ??= make(list, latest.level, at));
    },
    clear() {
      tables.clear();
      latest = { list: 0, scale: Number.NaN, table: [], level: 0 };
    },
  };
}
