import type { AnswerAccuracy, Share } from "../../../shared/answering.ts";

/** Of 95 % (two-sided). */
const z = 1.959964;

/** The interval of a share of `hits` in `n` by E. B. Wilson (1927), 0 to 1; it is right for few cases, too. */
export function wilson(hits: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const p = hits / n;
  const centre = p + z ** 2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

export interface Counted {
  verdicts: number;
  takenForHuman: number;
  missedMachines: number;
  takenForMachine: number;
  sampled: number;
  sampledHumans: number;
  medianMs: number | null;
}

const percent = (share: number) => Math.round(share * 1e4) / 100;

/**
 * The share of people who were taken for machines. A random sample of those calls tells how many of them were people
 * (with Wilson's interval); as many of all `takenForMachine`, over all people, is the share sought. It grows with the
 * sample's share, so the interval carries over. Null before the first of the sample is known.
 */
export function falsePositiveOf(counted: Counted): Share {
  const { sampled, sampledHumans, takenForMachine, takenForHuman, missedMachines } = counted;
  if (sampled === 0) return null;
  const people = Math.max(0, takenForHuman - missedMachines);
  const shareIf = (human: number) => {
    const lost = human * takenForMachine;
    return lost + people === 0 ? 0 : percent(lost / (lost + people));
  };
  const { low, high } = wilson(sampledHumans, sampled);
  return { percent: shareIf(sampledHumans / sampled), low: shareIf(low), high: shareIf(high) };
}

export const accuracyOf = (counted: Counted): AnswerAccuracy => ({
  ...counted,
  falsePositive: falsePositiveOf(counted),
});
