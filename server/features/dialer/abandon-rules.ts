/** How each rule counts abandoned calls. Pure. */
import type { AbandonFigures } from "./queries-abandons.ts";

/** `estimated`: people who were taken for machines; they are among the answers and the abandoned. */
export interface CountedAbandons {
  answers: number;
  abandoned: number;
  estimated: number;
}

const takenForMachines = ({ machines, served, abandoned }: AbandonFigures, falsePositives: number) =>
  machines === 0 ? 0 : falsePositives * (served + abandoned);

/**
 * 47 CFR 64.1200(a)(7): of all calls that a person answered, over 30 days, for the campaign. `falsePositives`: the share
 * of those who answer that is taken for machines; without it only calls that can be opened are counted.
 */
export function usAbandons(figures: AbandonFigures, falsePositives = 0): CountedAbandons {
  const { served, abandoned, left } = figures;
  const estimated = takenForMachines(figures, falsePositives);
  return { answers: served + abandoned + left + estimated, abandoned: abandoned + estimated, estimated };
}

/**
 * Ofcom, persistent misuse: of abandoned calls and calls passed to an agent, over 24 hours, with a reasoned estimate of
 * the people taken for machines: `falsePositives` is their share of those who answer. Without recognition as many of the
 * abandoned were machines as of the answers that agents took.
 */
export function ofcomAbandons(figures: AbandonFigures, falsePositives: number): CountedAbandons {
  const { served, machines, told } = figures;
  const estimated = takenForMachines(figures, falsePositives);
  const people = machines > 0 || served + told === 0 ? 1 : served / (served + told);
  const abandoned = figures.abandoned * people + estimated;
  return { answers: served + abandoned, abandoned, estimated };
}

/** Of live answers, the share taken for machines where machines are recognised, until a campaign's own is measured. */
export const assumedFalsePositives = 0.02;
