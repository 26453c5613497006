import { seededRandom } from "../../../server/kernel/random.ts";
import type { Mutator } from "./mutate.ts";

/** Something that takes what strangers send. */
export interface FuzzTarget {
  name: string;
  /** Good inputs that are mutated. */
  seeds: readonly Buffer[];
  mutate: Mutator;
  /** Takes one input; throws when it breaks a promise of the code under test. */
  take(input: Buffer): void;
}

export interface FuzzFailure {
  target: string;
  seed: number;
  /** Which mutation of the run it was. */
  mutation: number;
  /** The smallest input that still fails, in hexadecimal and as text for people. */
  hex: string;
  text: string;
  error: string;
}

export interface FuzzResult {
  mutations: number;
  failures: FuzzFailure[];
  /** Processor time of the costliest input, ms. */
  worstMs: number;
  /** Inputs a second of processor time, mutating included. */
  perSecond: number;
  /** Growth of the heap over the run, MB. */
  heapMb: number;
}

export interface FuzzOptions {
  seed: number;
  mutations: number;
  /** An input that costs more processor time than this, ms, is a failure. */
  maxMs?: number;
  /** Ends the run after so many failures. */
  maxFailures?: number;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What one input costs by itself: the least of five, so that a collection of garbage or a compilation is not blamed. */
function costOf(target: FuzzTarget, input: Buffer): number {
  let least = Infinity;
  for (let tries = 0; tries < 5; tries++) {
    const before = cpuMs();
    attempt(target, input);
    least = Math.min(least, cpuMs() - before);
  }
  return least;
}

function attempt(target: FuzzTarget, input: Buffer): unknown {
  try {
    target.take(input);
    return undefined;
  } catch (error) {
    return error ?? new Error("threw nothing");
  }
}

/** Inputs that took longer than this by the wall clock are measured again. */
const suspiciousMs = 1;

/** Throws `mutations` changed inputs at `target`. The same seed gives the same inputs. */
export function fuzz(target: FuzzTarget, options: FuzzOptions): FuzzResult {
  const { seed, mutations, maxMs = 50, maxFailures = 5 } = options;
  const random = seededRandom(seed);
  const failures: FuzzFailure[] = [];
  const fail = (mutation: number, input: Buffer, error: unknown, fails: (input: Buffer) => boolean) => {
    const smallest = minimise(input, fails);
    failures.push({
      target: target.name,
      seed,
      mutation,
      hex: smallest.toString("hex"),
      text: JSON.stringify(smallest.toString("latin1")),
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  };
  let worstMs = 0;
  let done = 0;
  const heapBefore = process.memoryUsage().heapUsed;
  const cpuBefore = cpuMs();
  while (done < mutations && failures.length < maxFailures) {
    const input = target.mutate(target.seeds[done % target.seeds.length]!, target.seeds, random);
    done += 1;
    const begun = performance.now();
    const error = attempt(target, input);
    const tookMs = performance.now() - begun;
    if (error !== undefined) fail(done, input, error, (smaller) => attempt(target, smaller) !== undefined);
    else if (tookMs > Math.max(suspiciousMs, worstMs)) {
      const cost = costOf(target, input);
      worstMs = Math.max(worstMs, cost);
      if (cost > maxMs)
        fail(
          done,
          input,
          `${cost.toFixed(1)} ms of processor time`,
          (smaller) => costOf(target, smaller) > maxMs,
        );
    }
  }
  const spent = cpuMs() - cpuBefore;
  const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
  return { mutations: done, failures, worstMs, perSecond: (done * 1000) / Math.max(spent, 1), heapMb };
}

/** Leaves out pieces, the large ones first, as long as the rest still fails (delta debugging); a thousand tries at most. */
export function minimise(input: Buffer, fails: (input: Buffer) => boolean): Buffer {
  let smallest = input;
  let tries = 1000;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && tries > 0;) {
      const candidate = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      tries -= 1;
      if (fails(candidate)) smallest = candidate;
      else at += size;
    }
  }
  return smallest;
}
