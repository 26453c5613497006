/**
 * When nobody answers any more: a trunk that connects nothing, a holiday, an exchange that is down. It says nothing of the
 * rate at which the list will answer afterwards; who learns from it dials all lines at the first answer. With what an hour
 * without answers taught, 8 % of a window of three hours were abandoned (20 agents, 600 lines).
 */
export interface Silence {
  /** True while it lasts: nothing is to be learned. */
  readonly now: boolean;
  /** Time passes, in seconds. */
  pass(seconds: number): void;
  /** A call rang on where so much was expected, and nothing came; true: the silence begins. */
  rang(list: number, age: number, expected: number): boolean;
  answered(): void;
  ended(list: number, age: number): void;
  /** What was counted since the last answer, of each list, by age. */
  since(): Iterable<[list: number, counts: Since]>;
}

interface Since {
  exposed: Float64Array;
  ended: Float64Array;
}

/** So many answers were expected, by what was known at the last one, and none came. */
const mostExpected = 20;
/** After its first answer it lasts until the lines are gone that were dialled in it, which nobody answers. */
const afterSeconds = 30;

export function createSilence(ages: number): Silence {
  const lists = new Map<number, Since>();
  let expectedSince = 0;
  let left = Infinity;
  const lasts = () => expectedSince >= mostExpected;
  function countsOf(list: number): Since {
    let counts = lists.get(list);
    if (!counts)
      lists.set(list, (counts = { exposed: new Float64Array(ages), ended: new Float64Array(ages) }));
    return counts;
  }
  function begin(): void {
    expectedSince = 0;
    left = Infinity;
    for (const { exposed, ended } of lists.values()) {
      exposed.fill(0);
      ended.fill(0);
    }
  }
  return {
    get now() {
      return lasts();
    },
    pass(seconds) {
      left -= seconds;
      if (left <= 0) begin();
    },
    rang(list, age, expected) {
      countsOf(list).exposed[age]! += 1;
      expectedSince += expected;
      return lasts();
    },
    answered() {
      if (!lasts()) begin();
      else if (left === Infinity) left = afterSeconds;
    },
    ended: (list, age) => void (countsOf(list).ended[age]! += 1),
    since: () => lists,
  };
}
