import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { importShifts } from "./import-shifts.ts";
import { insertPatterns, putException, readPlan } from "./queries.ts";
import { agentDayOf, timeReport } from "./report.ts";

let database: TestDatabase;
const timeZone = "Asia/Shanghai";
const day = "2026-11-20";
const hour = 3_600_000;
const ids: Record<string, number> = {};

before(async () => {
  database = await testDatabase();
  const { rows } = await database.pool.query<{ id: number; login: string }>(
    `with top as (insert into org_units (name) values ('sales') returning id),
       below as (insert into org_units (name, parent_id) select 'north', id from top returning id)
     insert into users (login, name, role, password_hash, org_unit_id)
     select login, login, 'agent', '', below.id from below, unnest(array['ana', 'bo']) login returning id, login`,
  );
  for (const { id, login } of rows) ids[login] = id;
  await database.pool.query(
    `insert into agent_events (user_id, at, state, pause_reason_id, call_id, cause)
     select $1, t::timestamptz, s, case when s = 'paused' then (select id from pause_reasons where code = 'meal') end, null, c
     from (values ('2026-11-19 23:00+08', 'ready', 'leg-up'), ('2026-11-20 01:00+08', 'signed-out', 'sign-out'),
       ('2026-11-20 09:30+08', 'ready', 'leg-up'), ('2026-11-20 12:00+08', 'paused', 'pause'),
       ('2026-11-20 13:00+08', 'talking', 'assign'), ('2026-11-20 17:00+08', 'ready', 'call-gone'),
       ('2026-11-20 18:00+08', 'signed-out', 'sign-out')) e (t, s, c)`,
    [ids["ana"]],
  );
});
after(() => database[Symbol.asyncDispose]());

test("the unit's week, a person's other day, a file: figures of a range, and the rows that they are made of", async () => {
  const { rows } = await database.pool.query<{ id: number }>("select id from org_units where name = 'sales'");
  const sales = { userId: null, orgUnitId: rows[0]!.id };
  const asked = { visible: "all" as const, timeZone, now: Date.parse("2026-11-21T12:00:00Z") };
  const [noon, one] = ["12:00", "13:00"];
  await database.transact(async (tx) => {
    const week = {
      ...sales,
      weekdays: [1, 2, 3, 4, 5],
      breaks: [[noon, one]] as [string, string][],
      validTo: null,
    };
    await insertPatterns(tx, { ...week, starts: "08:00", ends: "17:00", validFrom: "2026-01-01" });
    await insertPatterns(tx, { ...week, starts: "09:00", ends: "18:00", validFrom: "2026-11-01" });
    await putException(tx, {
      userId: ids["bo"]!,
      orgUnitId: null,
      day,
      starts: null,
      ends: null,
      breaks: [],
      note: "leave",
    });
  });
  assert.deepEqual(
    (await readPlan(database.db)).patterns
      .filter(({ weekday }) => weekday === 5)
      .map((row) => [row.starts, row.validTo]),
    [
      ["08:00", "2026-10-31"],
      ["09:00", null],
    ],
  );
  const [ana, bo] = await timeReport(database.db, { from: day, to: day, orgUnitId: sales.orgUnitId }, asked);
  const { figures } = ana!;
  assert.deepEqual(
    [figures.plannedMs, figures.inPlanMs, figures.workedMs, figures.lateMs, figures.absentDays].map(
      (n) => n / hour,
    ),
    [9, 8.5, 8.5, 0.5, 0],
  );
  assert.deepEqual([bo!.figures.plannedMs, bo!.figures.absentDays], [0, 0], "on leave");
  const whole = (await agentDayOf(database.db, { userId: ids["ana"]!, day }, asked))!;
  assert.deepEqual(
    whole.spans.map(({ state, from, cause }) => [state, from.slice(0, 16), cause]),
    [
      ["ready", "2026-11-19T16:00", "leg-up"],
      ["ready", "2026-11-20T01:30", "leg-up"],
      ["paused", "2026-11-20T04:00", "pause"],
      ["talking", "2026-11-20T05:00", "assign"],
      ["ready", "2026-11-20T09:00", "call-gone"],
    ],
  );
  assert.deepEqual(whole.figures, figures, "the day's page and the report say the same");
  assert.equal(
    await agentDayOf(database.db, { userId: ids["ana"]!, day }, { ...asked, visible: [ids["bo"]!] }),
    undefined,
  );

  const header = "login,day,start,end,breaks,note\n";
  const read = (csv: string) => database.transact((tx) => importShifts(tx, header + csv, "all"));
  assert.deepEqual(
    (await read(`bo,${day},25:00,18:00,,\nnobody,${day},,,,\nbo,20.11.,,,,\nbo,${day},,,x,\n`)).problems,
    [
      { line: 2, problem: "bad-time" },
      { line: 3, problem: "unknown-login" },
      { line: 4, problem: "bad-day" },
      { line: 5, problem: "bad-breaks" },
    ],
  );
  assert.deepEqual(await read(`Bo,${day},13:00,21:00,17:00-17:30,late shift\n`), { rows: 1, problems: [] });
  const [, later] = await timeReport(database.db, { from: day, to: day }, asked);
  assert.deepEqual([later!.figures.plannedMs / hour, later!.figures.absentDays], [8, 1]);
});
