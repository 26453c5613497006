/**
 * Automatic call distribution: 2,000 callers wait in 50 queues, 1,000 agents of 5 skills and 5 queues each are busy; an
 * agent becomes free and is matched, and a new caller takes the place of who was served. Then the other way round: agents
 * are free, callers arrive. `npm run bench -- acd --callers 2000 --agents 1000`.
 */
import { seededRandom } from "../server/kernel/random.ts";
import { AcdEngine } from "../server/features/queues/acd/engine.ts";
import { acdStrategies, type AcdAgent, type AcdCaller } from "../server/features/queues/acd/types.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const asked = flags({ callers: 2000, agents: 1000, matches: 20_000, seed: 1 });
const queues = 50;
const skills = 40;
const random = seededRandom(asked.seed);
const below = (n: number) => Math.floor(random.next() * n);
const some = (n: number, of: number, level: () => number) =>
  new Map(Array.from({ length: n }, () => [1 + below(of), level()]));

const agents = Array.from({ length: asked.agents }, (_, i): AcdAgent => {
  const served = some(5, queues, () => 1 + below(3));
  const skilled = some(5, skills, () => 1 + below(10));
  return { userId: i + 1, queues: served, skills: skilled, freeSince: 0, answeredToday: below(50) };
});
let count = 0;
const caller = (now: number): AcdCaller => ({
  callerId: `${count++}`,
  queueId: 1 + below(queues),
  since: now,
  enteredAt: now,
  priority: below(3),
  needs: [{ skillId: 1 + below(skills), level: 1 + below(8) }],
  wanted: below(20) === 0 ? { userId: 1 + below(asked.agents), until: now + 20_000 } : null,
  except: null,
});

/** Times of single decisions, ms, and how many matched. */
function run(freeFirst: boolean): { took: number[]; matched: number; perSecond: number } {
  const engine = new AcdEngine();
  for (let queueId = 1; queueId <= queues; queueId++)
    engine.setQueue(
      {
        queueId,
        strategy: acdStrategies.filter((one) => one !== "ring-all")[queueId % 4]!,
        seniorityMs: 60_000,
        relax: [
          { afterMs: 30_000, levels: 2 },
          { afterMs: 60_000, levels: 10 },
        ],
        maxLength: null,
        maxWaitMs: null,
      },
      0,
    );
  let now = 0;
  const took: number[] = [];
  let matched = 0;
  let busyMs = 0;
  const served = (offers: readonly { callerId: string; userIds: readonly number[] }[]) => {
    for (const { callerId, userIds } of offers) {
      engine.accept(callerId, userIds[0]!, now);
      matched++;
    }
  };
  if (freeFirst) for (const agent of agents) engine.agentFree(agent, now);
  else for (let i = 0; i < asked.callers; i++) engine.arrive(caller(now - below(90_000)), now);
  for (let i = 0; i < asked.matches; i++) {
    now += 5;
    const started = performance.now();
    if (freeFirst) {
      const arrival = engine.arrive(caller(now), now);
      if ("offers" in arrival) served(arrival.offers);
      served(engine.agentFree({ ...agents[i % agents.length]!, freeSince: now }, now));
    } else {
      served(engine.agentFree({ ...agents[below(agents.length)]!, freeSince: now }, now));
      const arrival = engine.arrive(caller(now), now);
      if ("offers" in arrival) served(arrival.offers);
    }
    if (i % 100 === 0) served(engine.wake(now).offers);
    const ms = performance.now() - started;
    took.push(ms);
    busyMs += ms;
  }
  return { took: took.sort((a, b) => a - b), matched, perSecond: (1000 * matched) / busyMs };
}

const rows = [
  { of: "2,000 wait, an agent becomes free", ...run(false) },
  { of: "1,000 free, a caller arrives", ...run(true) },
];
printTable(
  rows.map(({ of, took, matched, perSecond }) => ({
    of,
    matched,
    "p50 ms": percentile(took, 0.5),
    "p99 ms": percentile(took, 0.99),
    "matches/s": perSecond,
  })),
);
report("acd", {
  matchP99Ms: Math.max(...rows.map(({ took }) => percentile(took, 0.99))),
  matchesPerSecond: Math.min(...rows.map(({ perSecond }) => perSecond)),
});
