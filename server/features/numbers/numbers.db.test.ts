import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { queueInput } from "../../../shared/queues.ts";
import type { NumberTarget } from "../../../shared/numbers.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { block, flow } from "../../../test/kit/ivr-flows.ts";
import { directNumbers, saveDirectNumber, targetOfNumber, whoseNumber } from "./queries.ts";
import { numberRoutes } from "./routes.ts";

const to = (type: NumberTarget["type"], id: number): NumberTarget => ({ type, id });

test("the closest route leads: a number of this trunk, the number anywhere, the trunk; to queues, flows and people", async () => {
  await using http = await testHttp((app, parts) => numberRoutes(app, parts));
  const manager = await http.as("manager");
  const { db } = http.database;
  const { rows } = await sql<{ one: number; two: number; queue: number; flow: number; user: number }>`
    with t as (insert into trunks (name, host, country)
        values ('one', '127.0.0.1', 'CN'), ('two', '127.0.0.1', 'CN') returning id),
      f as (insert into ivr_flows (name, draft) values
        ('Service', ${JSON.stringify(flow(block("hang-up", "bye", {})))}::jsonb) returning id),
      q as (insert into queues (name, strategy, answer, ring_seconds, priority, seniority_seconds,
          overflow_when_empty, overflow, service_seconds, service_percent, relax)
        values ('Line', 'longest-idle', 'auto', 20, 0, 60, false, ${JSON.stringify(queueInput.parse({ name: "x" }).overflow)}::jsonb, 20, 80, '[]') returning id)
    select (select min(id) from t) as one, (select max(id) from t) as two, q.id as queue, f.id as flow,
      (select min(id) from users where active) as user from q, f`.execute(db);
  const { one, two, ...ids } = rows[0]!;
  const phone = "+8675512340001";
  const items = [
    { phone: null, trunkId: one, target: to("voicemail", ids.user) },
    { phone, trunkId: null, target: to("queue", ids.queue) },
    { phone, trunkId: one, target: to("flow", ids.flow) },
  ];
  const put = (all: unknown[]) => manager.put("/api/v1/inbound-routes", { items: all });
  const twice = await put([...items, items[0]]);
  assert.deepEqual([twice.status, twice.body.error.code], [422, "inbound-route-repeated"]);
  for (const type of ["queue", "flow", "agent", "voicemail"] as const) {
    const gone = await put([{ phone, trunkId: null, target: to(type, 4711) }]);
    assert.deepEqual([gone.status, gone.body.error.code], [422, "inbound-target-unknown"], type);
  }
  assert.deepEqual((await put(items)).body, { items });
  const leads = (dialled: string, trunkId: number) => targetOfNumber(db, { phone: dialled, trunkId });
  assert.deepEqual(
    [
      await leads(phone, one),
      await leads(phone, two),
      await leads("+86999", one),
      await leads("+86999", two),
    ],
    [items[2]!.target, items[1]!.target, items[0]!.target, undefined],
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
  assert.deepEqual([await leads("+8675512340003", two), await leads("+86999", one)], [undefined, undefined]);
  await direct(null);
  assert.deepEqual(await directNumbers(db), []);
});
