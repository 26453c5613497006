/**
 * Mutated SIP, SDP, RTP, RTCP, DTMF events and STUN against everything that reads what strangers send. A failure is an
 * exception, a broken promise, or an input that costs more than 10 ms of processor time; it is printed at its smallest,
 * with the seed that finds it again. `npm run bench -- fuzz --mutations 1_000_000 --seed 7`
 */
import { fuzz, type FuzzResult } from "../test/kit/fuzz/fuzz.ts";
import { mediaTargets } from "../test/kit/fuzz/media-targets.ts";
import { sipTargets } from "../test/kit/fuzz/sip-targets.ts";
import { flags, printTable, report } from "./lib.ts";

const { mutations, seed } = flags({ mutations: 200_000, seed: 1 });

const runs: (FuzzResult & { name: string })[] = [...sipTargets, ...mediaTargets()].map((target) => ({
  name: target.name,
  ...fuzz(target, { seed, mutations, maxMs: 10 }),
}));
for (const failure of runs.flatMap((run) => run.failures)) console.error(failure);
printTable(
  runs.map(({ name, mutations, failures, worstMs, perSecond, heapMb }) => ({
    protocol: name,
    mutations,
    failures: failures.length,
    "worst ms": worstMs,
    "per second": Math.round(perSecond),
    "heap MB": heapMb,
  })),
);
const sum = (of: (run: FuzzResult) => number) => runs.reduce((total, run) => total + of(run), 0);
report("fuzz", {
  mutations: sum((run) => run.mutations),
  exceptions: sum((run) => run.failures.length),
  worstMs: Math.max(...runs.map((run) => run.worstMs)),
  perSecond: sum((run) => run.mutations) / sum((run) => run.mutations / run.perSecond),
});
