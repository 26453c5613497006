/** How each rule counts abandoned calls. Pure. */
import type { AbandonFigures } from "./queries-abandons.ts";

/** 47 CFR 64.1200(a)(7): of all calls that a person answered, over 30 days, for the campaign. */
export const usAbandons = ({ served, abandoned, left }: AbandonFigures) => ({
  answers: served + abandoned + left,
  abandoned,
});

/**
 * Ofcom, persistent misuse: of abandoned calls and calls passed to an agent, over 24 hours, with a reasoned estimate of
 * the people taken for machines: `falsePositives` is their share of those who answer.
 */
export function ofcomAbandons({ served, abandoned, machines }: AbandonFigures, falsePositives: number) {
  const estimated = machines === 0 ? 0 : falsePositives * (served + abandoned);
  return { answers: served + abandoned + estimated, abandoned: abandoned + estimated, estimated };
}

/** Of live answers, the share taken for machines where machines are recognised, until a campaign's own is measured. */
export const assumedFalsePositives = 0.02;
