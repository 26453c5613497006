export interface DayResult {
  /** (talk + wrap-up) / signed in, in percent. */
  occupancyPct: number;
  answers: number;
  abandons: number;
  abandonPct: number;
  /** Of windows of 30 minutes with at least 20 answers. */
  worstHalfHourPct: number;
  dials: number;
  cancels: number;
}

const windowSeconds = 1800;
const leastAnswers = 20;

/** What a simulated day of so many seconds comes to. */
export interface Tally {
  dials: number;
  cancels: number;
  /** An agent was in this state from one second to another; what is after the day does not count. */
  spent(state: string, from: number, to: number): void;
  answer(abandoned: boolean, now: number): void;
  result(): DayResult;
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);

export function createTally(end: number): Tally {
  const windows = Array.from({ length: Math.ceil(end / windowSeconds) }, () => ({ answers: 0, abandons: 0 }));
  let signedIn = 0;
  let busy = 0;
  return {
    dials: 0,
    cancels: 0,
    spent(state, from, to) {
      const seconds = Math.max(0, Math.min(to, end) - Math.min(from, end));
      if (state !== "away") signedIn += seconds;
      if (state === "talking" || state === "wrap-up") busy += seconds;
    },
    answer(abandoned, now) {
      const window = windows[Math.min(windows.length - 1, Math.floor(now / windowSeconds))]!;
      window.answers++;
      if (abandoned) window.abandons++;
    },
    result() {
      const sum = (of: "answers" | "abandons") => windows.reduce((total, window) => total + window[of], 0);
      const [answers, abandons] = [sum("answers"), sum("abandons")];
      const worst = windows
        .filter((window) => window.answers >= leastAnswers)
        .map((window) => share(window.abandons, window.answers));
      return {
        occupancyPct: share(busy, signedIn),
        answers,
        abandons,
        abandonPct: share(abandons, answers),
        worstHalfHourPct: Math.max(0, ...worst),
        dials: this.dials,
        cancels: this.cancels,
      };
    },
  };
}
