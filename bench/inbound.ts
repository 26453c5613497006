/**
 * Callers of a number from SIPp, each a person of their own: through an IVR flow that speaks to them, into a queue, to agents
 * with telephones, every talk recorded. How many calls a second, and how many of them met no agent, ended with a fault or
 * have no recording. `npm run bench -- inbound --rate 35 --seconds 30 --agents 100`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { queueInput } from "../shared/queues.ts";
import { block, flow } from "../test/kit/ivr-flows.ts";
import { answers, calls } from "../test/kit/sipp-scenarios.ts";
import { startSipp } from "../test/kit/sipp.ts";
import { tonePrompt } from "../test/kit/tone-prompts.ts";
import { freeUdpPort } from "../test/kit/udp-port.ts";
import { until } from "../test/kit/until.ts";
import { benchPhones, openFloor } from "./floor.ts";
import { flags, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";

const { rate, seconds, agents } = flags({ rate: 35, seconds: 30, agents: 100 });
/** From the answer to the caller's hang-up: the flow speaks first. */
const callMs = 2500;
const promptMs = 300;
const number = "+867551234600";

await using floor = await openFloor({ agents, scenario: answers(), agentsSpeak: false });
// The carrier is known by the address that its calls come from.
const port = await freeUdpPort();
await floor.seed.trunk({ port, maxChannels: 2000 });
const { id: queueId } = await floor.manager.ask("POST", "/queues", {
  ...queueInput.parse({ name: "bench" }),
  members: floor.agents.map(({ userId }) => ({ userId, rank: 1 })),
});
const promptId = await tonePrompt({ manager: floor.manager, server: floor }, 600, promptMs);
const document = flow(
  block("prompt", "hello", { next: "line" }, { speech: { promptId } }),
  block("queue", "line", { timeout: "bye" }, { queueId }),
  block("hang-up", "bye", {}),
);
const { id: flowId } = await floor.manager.ask("POST", "/ivr/flows", { name: "Bench", document });
await floor.manager.ask("POST", `/ivr/flows/${flowId}/publish`, {});
const target = { type: "flow", id: flowId };
await floor.manager.ask("PUT", "/inbound-routes", { items: [{ phone: number, target }] });
for (const agent of floor.agents) await agent.work();
for (const agent of floor.agents) await agent.until("ready");

const total = rate * seconds;
const dir = mkdtempSync(join(tmpdir(), "waihu-callers-"));
const people = join(dir, "people.csv");
writeFileSync(people, ["SEQUENTIAL", ...benchPhones(total).map((phone) => `${phone.slice(3)};`)].join("\n"));
await using stack = new AsyncDisposableStack();
stack.defer(() => rmSync(dir, { recursive: true, force: true }));

const startedAt = performance.now();
const callers = stack.use(
  await startSipp({
    scenario: calls({ talkMs: callMs }).replaceAll("13900139000", "[field0]"),
    target: `${floor.sip.host}:${floor.sip.port}`,
    port,
    calls: total,
    rate,
    limit: 2000,
    timeoutSeconds: seconds + 60,
    args: ["-s", number, "-inf", people],
  }),
);
const { corePct, result: sipp } = await corePercent([floor.serverPid], () => callers.done);
const tookMs = performance.now() - startedAt - callMs;

interface Count {
  calls: number;
  open: number;
  answered: number;
  recorded: number;
  p99WaitMs: number;
}
const count = async (): Promise<Count> => {
  const { rows } = await sql<Count>`
    select (select count(*) from calls where direction = 'inbound')::int as calls,
      (select count(*) from calls where state <> 'closed')::int as open,
      (select count(*) from queue_visits where how = 'answered')::int as answered,
      (select count(*) from recordings where state = 'done')::int as recorded,
      coalesce((select extract(epoch from percentile_cont(0.99) within group (order by left_at - entered_at)) * 1000
        from queue_visits where how = 'answered'), 0)::float8 as "p99WaitMs"`.execute(floor.database.db);
  return rows[0]!;
};
const end = await until("all is written", async () => {
  const now = await count();
  return now.open === 0 && now.recorded >= now.answered && now;
});
const callsPerSecond = Math.round((sipp.successful / tookMs) * 10_000) / 10;
const failures = sipp.failed + (total - end.answered) + (end.answered - Math.min(end.answered, end.recorded));
const p99WaitMs = Math.round(end.p99WaitMs);
if (failures > 0) {
  const { rows } = await sql<{ outcome: string; wait: string; cause: string; calls: number; story: string }>`
    select c.outcome, coalesce(v.how, '-') as wait, coalesce(c.cause, '-') as cause, count(*)::int as calls,
      (array_agg((select string_agg(e.type || ' +' || (extract(epoch from e.at - c.planned_at) * 1000)::int, ' ' order by e.id)
        from call_events e where e.call_id = c.id)))[1] as story
    from calls c left join queue_visits v on v.call_id = c.id
    where c.direction = 'inbound' group by 1, 2, 3 order by 4 desc`.execute(floor.database.db);
  printTable(rows);
}
printTable([
  {
    calls: end.calls,
    "calls/s": callsPerSecond,
    answered: end.answered,
    recorded: end.recorded,
    failures,
    "p99 wait, ms": p99WaitMs,
    "server, % core": corePct,
  },
]);
report("inbound", { callsPerSecond, failures, calls: total, p99WaitMs, corePct });
