import { type Cadence, type Signal, type TonePlan, tonePlanOf } from "./tone-plans.ts";

/** A completed turn: the tone sounded, then it was quiet. */
export interface Turn {
  onMs: number;
  offMs: number;
}

/** Signals that say what becomes of a call; in this order where two sound the same. */
const told: readonly Signal[] = ["ringback", "busy", "congestion", "unobtainable", "dial"];
/** A steady tone this long has no turns: the longest ring sounds for two seconds. */
const continuousMs = 2600;
/** A cycle this long is told apart by one turn. */
const longCycleMs = 2000;
/** Pauses this long count before they are over. */
const longPauseMs = 900;
const early = 0.85;

const tolerance = (expectedMs: number) => 40 + 0.12 * expectedMs;
const fits = (ms: number, expectedMs: number) => Math.abs(ms - expectedMs) <= tolerance(expectedMs);

interface Pattern {
  signal: Signal;
  turns: Cadence["turns"];
  /** Turns that must fit. */
  needed: number;
}

/** Frequencies of a plan that are listened for together, and what their turns mean. */
export interface ToneSet {
  hz: readonly number[];
  patterns: Pattern[];
}

const keyOf = ({ hz }: Cadence) => hz.join("+");

/** How often in a row a turn occurs in turns that go round. */
function longestRun([on, off]: readonly [number, number], turns: Cadence["turns"]): number {
  let longest = 0;
  let run = 0;
  for (const turn of [...turns, ...turns]) {
    run = fits(turn[0], on) && fits(turn[1], off) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return Math.min(longest, turns.length);
}

/** A single turn must be heard more often than any signal of several turns has it in a row. */
function neededTurns({ turns }: Cadence, others: readonly Cadence[]): number {
  if (turns.length !== 1) return turns.length;
  const turn = turns[0]!;
  const runs = others.filter((o) => o.turns.length > 1).map((o) => longestRun(turn, o.turns) + 1);
  return Math.max(turn[0] + turn[1] >= longCycleMs ? 1 : 2, ...runs);
}

/** What a country's plan has us listen for. */
export function toneSetsOf(country: string): ToneSet[] {
  const plan: TonePlan = tonePlanOf(country);
  const cadences = told.flatMap((signal) => (plan[signal] ? [{ signal, cadence: plan[signal] }] : []));
  return [...new Set(cadences.map(({ cadence }) => keyOf(cadence)))].map((key) => {
    const same = cadences.filter(({ cadence }) => keyOf(cadence) === key);
    const { hz } = same[0]!.cadence;
    const patterns = same.map(({ signal, cadence }) => ({
      signal,
      turns: cadence.turns,
      needed: neededTurns(
        cadence,
        same.map((s) => s.cadence),
      ),
    }));
    return { hz, patterns };
  });
}

/** How far the last turns are from a pattern, ms a turn, at the turn of it that fits best; undefined: they do not fit. */
function distance({ turns, needed }: Pattern, heard: readonly Turn[]): number | undefined {
  const last = heard.slice(-needed);
  if (turns.length === 0 || last.length < needed) return undefined;
  let best: number | undefined;
  for (let shift = 0; shift < turns.length; shift++) {
    let sum = 0;
    const isFit = last.every((turn, i) => {
      const [on, off] = turns[(i + shift) % turns.length]!;
      sum += Math.abs(turn.onMs - on) + Math.abs(turn.offMs - off);
      return fits(turn.onMs, on) && fits(turn.offMs, off);
    });
    if (isFit && (best === undefined || sum < best)) best = sum;
  }
  return best === undefined ? undefined : best / needed;
}

/**
 * The signal whose turns these are. `heard` ends with the turn that is over, or with one whose pause goes on
 * (`isOpen`): then only patterns with a long pause are considered, which count before it is over.
 */
export function matchTurns(set: ToneSet, heard: readonly Turn[], isOpen: boolean): Signal | undefined {
  let best: { signal: Signal; distance: number } | undefined;
  for (const pattern of set.patterns) {
    const found = isOpen ? openDistance(pattern, heard) : distance(pattern, heard);
    if (found !== undefined && (!best || found < best.distance - 1))
      best = { signal: pattern.signal, distance: found };
  }
  return best?.signal;
}

function openDistance(pattern: Pattern, heard: readonly Turn[]): number | undefined {
  const last = heard.at(-1);
  const longest = Math.max(0, ...pattern.turns.map(([, off]) => off));
  if (!last || longest < longPauseMs || last.offMs < early * longest) return undefined;
  return distance(pattern, [...heard.slice(0, -1), { onMs: last.onMs, offMs: longest }]);
}

/** The signal of a tone that has sounded this long without a pause. */
export function matchSteady(set: ToneSet, onMs: number): Signal | undefined {
  return onMs < continuousMs ? undefined : set.patterns.find(({ turns }) => turns.length === 0)?.signal;
}
