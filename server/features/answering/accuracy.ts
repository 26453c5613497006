import type { AnswerAccuracy, Share } from "../../../shared/answering.ts";
import { wilson } from "../../../shared/wilson.ts";

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
  const [low, high] = wilson(sampledHumans, sampled);
  return { percent: shareIf(sampledHumans / sampled), low: shareIf(low), high: shareIf(high) };
}

export const accuracyOf = (counted: Counted): AnswerAccuracy => ({
  ...counted,
  falsePositive: falsePositiveOf(counted),
});
