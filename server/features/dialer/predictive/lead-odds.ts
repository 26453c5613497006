/**
 * How likely a lead answers, over its list: a factor for each value of each feature, learned from counts. A value's
 * factor is the answers that its calls gave over those that were expected of them by all else that is known, so that
 * features that say the same thing share what they explain (iterative proportional fitting, one call at a time).
 */

/** What is known of a lead before it is dialled; what is missing says nothing. */
export interface LeadFeatures {
  /** Hour of the day where the lead lives, 0–23. */
  localHour?: number;
  /** `mobile`, `landline`, `voip`… or the list's own name for it. */
  numberType?: string;
  /** Dials of this number so far. */
  attempts?: number;
  /** How the last dial ended. */
  lastOutcome?: string;
}

export interface LeadOdds {
  /** The lead's answer probability over its list's, 1 when nothing is known. */
  likelihood(lead: LeadFeatures | undefined): number;
  /**
   * A call's end. `expected`: answers that the seconds it rang gave reason to expect of it, its likelihood included, so
   * that a call given up early says as much as it may.
   */
  observe(lead: LeadFeatures | undefined, expected: number, answered: boolean): void;
  save(): SavedLeadOdds;
}

/** Answers seen and expected by feature value, as JSON. */
export type SavedLeadOdds = [value: string, answers: number, expected: number][];

/** Answers' worth of belief that a value means nothing. */
const belief = 4;
/** Calls of a value after which one counts 1/e. */
const memoryCalls = 8000;
const bounds = [0.05, 20] as const;
const mostAttempts = 6;

function valuesOf(lead: LeadFeatures): string[] {
  const values: string[] = [];
  if (lead.localHour !== undefined) values.push(`hour:${lead.localHour}`);
  if (lead.numberType !== undefined) values.push(`type:${lead.numberType}`);
  if (lead.attempts !== undefined) values.push(`attempts:${Math.min(mostAttempts, lead.attempts)}`);
  if (lead.lastOutcome !== undefined) values.push(`last:${lead.lastOutcome}`);
  return values;
}

export function createLeadOdds(saved: SavedLeadOdds = []): LeadOdds {
  const counts = new Map(saved.map(([value, answers, expected]) => [value, { answers, expected }]));
  const factor = (value: string) => {
    const found = counts.get(value);
    return found ? (found.answers + belief) / (found.expected + belief) : 1;
  };
  return {
    likelihood(lead) {
      if (!lead) return 1;
      const product = valuesOf(lead).reduce((all, value) => all * factor(value), 1);
      return Math.min(bounds[1], Math.max(bounds[0], product));
    },
    observe(lead, expected, answered) {
      if (!lead) return;
      for (const value of valuesOf(lead)) {
        let found = counts.get(value);
        if (!found) counts.set(value, (found = { answers: 0, expected: 0 }));
        const without = expected / factor(value);
        const keep = 1 - 1 / memoryCalls;
        found.answers = found.answers * keep + Number(answered);
        found.expected = found.expected * keep + without;
      }
    },
    save: () => [...counts].map(([value, { answers, expected }]) => [value, answers, expected]),
  };
}
