import { simulateDay } from "../../server/features/dialer/simulator/day.ts";
import { predictive } from "../../server/features/dialer/simulator/diallers.ts";
import { stationary } from "../../server/features/dialer/simulator/shapes.ts";
import { percentile } from "../lib.ts";
import { patienceSeconds, ringTimeoutSeconds } from "./cells.ts";
import { policyOptions } from "./rows.ts";

/** 200 agents on a list of which 6 % answer: about 600 lines, talking or ringing. */
const agents = 200;
const leastLines = 500;

/** p99 of a decision's time in ms, over those that see so many lines. */
export function decisionP99Ms(): { p99Ms: number; decisions: number; lines: number } {
  const { dialler } = predictive(policyOptions);
  const samples: number[] = [];
  let lines = 0;
  const timed: typeof dialler = {
    ...dialler,
    decide(view) {
      const from = performance.now();
      const decision = dialler.decide(view);
      const took = performance.now() - from;
      const inUse = view.ringing.length + view.agents.filter(({ state }) => state === "talking").length;
      if (inUse >= leastLines) {
        samples.push(took);
        lines += inUse;
      }
      return decision;
    },
  };
  const shape = stationary(0.06);
  simulateDay(timed, {
    seed: 1,
    agents,
    hours: 1,
    shape,
    patienceSeconds,
    ringTimeoutSeconds,
    maxLines: 1000,
  });
  return { p99Ms: percentile(samples, 0.99), decisions: samples.length, lines: lines / samples.length };
}
