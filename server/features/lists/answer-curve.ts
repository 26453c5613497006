/** Answer rates by counts with shrinkage: what few calls say is worth little against what many say. Pure. */
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { AnswerCurve } from "./retry-time.ts";

export interface AnswerCount {
  kind: PhoneKind;
  /** Hour of the week where the person is, 0: Monday 00:00. */
  slot: number;
  attempts: number;
  answered: number;
}

/** Prior strengths in attempts: of the whole, of an hour of the day, of an hour of the week, of a kind of number. */
const weights = { whole: 20, hour: 60, slot: 60, kind: 40 };
/** Before anything is known. */
const untold = 0.25;

interface Sum {
  attempts: number;
  answered: number;
}

const nothing: Sum = { attempts: 0, answered: 0 };

function sums<K>(counts: readonly AnswerCount[], keyOf: (count: AnswerCount) => K): Map<K, Sum> {
  const groups = new Map<K, Sum>();
  for (const count of counts) {
    const key = keyOf(count);
    const { attempts, answered } = groups.get(key) ?? nothing;
    groups.set(key, { attempts: attempts + count.attempts, answered: answered + count.answered });
  }
  return groups;
}

const shrink = ({ attempts, answered }: Sum, towards: number, weight: number) =>
  (answered + towards * weight) / (attempts + weight);

/**
 * The rate of an hour of the week for a kind of number: its own counts, shrunk towards the hour of the week of all
 * kinds, that towards the hour of the day, and that towards the whole.
 */
export function answerCurve(counts: readonly AnswerCount[]): AnswerCurve {
  const whole = shrink(sums(counts, () => 0).get(0) ?? nothing, untold, weights.whole);
  const hours = sums(counts, ({ slot }) => slot % 24);
  const slots = sums(counts, ({ slot }) => slot);
  const kinds = sums(counts, ({ kind, slot }) => `${kind} ${slot}`);
  return (kind, slot) => {
    const hour = shrink(hours.get(slot % 24) ?? nothing, whole, weights.hour);
    const week = shrink(slots.get(slot) ?? nothing, hour, weights.slot);
    return shrink(kinds.get(`${kind} ${slot}`) ?? nothing, week, weights.kind);
  };
}
