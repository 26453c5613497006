/**
 * How likely a lead answers, over its list: a factor for each value of each feature, learned from counts. A value's
 * factor is the answers that its calls gave over those that were expected of them by all else that is known, so that
 * features that say the same thing share what they explain (iterative proportional fitting, one call at a time); and
 * over the same of all values of its feature, so that what all calls share is left to the list's own rate. Seconds of
 * ringing count as they pass: of calls that ended alone those that were answered would be too many.
 */

/** What is known of a lead before it is dialled; what is missing says nothing. */
export interface LeadFeatures {
  /** `mobile`, `landline`, `voip`… or the list's own name for it. */
  numberType?: string;
  /** Dials of this number so far. */
  attempts?: number;
  /** How the last dial ended. */
  lastOutcome?: string;
}

/** A call's ringing. */
export interface OpenOdds {
  /** The lead's answer probability over its list's, as it was when the call was dialled. */
  readonly likelihood: number;
  /** Answers that some seconds of its ringing gave reason to expect of it, its likelihood included. */
  rang(expected: number): void;
  ended(answered: boolean): void;
}

export interface LeadOdds {
  /** The lead's answer probability over its list's, 1 when nothing is known. */
  likelihood(lead: LeadFeatures | undefined): number;
  open(lead: LeadFeatures | undefined): OpenOdds;
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
  if (lead.numberType !== undefined) values.push(`type:${lead.numberType}`);
  if (lead.attempts !== undefined) values.push(`attempts:${Math.min(mostAttempts, lead.attempts)}`);
  if (lead.lastOutcome !== undefined) values.push(`last:${lead.lastOutcome}`);
  return values;
}

interface Counts {
  answers: number;
  expected: number;
}
const featureOf = (value: string) => value.slice(0, value.indexOf(":"));
const ratio = ({ answers, expected }: Counts) => (answers + belief) / (expected + belief);
const unknown: OpenOdds = { likelihood: 1, rang: () => undefined, ended: () => undefined };

const product = (factors: readonly number[]) =>
  Math.min(
    bounds[1],
    Math.max(
      bounds[0],
      factors.reduce((all, one) => all * one, 1),
    ),
  );

export function createLeadOdds(saved: SavedLeadOdds = []): LeadOdds {
  const counts = new Map<string, Counts>();
  /** Of all values of a feature. */
  const totals = new Map<string, Counts>();

  function find(known: Map<string, Counts>, name: string): Counts {
    let found = known.get(name);
    if (!found) known.set(name, (found = { answers: 0, expected: 0 }));
    return found;
  }

  function add(value: string, answers: number, expected: number, keep = 1): void {
    const own = find(counts, value);
    const all = find(totals, featureOf(value));
    const gained = {
      answers: answers + own.answers * (keep - 1),
      expected: expected + own.expected * (keep - 1),
    };
    for (const each of [own, all]) {
      each.answers += gained.answers;
      each.expected += gained.expected;
    }
  }

  function factor(value: string): number {
    const own = counts.get(value);
    return own ? ratio(own) / ratio(totals.get(featureOf(value))!) : 1;
  }

  for (const [value, answers, expected] of saved) add(value, answers, expected);
  return {
    likelihood: (lead) => (lead ? product(valuesOf(lead).map(factor)) : 1),
    open(lead) {
      if (!lead) return unknown;
      const values = valuesOf(lead);
      const factors = values.map(factor);
      return {
        likelihood: product(factors),
        rang(expected) {
          for (const [i, value] of values.entries()) add(value, 0, expected / factors[i]!);
        },
        ended(answered) {
          for (const value of values) add(value, Number(answered), 0, 1 - 1 / memoryCalls);
        },
      };
    },
    save: () => [...counts].map(([value, { answers, expected }]) => [value, answers, expected]),
  };
}
