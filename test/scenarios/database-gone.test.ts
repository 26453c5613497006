import assert from "node:assert/strict";
import { test } from "node:test";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { watchLive } from "../kit/live-client.ts";
import { brokenAtRest } from "../kit/story.ts";
import type { TcpRelay } from "../kit/tcp-relay.ts";
import { until } from "../kit/until.ts";
import type { Plan } from "../../tools/carrier/plan.ts";

const phonesOf = (count: number) => Array.from({ length: count }, (_, i) => `+861380028${String(1000 + i)}`);
const talks = (ms: number): Plan => [
  { do: "ring" },
  { do: "wait", ms: 100 },
  { do: "answer" },
  { do: "talk", sound: { tonesHz: [1900] }, ms },
  { do: "hangup" },
];

/** Two people talk; the database goes, both talks end, it comes back, and ten others are called. */
async function talksThrough(gone: (relay: TcpRelay) => void): Promise<void> {
  await using bed = await callBed({ databaseRelay: true });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const phones = phonesOf(12);
  for (const phone of phones) bed.carrier.behave(phone, talks(300));
  for (const phone of phones.slice(0, 2)) bed.carrier.behave(phone, talks(5_000));
  const campaign = await bed.seed.campaign({ phones, agents, summaryRequired: false, wrapUpLimitMs: 0 });
  using live = await watchLive(bed.server.url, bed.manager, "dialler", "campaigns");
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  for (const agent of agents) await agent.until("talking");
  const limit = (topic: string) => live.items[topic]?.[campaign.id]?.["limit"];
  await until("panel and board show it", () => limit("dialler") && limit("campaigns"));

  gone(bed.relay!);
  await until("both say why they wait", () => {
    return limit("dialler") === "database-down" && limit("campaigns") === "database-down";
  });
  await until("both talks end by themselves", () => bed.carrier.counts.ended === 2);
  assert.equal(bed.carrier.counts.offered, 2, "nothing is dialled without a database");
  await saysSo(bed);

  bed.relay!.mend();
  await until("all others are called", () => bed.carrier.counts.ended === phones.length);
  assert.deepEqual(await brokenAtRest(bed.database), []);
  assert.equal(bed.carrier.counts.offered, phones.length, "each once");
  const calls = await bed.database.db.selectFrom("calls").selectAll().orderBy("planned_at").execute();
  assert.equal(calls.length, phones.length);
  assert.deepEqual([...new Set(calls.map((call) => call.outcome))], ["connected"]);
  const [talked] = calls;
  assert.ok(talked!.ended_at!.getTime() - talked!.connected_at!.getTime() > 3_500);
  await until("the panel goes on", () => limit("dialler") !== "database-down");
  assert.equal(await stateOf(bed), "ok");
}

async function stateOf(bed: CallBed): Promise<string> {
  const health = (await bed.manager.ask("GET", "/health")) as { checks: { name: string; state: string }[] };
  return health.checks.find((check) => check.name === "database")!.state;
}

/** The page of who is signed in still opens, and so does what a load balancer asks. */
async function saysSo(bed: CallBed): Promise<void> {
  const probe = await fetch(`${bed.server.url}/healthz`);
  assert.deepEqual([probe.status, await probe.json()], [503, { state: "failed" }]);
  assert.equal(await stateOf(bed), "failed");
}

test("connections break and are refused: talks go on, nothing is dialled or said twice, all of it is written", async () => {
  await talksThrough((relay) => relay.cut());
});

test("packets vanish without a word: the same, as soon as questions stay without an answer", async () => {
  await talksThrough((relay) => relay.swallow());
});
