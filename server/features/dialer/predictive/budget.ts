/**
 * The abandon ceiling as a budget to the end of the regulatory window. θ = α_eff · e^x is the chance of finding
 * nobody that a dial may have; x follows the abandons that come, so that their long-run share is α_eff whatever the
 * model's error; α_eff is solved again at every decision from what remains.
 */
export interface BudgetOptions {
  /** Abandoned over live answers, at most; 0.03 by law in the US and the UK. */
  ceiling: number;
  agents: number;
}

export interface BudgetState {
  answers: number;
  abandons: number;
  x: number;
}

export const emptyBudget = (): BudgetState => ({ answers: 0, abandons: 0, x: 0 });

/** Of the ceiling: what is aimed at. */
const aim = 2.95 / 3;
const gain = 0.03;
/**
 * With less left it is dialled 1:1 until answers earn it back: one abandon, and what the calls in flight may bring. With 1
 * and all expected answers counted, two of twelve simulated days of five agents at 10 % ended at 3.06 and 3.10 %; so,
 * none of 24 of five to twenty agents was above 2.95 %.
 */
export const leastLeft = (agents: number): number => 1.1 + 0.02 * agents;
/** Of the answers that are expected, those that come even when it is dialled 1:1 from now on. */
const surely = 0.5;
const bounds = [-3, 3] as const;

/** The next live answer; `abandoned` when nobody took it. */
export function count(state: BudgetState, abandoned: boolean, effective: number): void {
  state.answers += 1;
  state.x += gain * effective;
  if (abandoned) {
    state.abandons += 1;
    state.x -= gain;
  }
  state.x = Math.min(bounds[1], Math.max(bounds[0], state.x));
}

export interface BudgetView {
  /** The share of abandons to aim at from now on. */
  effective: number;
  /** The chance of finding nobody that one dial may have. */
  theta: number;
  /** Abandons that may still come before the window ends, however few answers come; see `leastLeft`. */
  left: number;
}

/** `expected`: live answers that are still to come in the window. */
export function view(state: BudgetState, options: BudgetOptions, expected: number): BudgetView {
  const alpha = options.ceiling * aim;
  // Above the hard stop by what chance may take in the last quarter of an hour, which else goes by with half of the
  // agents idle on some days: 0.1 an agent instead of 0.03 is 1.0 points for 50 agents, 0.2–0.3 for 20.
  const reserve = leastLeft(options.agents) + 0.1 * Math.max(1.5, options.agents - 4);
  const spread = (alpha * (state.answers + expected) - state.abandons - reserve) / Math.max(1, expected);
  const effective = Math.min(2 * alpha, Math.max(0.15 * alpha, spread));
  const left = alpha * (state.answers + surely * expected) - state.abandons;
  return { effective, theta: effective * Math.exp(state.x), left };
}

/** All of them hold. */
export const strictest = (first: BudgetView, ...others: BudgetView[]): BudgetView =>
  others.reduce(
    (least, other) => ({
      effective: Math.min(least.effective, other.effective),
      theta: Math.min(least.theta, other.theta),
      left: Math.min(least.left, other.left),
    }),
    first,
  );
