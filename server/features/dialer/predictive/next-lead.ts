import type { Forecast } from "./forecast.ts";
import { chanceOfNobody } from "./late-cancel.ts";

/** A lead that may be dialled next. */
export interface Candidate {
  /** Its place in the buffer. */
  place: number;
  likelihood: number;
  /** P(answered within each horizon) if it is dialled now. */
  by: Float64Array;
}

/** A likely lead while the chance of nobody is below this share of θ, and the buffer is as likely as its list. */
const roomShare = 0.6;

/**
 * Which of the buffer to dial, given the chance `q` that an answer finds nobody, at most θ. One answer is best got from
 * a likely lead, which cannot be two; many come as well from unlikely ones; and where there is hardly room for one,
 * each gains as little, so that the likely are kept.
 */
export function nextLead<T extends Candidate>(
  buffer: readonly T[],
  q: number,
  theta: number,
  outlook: Forecast,
): T {
  let most = buffer[0]!;
  let least = buffer[0]!;
  let sum = 0;
  for (const candidate of buffer) {
    if (candidate.likelihood > most.likelihood) most = candidate;
    if (candidate.likelihood < least.likelihood) least = candidate;
    sum += candidate.likelihood;
  }
  if (most.likelihood === least.likelihood) return buffer[0]!;
  if (q > theta * roomShare * (sum / buffer.length)) return least;
  outlook.add(most.by);
  const after = chanceOfNobody(most.by, outlook.nobodyFree());
  outlook.remove(most.by);
  return after <= theta ? least : most;
}
