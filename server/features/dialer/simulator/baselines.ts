/**
 * What others do, as published: one line per idle agent, a fixed ratio, and VICIdial's adaptive methods as its documents
 * and programs describe them. None learns from another day.
 */
import type { Dialler, SimView } from "./day.ts";
import { uniform } from "./hash.ts";

const talkingOf = (view: SimView) => view.agents.filter((agent) => agent.state === "talking").length;
const idleOf = (view: SimView) => view.agents.filter((agent) => agent.state === "idle").length;

/** One line per idle agent. */
export function progressive(): Dialler {
  return {
    everyEvent: true,
    decide: (view) => ({ dial: clip(idleOf(view) - view.waiting - view.ringing.length, view) }),
  };
}

/** `lines` per idle agent, those ringing counted; of a fraction, the share of times it is rounded up. */
export function fixedRatio(lines: number): Dialler {
  let idleBefore = -1;
  let turns = 0;
  return {
    everyEvent: true,
    decide(view) {
      const idle = Math.max(0, idleOf(view) - view.waiting);
      if (idle !== idleBefore) turns++;
      idleBefore = idle;
      return { dial: clip(Math.floor(lines * idle + uniform(1, turns, 0, 0)) - view.ringing.length, view) };
    },
  };
}

/** Lines for each agent, at most. */
const mostLines = 15;

/**
 * As many dials as answers are expected to be missing: agents who are free within the window, by mean talk and wrap-up
 * times, less answers in flight, by the answer rate of the last calls (after Samuelson, 1999).
 */
export function expectedValue(windowSeconds: number, share: number): Dialler {
  let calls = 20;
  let answers = 4;
  let cycle = 180;
  const memory = 1 - 1 / 300;
  const close = (answered: number) => {
    calls = calls * memory + 1;
    answers = answers * memory + answered;
  };
  let talked = 150;
  return {
    everyEvent: true,
    answered: () => close(1),
    ended: () => close(0),
    talked: (seconds) => void (talked = seconds),
    wrapped: (seconds) => void (cycle += (talked + seconds - cycle) / 200),
    decide(view) {
      const idle = idleOf(view);
      const free = (view.agents.length - idle) * (1 - Math.exp(-windowSeconds / cycle)) + idle - view.waiting;
      const rate = answers / calls;
      // What fails is known first: without a bound the rate falls and the lines rise without end in the first minute.
      const room = mostLines * view.agents.length - view.ringing.length;
      const missing = Math.floor((share * free - view.ringing.length * rate) / rate);
      return { dial: clip(Math.min(missing, room), view) };
    },
  };
}

export interface AdaptiveOptions {
  method: "HARD_LIMIT" | "AVERAGE" | "TAPERED";
  /** Idle agents wanted less calls waiting (adaptive_difference_target). */
  target: number;
  /** Per cent, added to 100 (adaptive_intensity). */
  intensity: number;
  maximumLevel: number;
  /** Share of dropped answers that acts, in per cent. */
  dropLimitPct: number;
  /** Lines for idle agents alone (available only tally). */
  availableOnly: boolean;
  shiftSeconds: number;
}

export const asShipped: Omit<AdaptiveOptions, "shiftSeconds"> = {
  method: "HARD_LIMIT",
  target: 0,
  intensity: 0,
  maximumLevel: 3,
  dropLimitPct: 3,
  availableOnly: false,
};

/**
 * Each second it samples idle agents r, waiting calls w and agents n; each 15 s level ← level · (1 + (r − w + target)/n ·
 * intensity factor), in [1, maximum]; drops of the day, refreshed each minute, act after 50 calls; each 2.5 s it dials
 * up to round(level · active) − lines in use.
 */
export function adaptive(options: AdaptiveOptions): Dialler {
  let level = 1;
  let answers = 0;
  let drops = 0;
  let placed = 0;
  let dropPct = 0;
  let sampledAt = -Infinity;
  let decidedAt = -Infinity;
  let countedAt = -Infinity;
  let dialledAt = -Infinity;
  let samples = { idle: 0, waiting: 0, agents: 0, n: 0 };

  function adapt(view: SimView): void {
    const n = samples.agents / samples.n;
    const difference = (samples.idle - samples.waiting) / samples.n + options.target;
    samples = { idle: 0, waiting: 0, agents: 0, n: 0 };
    if (n < 0.5) return;
    level *= 1 + (difference / n) * (1 + options.intensity / 100);
    level = Math.min(options.maximumLevel, Math.max(1, level));
    if (placed <= 50 || dropPct <= options.dropLimitPct) return;
    if (options.method === "HARD_LIMIT") level = 1;
    else if (options.method === "AVERAGE") level = Math.max(1, level / 2);
    else level = Math.max(1, level * (view.secondsLeft / options.shiftSeconds));
  }

  return {
    everyEvent: false,
    served(abandoned) {
      answers++;
      if (abandoned) drops++;
    },
    decide(view) {
      const { now } = view;
      if (now - sampledAt >= 1) {
        sampledAt = now;
        samples.idle += idleOf(view);
        samples.waiting += view.waiting;
        samples.agents += view.agents.length;
        samples.n++;
      }
      if (now - countedAt >= 60) {
        countedAt = now;
        dropPct = answers === 0 ? 0 : (100 * drops) / answers;
      }
      if (now - decidedAt >= 15 && samples.n > 0) {
        decidedAt = now;
        adapt(view);
      }
      if (now - dialledAt < 2.5) return { dial: 0 };
      dialledAt = now;
      const talking = talkingOf(view);
      const idle = idleOf(view);
      const active = options.availableOnly ? idle : idle + talking;
      const inUse = view.ringing.length + view.waiting + (options.availableOnly ? 0 : talking);
      const dial = clip(Math.round(level * active) - inUse, view);
      placed += dial;
      return { dial };
    },
  };
}

const clip = (lines: number, view: SimView) => Math.max(0, Math.min(lines, view.linesFree));
