import assert from "node:assert/strict";
import { test } from "node:test";
import ExcelJS from "exceljs";
import { sql } from "kysely";
import { type CallFilter, callFilter, type Counted } from "../../../shared/calls.ts";
import { kpiNames, kpiOf } from "../../../shared/kpis.ts";
import type { AnswerTimes, Report } from "../../../shared/reports.ts";
import { type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { manualClock } from "../../kernel/clock.ts";
import { callConditions } from "../calls/index.ts";
import { reportRoutes } from "./routes.ts";

const zone = "Asia/Shanghai";

interface Given {
  id: string;
  /** UTC; Shanghai is eight hours ahead. */
  at: string;
  campaign?: "A" | "B";
  list?: "L1";
  agent?: boolean;
  dialled?: boolean;
  answered?: boolean;
  /** Seconds of talk; absent: never connected. */
  talk?: number;
  wrap?: number;
  abandoned?: boolean;
  outcome: string | null;
  disposition?: "sold" | "price";
  direction?: "inbound";
  phone?: string;
  name?: string;
}

/** Counted by hand in the assertions below. 2026-03-02 is a Monday. */
const calls: Given[] = [
  {
    id: "1",
    at: "2026-03-01T16:30:00Z", // Monday 00:30 in Shanghai
    campaign: "A",
    list: "L1",
    agent: true,
    dialled: true,
    answered: true,
    talk: 60,
    wrap: 10,
    outcome: "connected",
    disposition: "sold",
    name: "=cmd|' /C calc'!A0",
  },
  {
    id: "2",
    at: "2026-03-02T01:00:00Z",
    campaign: "A",
    agent: true,
    dialled: true,
    answered: true,
    talk: 30,
    outcome: "connected",
    disposition: "price",
  },
  {
    id: "3",
    at: "2026-03-02T01:59:59Z",
    campaign: "A",
    list: "L1",
    dialled: true,
    answered: true,
    abandoned: true,
    outcome: "abandoned",
  },
  { id: "4", at: "2026-03-02T02:00:00Z", campaign: "B", dialled: true, outcome: "busy" },
  { id: "5", at: "2026-03-02T15:59:59Z", campaign: "A", outcome: "refused" },
  { id: "6", at: "2026-03-02T16:00:00Z", campaign: "A", dialled: true, outcome: null }, // Tuesday 00:00
  { id: "7", at: "2026-03-03T16:00:00Z", campaign: "A", dialled: true, outcome: "busy" }, // Wednesday
  {
    id: "8",
    at: "2026-03-02T03:00:00Z",
    direction: "inbound",
    agent: true,
    answered: true,
    talk: 5,
    outcome: "connected",
  },
];

async function seed({ database }: TestHttp, agentId: number) {
  const one = async (text: string, values: unknown[]) =>
    (await database.pool.query<{ id: number }>(text, values)).rows[0]!.id;
  const insertCampaign = `insert into campaigns (name, mode, hours, attempts, retries) values ($1, 'ratio', '{}', '{}', '{}') returning id`;
  const insertDisposition = `insert into dispositions (campaign_id, parent_id, label, success) values ($1, $2, $3, $4) returning id`;
  const campaigns = { A: await one(insertCampaign, ["A"]), B: await one(insertCampaign, ["B"]) };
  const list = await one("insert into lists (name, country) values ('L1', 'CN') returning id", []);
  const root = await one(insertDisposition, [campaigns.A, null, "interested", true]);
  const dispositions = {
    sold: await one(insertDisposition, [campaigns.A, root, "sold", true]),
    price: await one(insertDisposition, [campaigns.A, null, "price", false]),
  };
  for (const call of calls) {
    const at = new Date(call.at);
    const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
    const connected = call.talk === undefined ? null : later(20);
    const ended = later(20 + (call.talk ?? 0));
    await database.pool.query(
      `insert into calls (id, direction, origin, state, outcome, campaign_id, list_id, agent_user_id, name, phone,
         planned_at, dialled_at, answered_at, connected_at, ended_at, wrap_ended_at, disposition_id, abandoned)
       values ($1, $2, 'ratio', 'closed', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        call.id,
        call.direction ?? "outbound",
        call.outcome,
        call.campaign ? campaigns[call.campaign] : null,
        call.list ? list : null,
        call.agent ? agentId : null,
        call.name ?? "Wang",
        "+8613800138000",
        at,
        call.dialled ? later(1) : null,
        call.answered ? later(15) : null,
        connected,
        call.outcome ? ended : null,
        call.wrap === undefined ? null : new Date(ended.getTime() + call.wrap * 1000),
        call.disposition ? dispositions[call.disposition] : null,
        call.abandoned ?? false,
      ],
    );
  }
  // Everybody is at home in Urumqi, two hours behind Shanghai.
  await database.pool.query(`update calls set phone_kind = case id when '2' then 'work' else 'mobile' end,
    local_slot = (extract(isodow from planned_at at time zone 'Asia/Urumqi') - 1) * 24
      + extract(hour from planned_at at time zone 'Asia/Urumqi')`);
  // Of the list's four leads one was tried, twice. The price was told to the person sought, who complained.
  await database.pool.query(
    `with made as (insert into leads (list_id, phone, time_zone)
       select $1, '+861390000000' || n, 'Asia/Urumqi' from generate_series(1, 4) n returning id)
     update calls set lead_id = (select min(id) from made) where list_id = $1`,
    [list],
  );
  await database.pool.query("update dispositions set right_party = true where label in ('sold', 'price')");
  await database.pool.query("update calls set complained_at = ended_at where id = '2'");
  await database.pool.query("update calls set answer_to_audio_ms = 1500 where id = '1'");
  // Monday from 8:55, with one call of each campaign.
  for (const [at, state, callId] of [
    ["00:55:00", "ready", null],
    ["01:00:20", "talking", "2"],
    ["01:00:50", "wrap-up", "2"],
    ["01:01:20", "ready", null],
    ["01:10:00", "talking", "4"],
    ["01:11:00", "paused", null],
  ])
    await database.pool.query(
      "insert into agent_events (user_id, at, state, call_id, cause) values ($1, $2, $3, $4, 'test')",
      [agentId, `2026-03-02T${at}Z`, state, callId],
    );
  return { campaigns, list, dispositions };
}

const figures = (attempts: number, rest: Partial<Report["totals"]> = {}) => ({
  attempts,
  dialled: 0,
  answered: 0,
  connected: 0,
  abandoned: 0,
  success: 0,
  live: 0,
  inTime: 0,
  rightParty: 0,
  pacedLive: 0,
  pacedAbandoned: 0,
  complaints: 0,
  talkMs: 0,
  wrapMs: 0,
  busyMs: null,
  idleMs: null,
  leadsTried: null,
  leads: null,
  ...rest,
});

async function prepared() {
  const http = await testHttp((app, parts) => reportRoutes(app, parts), manualClock(Date.UTC(2026, 2, 5)));
  const manager = await http.as("manager");
  return { http, manager, ids: await seed(http, manager.userId) };
}

test("a report's figures are those counted by hand, on the company's clock", async () => {
  const { http, manager, ids } = await prepared();
  await using _ = http;
  const path = `/api/v1/reports/calls?from=2026-03-02&to=2026-03-03&campaignId=${ids.campaigns.A}`;
  const { status, body } = await manager.get(path);
  assert.equal(status, 200, JSON.stringify(body));
  const report = body as Report;
  const monday = {
    dialled: 3,
    answered: 3,
    live: 3,
    connected: 2,
    inTime: 1,
    rightParty: 2,
    success: 1,
    abandoned: 1,
    pacedLive: 3,
    pacedAbandoned: 1,
    complaints: 1,
  };
  const talk = { talkMs: 90_000, wrapMs: 10_000, busyMs: 60_000, idleMs: 840_000 };
  assert.equal(report.timeZone, zone);
  assert.deepEqual(report.totals, figures(5, { ...monday, ...talk, dialled: 4, leadsTried: 1, leads: 4 }));
  assert.deepEqual(report.days, [
    { day: "2026-03-02", ...figures(4, { ...monday, ...talk }) },
    { day: "2026-03-03", ...figures(1, { dialled: 1 }) },
  ]);
  assert.deepEqual(
    report.hours.map((row) => [row.hour, row.attempts]),
    [
      [0, 2],
      [9, 2],
      [23, 1],
    ],
  );
  assert.deepEqual(
    report.lists.map((row) => [row.id, row.name, row.attempts]),
    [
      [0, "", 3],
      [ids.list, "L1", 2],
    ],
  );
  assert.deepEqual(
    report.agents.map((row) => [row.id, row.attempts, row.connected]),
    [
      [0, 3, 0],
      [manager.userId, 2, 2],
    ],
  );
  const sold = report.dispositions.find((row) => row.id === ids.dispositions.sold);
  assert.deepEqual(
    [sold?.path, sold?.campaign, sold?.isSuccess, sold?.success],
    [["interested", "sold"], "A", true, 1],
  );
  assert.deepEqual(Object.fromEntries(report.outcomes.map((row) => [row.outcome, row.attempts])), {
    connected: 2,
    abandoned: 1,
    refused: 1,
    null: 1,
  });
  const all = await manager.get("/api/v1/reports/calls?from=2026-03-02&to=2026-03-02");
  assert.deepEqual([all.body.totals.attempts, all.body.campaigns.length], [5, 2], "no inbound call counts");
});

test("each figure equals the rows that its filter opens", async () => {
  const { http, manager } = await prepared();
  await using _ = http;
  const { body } = await manager.get("/api/v1/reports/calls?from=2026-03-02&to=2026-03-03");
  const report = body as Report;
  const range = { from: "2026-03-01T16:00:00.000Z", to: "2026-03-03T16:00:00.000Z", direction: "outbound" };
  const rows = async (filter: Partial<CallFilter>) => {
    const conditions = callConditions(callFilter.partial().parse({ ...range, ...filter }), zone);
    const found = await sql<{ n: number }>`
      select count(*) as n from calls where ${sql.join(conditions, sql` and `)}`.execute(http.database.db);
    return found.rows[0]!.n;
  };
  const counts = {
    attempts: "attempts",
    dialled: "dialled",
    answered: "answered",
    connected: "connected",
    abandoned: "abandoned",
    live: "live",
    inTime: "in-time",
    rightParty: "right-party",
    success: "success",
    pacedLive: "paced-live",
    pacedAbandoned: "paced-abandoned",
    complaints: "complaints",
  } as const;
  const groups: [Report["totals"], Partial<CallFilter>][] = [
    [report.totals, {}],
    ...report.hours.map((row): [typeof row, Partial<CallFilter>] => [row, { hour: row.hour }]),
    ...report.campaigns.map((row): [typeof row, Partial<CallFilter>] => [row, { campaignId: row.id }]),
    ...report.lists.map((row): [typeof row, Partial<CallFilter>] => [row, { listId: row.id }]),
    ...report.agents.map((row): [typeof row, Partial<CallFilter>] => [row, { agentId: row.id }]),
    ...report.dispositions.map((row): [typeof row, Partial<CallFilter>] => [row, { dispositionId: row.id }]),
  ];
  for (const [row, filter] of groups)
    for (const [figure, counted] of Object.entries(counts) as [keyof typeof counts, Counted][])
      assert.equal(
        row[figure],
        await rows({ ...filter, counted }),
        `${counted} of ${JSON.stringify(filter)}`,
      );
});

const law = (found: Report) => found.abandonment.campaigns.map(({ name, us, ofcom }) => [name, us, ofcom]);

test("what is made of two figures is as defined: of the whole, of a list, an agent, an hour, and by each rule", async () => {
  const { http, manager, ids } = await prepared();
  await using _ = http;
  const read = async (rest = "", to = "2026-03-02") =>
    (await manager.get(`/api/v1/reports/calls?from=2026-03-02&to=${to}${rest}`)).body as Report;
  const report = await read(`&campaignId=${ids.campaigns.A}`);
  assert.deepEqual(Object.fromEntries(kpiNames.map((name) => [name, kpiOf(name, report.totals)])), {
    connectRate: 2 / 3,
    rightPartyRate: 1,
    conversion: 1 / 2,
    abandonRate: 1 / 3,
    serviceLevel: 1 / 3,
    occupancy: 60 / 900,
    handleTime: 50_000,
    attemptsPerConnect: 1.5,
    penetration: 1 / 4,
  });
  assert.equal(
    kpiOf(
      "penetration",
      report.lists.find((row) => row.id === ids.list)!,
    ),
    1 / 4,
  );
  assert.equal(kpiOf("occupancy", report.lists[0]!), null, "time belongs to no list");
  assert.equal(
    kpiOf(
      "occupancy",
      report.agents.find((row) => row.id === manager.userId)!,
    ),
    60 / 900,
  );
  assert.deepEqual(
    report.hours.map((row) => [row.hour, row.busyMs, row.idleMs]),
    [
      [0, null, null],
      [9, 60_000, 520_000],
      [23, null, null],
    ],
  );
  assert.equal((await read()).totals.busyMs, 120_000, "every campaign's calls");
  assert.deepEqual(law(report), [
    ["A", { answers: 3, abandoned: 1 }, { answers: 3, abandoned: 1, estimated: 0 }],
  ]);
  // The last 24 hours of a longer range had no answer; the thirty days still hold Monday.
  assert.deepEqual(law(await read("", "2026-03-03")), [
    ["A", { answers: 3, abandoned: 1 }, { answers: 0, abandoned: 0, estimated: 0 }],
  ]);
});

test("when people answer is told on their own clock, by kind of number, and each hour equals the rows it opens", async () => {
  const { http, manager, ids } = await prepared();
  await using _ = http;
  const path = "/api/v1/reports/answer-times?from=2026-03-02&to=2026-03-03";
  const cells = async (rest = "") => (await manager.get(path + rest)).body.cells as AnswerTimes["cells"];
  // Sunday 22:30, Monday 7:00, 7:59, 8:00 and 22:00 there; what was refused was never placed.
  assert.deepEqual(await cells(), [
    { slot: 7, dialled: 2, answered: 2, connected: 1 },
    { slot: 8, dialled: 1, answered: 0, connected: 0 },
    { slot: 22, dialled: 1, answered: 0, connected: 0 },
    { slot: 166, dialled: 1, answered: 1, connected: 1 },
  ]);
  assert.deepEqual(await cells("&phoneKind=work"), [{ slot: 7, dialled: 1, answered: 1, connected: 1 }]);
  assert.deepEqual(
    (await cells(`&listId=${ids.list}`)).map(({ slot }) => slot),
    [7, 166],
  );
  const supervisor = await http.as("supervisor");
  assert.deepEqual((await supervisor.get(path)).body.cells, [], "none of their own people's");
});

test("given a person of narrower scope, only own agents' calls count, and exports are refused", async () => {
  const { http } = await prepared();
  await using _ = http;
  const supervisor = await http.as("supervisor");
  const path = "/api/v1/reports/calls?from=2026-03-02&to=2026-03-03";
  assert.equal((await supervisor.get(path)).body.totals.attempts, 0);
  assert.equal((await supervisor.get(path.replace("calls?", "calls/export?"))).status, 403);
  const agent = await http.as("agent");
  assert.equal((await agent.get(path)).status, 403);
  const backwards = await supervisor.get("/api/v1/reports/calls?from=2026-03-03&to=2026-03-02");
  assert.deepEqual([backwards.status, backwards.body.error.code], [400, "invalid-request"]);
});

test("exports hold the same figures and rows, and no cell runs as a formula", async () => {
  const { http, manager } = await prepared();
  await using _ = http;
  const path = "/api/v1/reports/calls/export?from=2026-03-02&to=2026-03-03&language=en";
  const table = await manager.get(path);
  assert.match(String(table.headers["content-disposition"]), /report-2026-03-02-2026-03-03\.csv/);
  assert.deepEqual(String(table.body).split("\r\n").slice(1, 3), [
    "2026-03-02,5,4,3,2,1,1,90,10,0.5,3,1,2,1,1,0.5,0.3333,0.3333,0.125,50,2,",
    "2026-03-03,1,1,0,0,0,0,0,0,0,0,0,0,0,,,,,,,,",
  ]);
  const rows = String((await manager.get("/api/v1/calls/export?language=en")).body).split("\r\n");
  assert.equal(rows.length, 1 + calls.length + 1);
  assert.match(rows[0]!, /^\uFEFFCall,Time,/);
  const first = rows.find((row) => row.startsWith("1,"));
  assert.match(first!, /^1,2026-03-02 00:30:00,outbound,Ratio,A,L1,'=cmd\|' \/C calc'!A0,'\+8613800138000,/);
  const response = await http.http.app.inject({
    url: `${path}&format=xlsx&table=agents`,
    headers: manager.headers,
  });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(response.rawPayload.buffer as ArrayBuffer);
  assert.equal(workbook.worksheets.length, 9);
  const sheet = workbook.worksheets[0]!;
  assert.equal(sheet.name, "Agent");
  assert.deepEqual((sheet.getRow(2).values as unknown[]).slice(1, 3), ["None", 4]);
});
