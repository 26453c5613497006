/** From the chances of each second of ringing to what becomes of a call in the end, and back. */

/** Ages in whole seconds since the dial; the last one is open-ended. */
export const ages = 48;

/**
 * How the calls of a list go, of those that a person answers and of the others: shares by age of what has come. A lead
 * of another likelihood differs in `share` alone.
 */
export interface Incidence {
  /** Share of calls that a person answers. */
  share: number;
  /** Of those that are answered: how many were, by each age; [0] is 0. */
  answered: Float64Array;
  /** Of the others: how many have ended. */
  ended: Float64Array;
}

/** Nobody is certain to answer. */
const mostShare = 0.97;

/** A lead's share, from its list's. */
export const shareOf = ({ share }: Incidence, likelihood: number): number =>
  Math.min(mostShare, share * likelihood);

/** Of such leads: how many still ring at this age. */
export const stillRinging = ({ answered, ended }: Incidence, share: number, age: number): number =>
  1 - share * answered[age]! - (1 - share) * ended[age]!;

/** The chance that a person answers in this second of a lead's call that still rings. */
export function hazardOf(incidence: Incidence, likelihood: number, age: number): number {
  const share = shareOf(incidence, likelihood);
  const ringing = stillRinging(incidence, share, age);
  const answers = share * (incidence.answered[age + 1]! - incidence.answered[age]!);
  return ringing > 1e-6 ? Math.min(0.95, answers / ringing) : 0;
}

/** From hazards by age: a person answers, anything else ends it. */
export function incidenceOf({ answer, end }: { answer: Float64Array; end: Float64Array }): Incidence {
  const answered = new Float64Array(ages + 1);
  const ended = new Float64Array(ages + 1);
  let ringing = 1;
  for (let age = 0; age < ages; age++) {
    answered[age + 1] = answered[age]! + ringing * answer[age]!;
    ended[age + 1] = ended[age]! + ringing * end[age]!;
    ringing = Math.max(0, ringing * (1 - answer[age]! - end[age]!));
  }
  const share = Math.min(mostShare, Math.max(1e-4, answered[ages]!));
  return {
    share,
    answered: answered.map((value) => value / share),
    ended: ended.map((value) => value / (1 - share)),
  };
}
