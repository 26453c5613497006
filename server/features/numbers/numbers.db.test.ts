import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { queueInput } from "../../../shared/queues.ts";
import { weekOf, workdays } from "../../../shared/week.ts";
import { type NumberTarget, routeWhen } from "../../../shared/numbers.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { block, flow } from "../../../test/kit/ivr-flows.ts";
import { calendarRoutes, createCalendars } from "../calendars/index.ts";
import { createNumbers } from "./numbers.ts";
import { directNumbers, saveDirectNumber, whoseNumber } from "./queries.ts";
import { numberRoutes } from "./routes.ts";
import { routeTestRoutes } from "./routes-test.ts";

type Named = Exclude<NumberTarget["type"], "number" | "refuse">;
const to = (type: Named, id: number): NumberTarget => ({ type, id });
const callerOf = "+8613900001111";

const at = (day: string, hour: string) => ({ at: `2026-${day}T${hour}:30:00+08:00` });
const rule = (name: string, when: object, target: NumberTarget) => ({
  name,
  when: routeWhen.parse(when),
  target,
});
/** A Wednesday, 10:30 in Shanghai. */
const wednesday = Date.UTC(2026, 10, 18, 2, 30);

/** An office whose numbers are asked where they lead. */
async function office() {
  const stack = new AsyncDisposableStack();
  const http = stack.use(
    await testHttp((app, parts) => {
      const calendars = stack.use(createCalendars(parts));
      const numbers = stack.use(createNumbers({ ...parts, calendars }));
      numberRoutes(app, parts);
      routeTestRoutes(app, { ...parts, numbers });
      calendarRoutes(app, parts);
    }),
  );
  const manager = await http.as("manager");
  return {
    http,
    manager,
    put: (items: unknown[]) => manager.put("/api/v1/inbound-routes", { items }),
    /** Where a caller is led, and by which rule. */
    async ask(called: string, question: object = {}) {
      const { body } = await manager.post("/api/v1/inbound-routes/test", {
        called,
        from: callerOf,
        at: new Date(wednesday).toISOString(),
        ...question,
      });
      return body;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test("the closest route leads: a number of this trunk, the number anywhere, the trunk; to queues, flows and people", async () => {
  await using bed = await office();
  const { http, put } = bed;
  const { db } = http.database;
  const person = await http.as("agent");
  const { rows } = await sql<{ one: number; two: number; queue: number; flow: number; user: number }>`
    with t as (insert into trunks (name, host, country)
        values ('one', '127.0.0.1', 'CN'), ('two', '127.0.0.1', 'CN') returning id),
      f as (insert into ivr_flows (name, draft) values
        ('Service', ${JSON.stringify(flow(block("hang-up", "bye", {})))}::jsonb) returning id),
      q as (insert into queues (name, strategy, answer, ring_seconds, priority, seniority_seconds,
          overflow_when_empty, overflow, service_seconds, service_percent, relax)
        values ('Line', 'longest-idle', 'auto', 20, 0, 60, false, ${JSON.stringify(queueInput.parse({ name: "x" }).overflow)}::jsonb, 20, 80, '[]') returning id)
    select (select min(id) from t) as one, (select max(id) from t) as two, q.id as queue, f.id as flow,
      ${person.userId}::int as user from q, f`.execute(db);
  const { one, two, ...ids } = rows[0]!;
  const phone = "+8675512340001";
  const items = [
    { phone: null, trunkId: one, rules: [], target: to("voicemail", ids.user) },
    { phone, trunkId: null, rules: [], target: to("queue", ids.queue) },
    { phone, trunkId: one, rules: [], target: to("flow", ids.flow) },
  ];
  const twice = await put([...items, items[0]]);
  assert.deepEqual([twice.status, twice.body.error.code], [422, "inbound-route-repeated"]);
  for (const type of ["queue", "flow", "agent", "voicemail"] as const) {
    const gone = await put([{ phone, trunkId: null, target: to(type, 4711) }]);
    assert.deepEqual([gone.status, gone.body.error.code], [422, "inbound-target-unknown"], type);
  }
  assert.deepEqual((await put(items)).body, { items });
  const leads = async (dialled: string, trunkId: number) => (await bed.ask(dialled, { trunkId })).target;
  assert.deepEqual(
    [
      await leads(phone, one),
      await leads(phone, two),
      await leads("+8675599999999", one),
      await leads("+8675599999999", two),
    ],
    [items[2]!.target, items[1]!.target, items[0]!.target, null],
  );

  const direct = (number: string | null) =>
    http.database.transact((tx) => saveDirectNumber(tx, ids.user, number));
  assert.equal(await whoseNumber(db, phone, ids.user), "Line");
  await direct("+8675512340002");
  assert.equal(await whoseNumber(db, "+8675512340002", ids.user), undefined);
  await direct("+8675512340003");
  assert.deepEqual(
    (await directNumbers(db, ids.user)).map(({ directNumber }) => directNumber),
    ["+8675512340003"],
  );
  assert.deepEqual(await leads("+8675512340003", two), to("agent", ids.user));
  await sql`update users set active = false where id = ${ids.user}`.execute(db);
  assert.deepEqual([await leads("+8675512340003", two), await leads("+8675599999999", one)], [null, null]);
  await direct(null);
  assert.deepEqual(await directNumbers(db), []);
});

test("rules lead by who calls and when, the first that fits, with the reason; a holiday closes, and a calendar in use stays", async () => {
  await using bed = await office();
  const { http, manager } = bed;
  const { rows } = await sql<{ person: number; box: number; customer: number; list: number }>`
    with c as (insert into customers (name, vip, fields) values ('王小明', 5, '{"level":"Gold"}') returning id),
      p as (insert into customer_phones (phone, customer_id) select ${callerOf}, id from c),
      b as (insert into voicemail_boxes (name) values ('box') returning id),
      l as (insert into lists (name, country) values ('complaints', 'CN') returning id),
      d as (insert into leads (list_id, phone, name, time_zone) select id, '+8613900002222', 'x', 'Asia/Shanghai' from l)
    select (select min(id) from users where active) as person, (select id from b) as box, (select id from c) as customer,
      (select id from l) as list`.execute(http.database.db);
  const { person, box, list } = rows[0]!;
  const holidays = await manager.post("/api/v1/calendars", {
    name: "2026",
    days: [
      { from: "2026-10-01", to: "2026-10-07", name: "国庆节", kind: "off" },
      { from: "2026-10-10", to: "2026-10-10", name: "补班", kind: "work" },
    ],
  });
  assert.equal(holidays.status, 201);
  const hours = weekOf(workdays, ["09:00", "18:00"]);
  const calendarId = holidays.body.id;
  const phone = "+8675512340001";
  const items = [
    {
      phone,
      trunkId: null,
      rules: [
        rule("withheld", { anonymous: true }, { type: "refuse" }),
        rule("holiday", { time: { type: "day-off", calendarId } }, to("box", box)),
        rule(
          "closed",
          { time: { type: "closed", hours, calendarId } },
          { type: "number", phone: "+8613800138000" },
        ),
        rule("nuisance", { callers: ["+8613911112222", "+1212*"] }, { type: "refuse" }),
        rule("gold", { vip: 5, field: { key: "level", is: "gold" }, customer: true }, to("agent", person)),
        rule("complaints", { listIds: [list] }, to("voicemail", person)),
        rule("Guangdong", { regions: ["CN-GD"] }, to("box", box)),
      ],
      target: to("voicemail", person),
    },
  ];
  assert.deepEqual((await bed.put(items)).body, { items });
  const fires = async (question: object) => {
    const { looked, target } = await bed.ask(phone, question);
    return [looked.at(-1).rule, target?.type];
  };
  assert.deepEqual(
    [
      await fires({ from: null }),
      await fires(at("10-03", "10")),
      await fires(at("10-10", "10")),
      await fires(at("10-10", "20")),
      await fires(at("10-17", "10")),
      await fires({ from: "+1 212 555 0100" }),
      await fires({}),
      await fires({ from: "13900002222" }),
      await fires({ from: "020-83887000" }),
      await fires({ from: "+8613900003333" }),
    ],
    [
      ["withheld", "refuse"],
      ["holiday", "box"],
      ["gold", "agent"],
      ["closed", "number"],
      ["closed", "number"],
      ["nuisance", "refuse"],
      ["gold", "agent"],
      ["complaints", "voicemail"],
      ["Guangdong", "box"],
      [null, "voicemail"],
    ],
  );
  const told = await bed.ask(phone);
  assert.deepEqual(
    [
      told.caller,
      told.looked.at(-1).conditions.map((one: { condition: string }) => one.condition),
      told.looked.length,
    ],
    [{ phone: callerOf, name: "王小明", vip: 5, region: null }, ["customer", "vip", "field"], 5],
  );
  const kept = await manager.send("DELETE", `/api/v1/calendars/${calendarId}`);
  assert.deepEqual([kept.status, kept.body.error.code], [409, "in-use"]);
  const nowhere = { phone, trunkId: null, rules: [items[0]!.rules[0]], target: null };
  assert.equal((await bed.put([nowhere])).status, 200);
  assert.equal((await bed.ask(phone)).target, null);
  assert.equal((await manager.send("DELETE", `/api/v1/calendars/${calendarId}`)).status, 204);
  const unknown = await bed.put([
    { ...nowhere, rules: [rule("gone", { time: { type: "day-off", calendarId } }, { type: "refuse" })] },
  ]);
  assert.deepEqual([unknown.status, unknown.body.error.code], [422, "inbound-target-unknown"]);
  assert.equal((await bed.put([{ phone, trunkId: null, rules: [], target: null }])).status, 400);
});
