import type { Durations } from "./release-hazards.ts";

/** Forecast horizons: 2, 4, … 30 s. */
export const horizons = 15;
export const stepSeconds = 2;

/** Elapsed times are looked up in steps of this many seconds. */
const gridSeconds = 2;
const gridSize = 900;

/**
 * P(free by u + patience | in this state for so long), for all horizons; made anew now and then, since it costs some
 * ten thousand exponentials.
 */
export interface ReleaseTable {
  talking(elapsed: number): Float64Array;
  wrapping(elapsed: number): Float64Array;
}

/** A row is made when it is first asked for. */
const lookUp = (make: (elapsed: number) => Float64Array) => {
  const rows: (Float64Array | undefined)[] = Array.from({ length: gridSize }, () => undefined);
  return (elapsed: number) => {
    const cell = Math.min(gridSize - 1, Math.max(0, Math.round(elapsed / gridSeconds)));
    return (rows[cell] ??= make(cell * gridSeconds));
  };
};

export function releaseTable(talk: Durations, wrap: Durations, patienceSeconds: number): ReleaseTable {
  const shift = Math.round(patienceSeconds / stepSeconds);
  const steps = horizons + shift;
  const wrapCdf = Float64Array.from(
    { length: steps + 1 },
    (_, j) => 1 - wrap.survival((j + 0.5) * stepSeconds - stepSeconds),
  );

  function makeTalking(elapsed: number): Float64Array {
    const row = new Float64Array(horizons);
    const now = Math.max(1e-12, talk.survival(elapsed));
    const ends = new Float64Array(steps);
    let before = 1;
    for (let j = 0; j < steps; j++) {
      const after = talk.survival(elapsed + (j + 1) * stepSeconds) / now;
      ends[j] = before - after;
      before = after;
    }
    for (let u = 0; u < horizons; u++) {
      const last = u + shift;
      let free = 0;
      // Ends in the middle of step j, then the wrap-up has what is left.
      for (let j = 0; j <= last; j++) free += ends[j]! * wrapCdf[last - j + 1]!;
      row[u] = free;
    }
    return row;
  }

  function makeWrapping(elapsed: number): Float64Array {
    const row = new Float64Array(horizons);
    const now = Math.max(1e-12, wrap.survival(elapsed));
    for (let u = 0; u < horizons; u++)
      row[u] = 1 - wrap.survival(elapsed + (u + 1 + shift) * stepSeconds) / now;
    return row;
  }

  return { talking: lookUp(makeTalking), wrapping: lookUp(makeWrapping) };
}
