/**
 * Predictive dialling through the whole server: SIP and RTP to the simulated carrier and to the agents' phones, beside
 * what the simulator says of the same settings. `npm run bench -- dial-live --seconds 900 --agents 50`. Talks of 60 s and
 * wrap-up of 30 s on average (of 150 and 30 s in the field) bring more answers into the time; a quarter of those who are
 * called answer, after 14 s on average from the dial; nobody's machine does. Both begin with what a simulated hour has
 * taught, with every agent free, four hours before the day's end, so that the budget is the same.
 * `unexplained`: answered calls without an agent, a message or a named cause. The interval is of single runs.
 */
import { sql } from "kysely";
import { seededRandom } from "../server/kernel/random.ts";
import { createPolicy, nextDay } from "../server/features/dialer/predictive/policy.ts";
import { simulateDay } from "../server/features/dialer/simulator/day.ts";
import { predictive } from "../server/features/dialer/simulator/diallers.ts";
import { watchLive } from "../test/kit/live-client.ts";
import { logNormal } from "../tools/carrier/population.ts";
import { benchPhones, openFloor, pauseMs } from "./floor.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { agents, lines, seconds, runs } = flags({ agents: 50, lines: 200, seconds: 900, runs: 40 });
const rate = 0.25;
const talkSeconds = 60;
const wrap = { mean: 30, cv: 0.7 };
const ringTimeoutSeconds = 30;
const options = { ceiling: 0.03, patienceSeconds: 2, ringTimeoutSeconds, cancelAfterSeconds: 15 };

const day = {
  agents,
  shape: { answerRate: () => rate, talkFactor: () => talkSeconds / 150 },
  patienceSeconds: 2,
  ringTimeoutSeconds: ringTimeoutSeconds - 2,
  maxLines: lines,
};
const lesson = predictive(options);
simulateDay(lesson.dialler, { ...day, seed: 1, hours: 1 });
const learned = nextDay(lesson.policy.save());
/** As far as the live dialler looks. */
const secondsLeft = 4 * 3600;
const simulated = Array.from({ length: runs }, (_, i) => {
  const { dialler } = predictive(options, learned);
  const decide: typeof dialler.decide = (view) => dialler.decide({ ...view, secondsLeft });
  return simulateDay({ ...dialler, decide }, { ...day, seed: 100 + i, hours: seconds / 3600 });
});

await using floor = await openFloor({
  agents,
  agentsSpeak: true,
  scenario: {
    human: rate,
    voicemail: 0,
    ringMeanMs: 13_400,
    ringSdMs: 5_000,
    ringMaxMs: 29_000,
    talkMeanMs: (talkSeconds - 2) * 1000,
    talkCv: 1,
  },
});
const { db } = floor.database;
const timeZone = new Date().getUTCHours() < 12 ? "Asia/Shanghai" : "America/Los_Angeles";
await db
  .insertInto("settings")
  .values({ key: "timeZone", value: JSON.stringify(timeZone), updated_by: null })
  .execute();
const campaign = await floor.seed.campaign({
  phones: benchPhones(20_000),
  agents: floor.agents,
  mode: "predictive",
  trunk: { maxChannels: lines, maxCallsPerSecond: 50 },
  ringTimeoutMs: ringTimeoutSeconds * 1000,
  abandonAfterMs: 2_000,
  wrapUpLimitMs: 300_000,
  summaryRequired: false,
});
await db
  .insertInto("pacing_states")
  .values({
    campaign_id: campaign.id,
    day: "2026-01-01",
    state: JSON.stringify(createPolicy(options, learned).save()),
    saved_at: new Date(),
  })
  .execute();

for (const agent of floor.agents) await agent.work(campaign.id);
const random = seededRandom(7);
const byUser = new Map(floor.agents.map((agent) => [agent.userId, agent]));
const writing = new Set<string>();
let refusals = 0;
let mostLines = 0;
using live = await watchLive(floor.url, floor.manager, "agents", "campaigns");
/** Agents write for as long as agents do. */
const write = setInterval(() => {
  mostLines = Math.max(
    mostLines,
    ...Object.values(live.items["campaigns"] ?? {}).map(
      (c) => Number(c["linesRinging"]) + Number(c["linesTalking"]),
    ),
  );
  for (const agent of Object.values(live.items["agents"] ?? {})) {
    const { callId, userId, state } = agent as { callId: string | null; userId: number; state: string };
    if (state !== "wrap-up" || callId === null || writing.has(callId)) continue;
    writing.add(callId);
    const body = { callId, dispositionId: null, form: {}, note: "", callbackAt: null, final: true };
    const ms = 1000 * logNormal(random, wrap.mean, wrap.mean * wrap.cv);
    setTimeout(
      () =>
        void byUser
          .get(userId)
          ?.command("summary", body)
          .catch(() => refusals++),
      ms,
    ).unref();
  }
}, 100);

await campaign.command("start");
const from = new Date();
await pauseMs(seconds * 1000);
const to = new Date();
await campaign.command("stop");
await pauseMs((ringTimeoutSeconds + 15) * 1000);
clearInterval(write);

const { rows: spent } = await sql<{ state: string; seconds: number }>`
  select state, sum(extract(epoch from least(coalesce(next, ${to}), ${to}) - greatest(at, ${from})))::float8 as seconds
  from (select state, at, lead(at) over (partition by user_id order by at, id) as next from agent_events) spans
  where at < ${to} and coalesce(next, ${to}) > ${from} group by state`.execute(db);
const secondsIn = (...states: string[]) =>
  spent.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.seconds, 0);
const signedIn = secondsIn("ready", "ringing", "talking", "wrap-up", "paused", "connecting");
const calls = await db.selectFrom("calls").selectAll().where("planned_at", "<", to).execute();
const answered = calls.filter((call) => call.answered_at !== null);
const connected = answered.filter((call) => call.connected_at !== null);
const abandoned = answered.filter((call) => call.abandoned);
const named = new Set(["customer-left", "agent-lost"]);
const unexplained = answered.filter(
  (call) => !call.connected_at && !call.abandoned && !named.has(call.outcome ?? ""),
);
const atOnce = connected.filter((call) => call.connected_at!.getTime() - call.answered_at!.getTime() < 20);
const audio = atOnce.flatMap((call) => call.answer_to_audio_ms ?? []);
const occupancyPct = (100 * secondsIn("talking", "wrap-up")) / signedIn;
const abandonPct = (100 * abandoned.length) / Math.max(1, connected.length + abandoned.length);

const spread = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: percentile(sorted, 0.025), high: percentile(sorted, 0.975) };
};
const occupancy = spread(simulated.map((run) => run.occupancyPct));
const abandons = spread(simulated.map((run) => run.abandonPct));
const answers = spread(simulated.map((run) => run.answers));
printTable([
  {
    of: "occupancy %",
    live: occupancyPct,
    simulated: occupancy.mean,
    "95 % from": occupancy.low,
    to: occupancy.high,
  },
  {
    of: "abandoned %",
    live: abandonPct,
    simulated: abandons.mean,
    "95 % from": abandons.low,
    to: abandons.high,
  },
  {
    of: "answers served or abandoned",
    live: connected.length + abandoned.length,
    simulated: answers.mean,
    "95 % from": answers.low,
    to: answers.high,
  },
]);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const ms = (from: Date | null, until: Date | null) => until!.getTime() - from!.getTime();
printTable([
  {
    seconds: "dial to answer",
    live: mean(answered.map((call) => ms(call.dialled_at, call.answered_at))) / 1000,
    meant: 14,
  },
  {
    seconds: "talk",
    live:
      mean(connected.flatMap((call) => (call.ended_at ? [ms(call.connected_at, call.ended_at)] : []))) / 1000,
    meant: talkSeconds,
  },
  {
    seconds: "wrap-up",
    live:
      mean(connected.flatMap((call) => (call.wrap_ended_at ? [ms(call.ended_at, call.wrap_ended_at)] : []))) /
      1000,
    meant: wrap.mean,
  },
]);
const slice = seconds / 10;
printTable(
  Array.from({ length: 10 }, (_, i) => {
    const inSlice = answered.filter((call) => Math.floor(ms(from, call.answered_at) / 1000 / slice) === i);
    return {
      "from second": i * slice,
      answered: inSlice.length,
      abandoned: inSlice.filter((call) => call.abandoned).length,
    };
  }),
);
const outcomes = new Map<string, number>();
for (const call of calls) outcomes.set(String(call.outcome), (outcomes.get(String(call.outcome)) ?? 0) + 1);
printTable([...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, n]) => ({ outcome, calls: n })));
printTable([
  { what: "most lines at once", n: mostLines },
  { what: "summaries refused", n: refusals },
  { what: "answers with an agent free", n: audio.length },
  { what: "their audio p50, ms", n: percentile(audio, 0.5) },
]);
report("dial-live", {
  occupancyPct,
  abandonPct,
  simOccupancyPct: occupancy.mean,
  simOccupancyLowPct: occupancy.low,
  simOccupancyHighPct: occupancy.high,
  simAbandonPct: abandons.mean,
  simAbandonHighPct: abandons.high,
  unexplained: unexplained.length,
  p99Ms: percentile(audio, 0.99),
});
