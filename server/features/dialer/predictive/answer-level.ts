/**
 * How much likelier answers are now than the hazards say: gamma filters of observed over expected answers, with
 * memories of a minute's, some minutes' and an hour's calls, weighed by how well each foretold what came (dynamic model
 * averaging; Raftery, Kárný and Ettler, 2010). On a steady list the long memory wins, and with it a belief that hardly
 * moves; after a jump the short one, within some ten answers.
 */
export interface AnswerLevel {
  /** So many answers were to be expected by the hazards, and so many came. */
  observe(expected: number, answers: number): void;
  /** A call was dialled. */
  dialled(): void;
  fade(seconds: number): void;
  readonly multiplier: number;
  /** The coefficient of variation of that belief. */
  readonly cv: number;
}

/** A filter's belief at rest, in answers. */
const restShape = 6;
/** Memories in calls, each within these seconds. */
const memories = [60, 300, 1500] as const;
const bounds = [
  [40, 900],
  [200, 2700],
  [1000, 5400],
] as const;
/** What a filter foretold counts 1/e after this many times its own shortest memory. */
const weightSeconds = 600;

export function createAnswerLevel(): AnswerLevel {
  const a = new Float64Array(memories.length).fill(restShape);
  const b = new Float64Array(memories.length).fill(restShape);
  /** Logarithms. */
  const weight = new Float64Array(memories.length);
  let callRate = 0;
  let current: { mean: number; cv: number } | undefined;

  function belief() {
    if (current) return current;
    const top = Math.max(...weight);
    let total = 0;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < memories.length; i++) {
      const share = Math.exp(weight[i]! - top);
      const own = a[i]! / b[i]!;
      total += share;
      mean += share * own;
      square += share * own * (own + 1 / b[i]!);
    }
    mean /= total;
    return (current = { mean, cv: Math.sqrt(Math.max(0, square / total / (mean * mean) - 1)) });
  }

  return {
    observe(expected, answers) {
      for (let i = 0; i < memories.length; i++) {
        const foretold = a[i]! / b[i]!;
        weight[i]! += answers * Math.log(foretold) - expected * foretold;
        a[i]! += answers;
        b[i]! += expected;
      }
      current = undefined;
    },
    dialled: () => void (callRate += 1),
    fade(seconds) {
      // Dials a second, over about a minute.
      callRate *= Math.exp(-seconds / 60);
      const top = Math.max(...weight);
      for (let i = 0; i < memories.length; i++) {
        const [least, most] = bounds[i]!;
        const memory = Math.min(most, Math.max(least, memories[i]! / Math.max(1e-6, callRate / 60)));
        const keep = Math.exp(-seconds / memory);
        a[i] = restShape + (a[i]! - restShape) * keep;
        b[i] = restShape + (b[i]! - restShape) * keep;
        weight[i] = Math.max(-8, weight[i]! - top) * Math.exp(-seconds / weightSeconds);
      }
      current = undefined;
    },
    get multiplier() {
      return belief().mean;
    },
    get cv() {
      return belief().cv;
    },
  };
}
