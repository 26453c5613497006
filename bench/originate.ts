/**
 * Calls a second through the whole server: claim, gate, database, SIP, media, recording, agent, events, close.
 * SIPp answers each at once, sends its RTP back and hangs up; every call is recorded and reaches an agent.
 */
import { answersAndHangsUp } from "../test/kit/sipp-scenarios.ts";
import { flags, printTable, report } from "./lib.ts";
import { benchPhones, openFloor, pauseMs } from "./floor.ts";

const { agents, seconds, talk } = flags({ agents: 60, seconds: 20, talk: 300 });

const callee = answersAndHangsUp(talk);

await using floor = await openFloor({
  agents,
  scenario: callee,
  agentsSpeak: false,
  sippArgs: ["-rtp_echo"],
});
const campaign = await floor.seed.campaign({
  phones: benchPhones(50_000),
  agents: floor.agents,
  mode: "progressive",
  summaryRequired: false,
  wrapUpLimitMs: 0,
});
for (const agent of floor.agents) await agent.work(campaign.id);
await campaign.command("start");
await pauseMs(2_000);
const from = new Date();
await pauseMs(seconds * 1000);
const to = new Date();
await campaign.command("stop");
await pauseMs(5_000);

const { db } = floor.database;
const placed = await db
  .selectFrom("calls")
  .select((eb) => ["outcome", eb.fn.countAll<number>().as("n")])
  .where("dialled_at", ">=", from)
  .where("dialled_at", "<", to)
  .groupBy("outcome")
  .execute();
const unrecorded = await db
  .selectFrom("calls")
  .leftJoin("recordings", "recordings.call_id", "calls.id")
  .select((eb) => eb.fn.countAll<number>().as("n"))
  .where("calls.connected_at", "is not", null)
  .where((eb) => eb.or([eb("recordings.state", "is", null), eb("recordings.state", "<>", "done")]))
  .executeTakeFirstOrThrow();
const total = placed.reduce((sum, row) => sum + row.n, 0);
const connected = placed.find((row) => row.outcome === "connected")?.n ?? 0;
printTable([
  ...placed.map((row) => ({ outcome: String(row.outcome), calls: row.n })),
  { outcome: "without a whole recording", calls: unrecorded.n },
]);
report("originate", {
  callsPerSecond: Math.round((total / ((to.getTime() - from.getTime()) / 1000)) * 10) / 10,
  failures: total - connected + unrecorded.n,
});
