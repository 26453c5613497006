import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { CallFilter } from "../../../../shared/calls.ts";
import {
  boxFigures,
  type BoxReportRow,
  type FlowBlockRow,
  flowFigures,
  type FlowReportRow,
  queueFigures,
  type QueueInterval,
} from "../../../../shared/inbound-reports.ts";
import { type TestHttp, testHttp } from "../../../../test/kit/http.ts";
import { callConditions } from "../../calls/index.ts";
import { inboundReportRoutes } from "./routes.ts";

const bed = async () => {
  const http = await testHttp(inboundReportRoutes);
  return Object.assign(http, { manager: await http.as("manager") });
};
const nine = "2026-11-20T09:00:00+08:00";
const phone = "+8613800138000";
let count = 0;

/** A call at so many seconds past nine in Shanghai; its id. */
async function call({ database }: TestHttp, change: Record<string, unknown> = {}): Promise<string> {
  const id = `call-${++count}`;
  const row = { id, direction: "inbound", origin: "inbound", state: "closed", phone, ...change };
  await sql`insert into calls (id, direction, origin, state, phone, planned_at, dialled_at, connected_at, ended_at, wrap_ended_at)
    select id, direction, origin, state, phone, coalesce(planned_at, ${nine}::timestamptz), dialled_at, connected_at, ended_at, wrap_ended_at
    from json_populate_record(null::calls, ${JSON.stringify(row)}::json)`.execute(database.db);
  return id;
}
const at = (seconds: number) => new Date(Date.parse(nine) + seconds * 1000).toISOString();

/** How many calls the list of calls shows with this filter. */
async function rowsOf({ database }: TestHttp, filter: Partial<CallFilter>): Promise<number> {
  const where = sql.join(callConditions(filter, "Asia/Shanghai"), sql` and `);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from calls where ${where}`.execute(
    database.db,
  );
  return rows[0]!.n;
}

interface Wait {
  /** Minutes past nine, and seconds of the wait. */
  minute: number;
  waited: number;
  how: string;
  to?: string;
  threshold?: number;
  kept?: string;
}

async function wait(
  http: TestHttp,
  queueId: number,
  { minute, waited, how, to, threshold = 20, kept }: Wait,
) {
  const from = minute * 60;
  const left = from + waited;
  const talk = how === "answered" && {
    connected_at: at(left),
    ended_at: at(left + 60),
    wrap_ended_at: at(left + 70),
  };
  const callId = await call(http, { ...talk, planned_at: at(from) });
  const { db } = http.database;
  await sql`insert into queue_visits (call_id, queue_id, entered_at, since, left_at, how, detail, service_seconds)
    values (${callId}, ${queueId}, ${at(from)}, ${at(from)}, ${at(left)}, ${how}, ${JSON.stringify(to ? { to } : {})}, ${threshold})`.execute(
    db,
  );
  if (kept)
    await sql`insert into kept_places (queue_id, call_id, phone, name, time_zone, priority, since, asked_at, due_at,
        expires_at, state, how, closed_at)
      values (${queueId}, ${callId}, ${callId}, '', 'UTC', 0, ${at(from)}, ${at(left)}, ${at(left)}, ${at(left + 999)},
        ${kept === "open" ? "waiting" : "closed"}, ${kept === "open" ? null : kept}, ${kept === "open" ? null : at(left + 500)})`.execute(
      db,
    );
}

async function queueOf({ database }: TestHttp, name: string): Promise<number> {
  const { rows } = await sql<{
    id: number;
  }>`insert into queues (name, strategy, answer, ring_seconds, priority,
      seniority_seconds, overflow_when_empty, overflow, service_seconds, service_percent, relax)
    values (${name}, 'longest-idle', 'auto', 20, 0, 60, false, '{"type":"hang-up"}', 20, 80, '[]') returning id`.execute(
    database.db,
  );
  return rows[0]!.id;
}

const bands = (row: QueueInterval) =>
  [5, 15, 30, 60, "more"].map((band) => row.counts[`abandoned-${band}` as "lost"]);

test("queues are counted by interval, with the threshold that held then; every figure leads to its rows", async () => {
  await using http = await bed();
  const queueId = await queueOf(http, "line");
  const waits: Wait[] = [
    { minute: 0, waited: 20, how: "answered" },
    { minute: 10, waited: 21, how: "answered" },
    { minute: 20, waited: 4, how: "abandoned" },
    { minute: 21, waited: 14, how: "abandoned" },
    { minute: 22, waited: 16, how: "abandoned" },
    { minute: 23, waited: 45, how: "abandoned" },
    { minute: 24, waited: 61, how: "abandoned" },
    { minute: 25, waited: 5, how: "overflowed", to: "queue" },
    { minute: 25, waited: 5, how: "overflowed", to: "voicemail" },
    { minute: 26, waited: 5, how: "overflowed", to: "number" },
    { minute: 26, waited: 5, how: "overflowed", to: "flow" },
    { minute: 30, waited: 21, how: "answered", threshold: 60 },
    { minute: 31, waited: 9, how: "place-kept", kept: "reached" },
    { minute: 32, waited: 9, how: "place-kept", kept: "open" },
    { minute: 33, waited: 9, how: "place-kept", kept: "expired" },
    { minute: 34, waited: 9, how: "place-kept", kept: "unreached" },
    { minute: 40, waited: 10, how: "turned-away" },
    { minute: 55, waited: 1, how: "lost" },
  ];
  for (const one of waits) await wait(http, queueId, one);
  await wait(http, await queueOf(http, "other"), { minute: 0, waited: 1, how: "answered" });
  const path = "/api/v1/reports/queues?from=2026-11-20&to=2026-11-20";
  const answer = await http.manager.get(`${path}&interval=30&queueId=${queueId}`);
  const [first, second] = answer.body.items as QueueInterval[];
  assert.equal(answer.body.items.length, 2);
  const { counts } = first!;
  assert.deepEqual(
    [
      first!.at,
      counts.offered,
      counts.answered,
      counts["in-time"],
      counts.late,
      counts.abandoned,
      ...bands(first!),
    ],
    ["2026-11-20T01:00:00.000Z", 11, 2, 1, 1, 5, 1, 1, 1, 1, 1],
  );
  assert.deepEqual(
    [counts.overflowed, counts["to-queue"], counts["to-voicemail"], counts["to-number"], counts["to-flow"]],
    [4, 1, 1, 1, 1],
  );
  assert.deepEqual(
    [first!.answeredWaitMs, first!.longestWaitMs, first!.handled, first!.handleMs],
    [41_000, 61_000, 2, 140_000],
  );
  const late = second!.counts;
  assert.deepEqual(
    [
      late.offered,
      late["in-time"],
      late["place-kept"],
      late["called-back"],
      late["place-open"],
      late["place-expired"],
      late["place-lost"],
      late["turned-away"],
      late.lost,
    ],
    [7, 1, 4, 1, 1, 1, 1, 1, 1],
  );
  const day = await http.manager.get(`${path}&interval=1440`);
  const days = day.body.items as QueueInterval[];
  assert.deepEqual(
    days.map(({ name, at: begins, counts: of }) => [name, begins, of.offered]),
    [
      ["line", "2026-11-19T16:00:00.000Z", 18],
      ["other", "2026-11-19T16:00:00.000Z", 1],
    ],
  );
  for (const row of [first!, second!, days[0]!])
    for (const queueFigure of queueFigures)
      assert.equal(
        await rowsOf(http, { queueId, queueFigure, cameFrom: row.at, cameTo: row.until }),
        row.counts[queueFigure],
        `${queueFigure} from ${row.at}`,
      );
  const file = await http.manager.get(
    `/api/v1/reports/queues/export?from=2026-11-20&to=2026-11-20&interval=1440&language=en`,
  );
  assert.match(String(file.body), /2026-11-20 00:00,line,18,/);
  const turned = await http.manager.get("/api/v1/reports/queues?from=2026-11-21&to=2026-11-20&interval=30");
  assert.deepEqual([turned.status, turned.body.error.code], [422, "inbound-report-span"]);
  assert.equal((await (await http.as("agent")).get(`${path}&interval=30`)).status, 403);
});

test("days on which the clock is changed are as long as they are", async () => {
  await using http = await bed();
  const { db } = http.database;
  await sql`insert into settings (key, value) values ('timeZone', '"Europe/Berlin"')
    on conflict (key) do update set value = excluded.value`.execute(db);
  const queueId = await queueOf(http, "line");
  // Midnights of Berlin: 24 October 22:00, 25 October 23:00 and 26 October 23:00 UTC.
  const midnight = (Date.parse("2026-10-24T22:00:00Z") - Date.parse(nine)) / 60_000;
  for (const minute of [-1, 0, 24 * 60, 25 * 60 - 1, 25 * 60])
    await wait(http, queueId, { minute: midnight + minute, waited: 5, how: "answered" });
  const answer = await http.manager.get("/api/v1/reports/queues?from=2026-10-24&to=2026-10-26&interval=1440");
  const items = answer.body.items as QueueInterval[];
  assert.deepEqual(
    items.map(({ at: begins, until, counts, handled }) => [begins, until, counts.offered, handled]),
    [
      ["2026-10-23T22:00:00.000Z", "2026-10-24T22:00:00.000Z", 1, 1],
      ["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", 3, 3],
      ["2026-10-25T23:00:00.000Z", "2026-10-26T23:00:00.000Z", 1, 1],
    ],
  );
});

/** Blocks in order: block, kind, exit. */
async function walk(
  http: TestHttp,
  flow: { id: number; versionId: number },
  start: number,
  blocks: [string, string, string][],
) {
  const callId = await call(http, { planned_at: at(start) });
  for (const [index, [blockId, kind, exit]] of blocks.entries())
    await sql`insert into ivr_visits (call_id, flow_id, version_id, block_id, kind, entered_at, left_at, exit)
      values (${callId}, ${flow.id}, ${flow.versionId}, ${blockId}, ${kind}, ${at(start + index * 10)}, ${at(start + index * 10 + 10)}, ${exit})`.execute(
      http.database.db,
    );
  return callId;
}

test("flows are counted by callers: contained, taken, given up; by block, key and verification, each with its rows", async () => {
  await using http = await bed();
  const { db } = http.database;
  const document = {
    blocks: [
      { id: "main", kind: "menu", title: "Main", keys: [{ key: "1", label: "Orders" }] },
      { id: "proof", kind: "verify", title: "" },
      { id: "line", kind: "queue", title: "" },
      { id: "bye", kind: "hang-up", title: "" },
    ],
  };
  const { rows } = await sql<{
    id: number;
  }>`insert into ivr_flows (name, draft) values ('Service', ${JSON.stringify(document)}) returning id`.execute(
    db,
  );
  const { id } = rows[0]!;
  const made = await sql<{ id: number }>`insert into ivr_versions (flow_id, number, document, published_at)
    values (${id}, 1, ${JSON.stringify(document)}, now()) returning id`.execute(db);
  const flow = { id, versionId: made.rows[0]!.id };
  const fact = (callId: string, ok: boolean, tries: number) =>
    sql`insert into ivr_facts (call_id, flow_id, block_id, what, ok, tries, at) values (${callId}, ${id}, 'proof', 'pin', ${ok}, ${tries}, ${at(0)})`.execute(
      db,
    );
  const main: [string, string, string] = ["main", "menu", "1"];
  const passed = await walk(http, flow, 0, [
    main,
    ["proof", "verify", "verified"],
    ["line", "queue", "taken"],
  ]);
  await fact(passed, false, 1);
  await fact(passed, true, 2);
  const failed = await walk(http, flow, 60, [
    main,
    ["proof", "verify", "failed"],
    ["bye", "hang-up", "done"],
  ]);
  await fact(failed, false, 1);
  await walk(http, flow, 120, [["main", "menu", "left"]]);
  await walk(http, flow, 180, [main, ["line", "queue", "left"]]);
  await walk(http, flow, 240, [main, ["box", "voicemail", "taken"]]);
  await walk(http, flow, 300, [["main", "menu", "time"]]);
  await walk(http, flow, 360, [main, ["end", "return", "next"]]);
  await walk(http, flow, 86_400, [["main", "menu", "left"]]);
  const span = "from=2026-11-20&to=2026-11-21";
  const report = await http.manager.get(`/api/v1/reports/ivr?${span}`);
  const [all, ...days] = report.body.items as FlowReportRow[];
  assert.deepEqual(all!.counts, {
    entered: 8,
    finished: 1,
    "hung-up": 2,
    contained: 3,
    people: 1,
    "gave-up": 1,
    voicemail: 1,
    returned: 1,
    broken: 1,
    verified: 1,
    "not-verified": 1,
  });
  assert.deepEqual(
    [all!.day, ...days.map(({ day, counts }) => [day, counts.entered])],
    [null, ["2026-11-20", 7], ["2026-11-21", 1]],
  );
  // Of the queue nothing is counted: 20, 30, 10, 10, 20, 10, 20 and 10 s.
  assert.equal(all!.meanMs, 130_000 / 8);
  const window = { cameFrom: "2026-11-20T00:00:00+08:00", cameTo: "2026-11-22T00:00:00+08:00" };
  for (const flowFigure of flowFigures)
    assert.equal(
      await rowsOf(http, { flowId: id, flowFigure, ...window }),
      all!.counts[flowFigure],
      flowFigure,
    );
  const { body } = await http.manager.get(`/api/v1/reports/ivr/${id}?${span}`);
  const blocks = body.items as FlowBlockRow[];
  const [menu] = blocks;
  assert.deepEqual([menu!.title, menu!.kind, menu!.visits, menu!.leftHere], ["Main", "menu", 8, 2]);
  assert.deepEqual(menu!.exits[0], { exit: "1", label: "Orders", visits: 5 });
  const proof = blocks.find(({ blockId }) => blockId === "proof")!;
  assert.deepEqual(proof.verification, { callers: 2, verified: 1, tries: 3 });
  assert.equal(await rowsOf(http, { flowId: id, flowBlock: "main", flowExit: "1", ...window }), 5);
  assert.equal(
    await rowsOf(http, { flowId: id, flowBlock: "proof", flowFigure: "not-verified", ...window }),
    1,
  );
});

test("voicemail is counted by box: left, heard and after how long, called back", async () => {
  await using http = await bed();
  const { db } = http.database;
  const { rows } = await sql<{
    id: number;
  }>`insert into voicemail_boxes (name) values ('Service') returning id`.execute(db);
  const boxId = rows[0]!.id;
  const leave = async (from: string, seconds: number, heard: number | null, deleted = false) => {
    const callId = await call(http, { phone: from, planned_at: at(seconds) });
    await sql`insert into voicemail_messages (id, box_id, call_id, phone, name, left_at, heard_at, deleted_at)
      values (${callId}, ${boxId}, ${callId}, ${from}, '', ${at(seconds)}, ${heard === null ? null : at(heard)}, ${deleted ? at(9999) : null})`.execute(
      db,
    );
  };
  await leave(phone, 0, 60);
  await leave("+8613800138001", 0, 180);
  await leave("+8613800138002", 0, null);
  await leave("+8613800138003", 0, null, true);
  await call(http, { direction: "outbound", origin: "manual", planned_at: at(300), dialled_at: at(300) });
  const report = await http.manager.get("/api/v1/reports/voicemail?from=2026-11-20&to=2026-11-20");
  const [row] = report.body.items as BoxReportRow[];
  assert.deepEqual(row, {
    boxId,
    name: "Service",
    counts: { left: 4, heard: 2, unheard: 1, returned: 1 },
    meanUntilHeardMs: 120_000,
    longestUntilHeardMs: 180_000,
  });
  const window = { cameFrom: "2026-11-20T00:00:00+08:00", cameTo: "2026-11-21T00:00:00+08:00" };
  for (const boxFigure of boxFigures)
    assert.equal(await rowsOf(http, { boxId, boxFigure, ...window }), row?.counts[boxFigure], boxFigure);
});
