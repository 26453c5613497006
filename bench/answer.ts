/**
 * How long a person who answers hears nothing: from the 200 OK to the first RTP packet of theirs that goes out to
 * the agent, as the switch saw both. 20 agents, ratio dialling, SIPp as the carrier with a stream of RTP per call.
 */
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { talks } from "../test/kit/sipp-scenarios.ts";
import { flags, percentile, printTable, report } from "./lib.ts";
import { benchPhones, openFloor, pauseMs } from "./floor.ts";

const { agents, seconds, ratio } = flags({ agents: 20, seconds: 30, ratio: 2 });

/** Two seconds of A-law (a ramp: its content does not matter). */
const audio = join(tmpdir(), `waihu-answer-${process.pid}.raw`);
writeFileSync(audio, Buffer.from(Array.from({ length: 16_000 }, (_, i) => i & 0xff)));

process.on("exit", () => rmSync(audio, { force: true }));
const callee = talks({ ringMs: [300, 2500], talkMs: [1500, 3500], audio });

await using floor = await openFloor({ agents, scenario: callee, agentsSpeak: true });
const campaign = await floor.seed.campaign({
  phones: benchPhones(20_000),
  agents: floor.agents,
  mode: "ratio",
  ratio,
  summaryRequired: false,
  wrapUpLimitMs: 0,
  abandonAfterMs: 2_000,
});
for (const agent of floor.agents) await agent.work(campaign.id);
await campaign.command("start");
await pauseMs(seconds * 1000);
await campaign.command("stop");
await pauseMs(5_000);

const rows = await floor.database.db
  .selectFrom("calls")
  .select(["answer_to_audio_ms", "connected_at", "answered_at", "abandoned"])
  .where("answered_at", "is not", null)
  .execute();
const connected = rows.filter((row) => row.connected_at !== null);
const times = connected.flatMap((row) => row.answer_to_audio_ms ?? []);
// Who waited for an agent waited for a person, not for the machine.
const atOnce = connected
  .filter((row) => row.connected_at!.getTime() - row.answered_at!.getTime() < 20)
  .flatMap((row) => row.answer_to_audio_ms ?? []);
const metrics = {
  p50Ms: percentile(atOnce, 0.5),
  p99Ms: percentile(atOnce, 0.99),
  calls: atOnce.length,
};
printTable([
  { calls: "answered", n: rows.length },
  { calls: "connected", n: connected.length },
  { calls: "abandoned", n: rows.filter((row) => row.abandoned).length },
  { calls: "connected at once", n: atOnce.length },
]);
printTable([
  { ms: "an agent was free", p50: metrics.p50Ms, p99: metrics.p99Ms },
  { ms: "all", p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
]);
report("answer", metrics);
