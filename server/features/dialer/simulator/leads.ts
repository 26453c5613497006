/**
 * The leads of a simulated day. Everything a lead will do comes from a hash of (seed, lead, try, field), so that every
 * policy meets the same leads in the same order (common random numbers).
 */
import { logNormal } from "../predictive/normal.ts";
import { fields, uniform } from "./hash.ts";

export interface DayShape {
  /** P(a person answers) at this second of the day. */
  answerRate(second: number, classUniform: number): number;
  /** Factor on talk time at this second. */
  talkFactor?(second: number): number;
  /** Share of talks that are refusals of 25 s on average. */
  refusals?: number;
}

export interface LeadFate {
  kind: "person" | "ringout" | "machine" | "failure";
  /** Seconds after the dial when this is known: the answer classified, or the end; Infinity: rings for ever. */
  afterSeconds: number;
  talkSeconds: number;
  wrapSeconds: number;
}

const setupSeconds = 2;
const longestRing = 28;

const drawLogNormal = (mean: number, cv: number, normal: number) => {
  const { mu, sigma } = logNormal(mean, cv);
  return Math.exp(mu + sigma * normal);
};

/** Box–Muller; two uniforms, one normal. */
const normalOf = (u: number, v: number) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);

/** `second` is when the lead is dialled. */
export function fateOf(seed: number, lead: number, attempt: number, second: number, day: DayShape): LeadFate {
  const draw = (field: number) => uniform(seed, lead, attempt, field);
  const normal = (field: number) => normalOf(draw(field), draw(field + 1));
  const talkMean = (day.talkFactor?.(second) ?? 1) * 150;
  const refused = draw(fields.refusal) < (day.refusals ?? 0);
  const talkSeconds = Math.max(1, drawLogNormal(refused ? 25 : talkMean, 1, normal(fields.talk)));
  const wrapSeconds = Math.max(1, drawLogNormal(30, 0.7, normal(fields.wrap)));
  const rest = { talkSeconds, wrapSeconds };
  const classifierSeconds = 0.5 + draw(fields.classifier);
  if (draw(fields.answer) < day.answerRate(second, uniform(seed, lead, 0, fields.leadClass))) {
    // Cut at the longest ring, not clipped to it.
    let ring = longestRing;
    for (let i = 0; ring >= longestRing; i++)
      ring = i > 20 ? 20 : drawLogNormal(11, 5 / 11, normal(fields.ring + 100 * i));
    return { kind: "person", afterSeconds: setupSeconds + ring + classifierSeconds, ...rest };
  }
  const end = draw(fields.end);
  if (end < 0.65) return { kind: "ringout", afterSeconds: Infinity, ...rest };
  if (end < 0.85)
    return { kind: "machine", afterSeconds: 18 + 8 * draw(fields.endTime) + 3 + setupSeconds, ...rest };
  return { kind: "failure", afterSeconds: 1 + 7 * draw(fields.endTime), ...rest };
}
