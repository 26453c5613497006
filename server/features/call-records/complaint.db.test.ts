import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testHttp } from "../../../test/kit/http.ts";
import { newId } from "../../kernel/ids.ts";
import { callRecordRoutes } from "./routes.ts";

test("a complaint stands on the call and the lead, is counted, and the number is not dialled again unless it is let be", async () => {
  await using http = await testHttp((app, parts) => callRecordRoutes(app, parts));
  const { database, clock } = http;
  const id = newId();
  await sql`with list as (insert into lists (name, country) values ('L', 'CN') returning id),
      lead as (insert into leads (list_id, phone, time_zone) select id, '+8613800138000', 'Asia/Shanghai' from list
        returning id, list_id)
    insert into calls (id, direction, origin, state, outcome, list_id, lead_id, phone, planned_at, dialled_at, ended_at)
    select ${id}, 'outbound', 'ratio', 'closed', 'connected', list_id, id, '+8613800138000', ${new Date(clock.now())},
      ${new Date(clock.now())}, ${new Date(clock.now())} from lead`.execute(database.db);
  const manager = await http.as("manager");
  const path = `/api/v1/calls/${id}`;
  const entries = async () =>
    (
      await sql<{ source: string; reason: string }>`select source, reason from do_not_call`.execute(
        database.db,
      )
    ).rows;
  const stranger = await http.as("agent");
  assert.equal((await stranger.post(`${path}/complaint`, { note: "no" })).status, 404, "another's call");
  const own = newId();
  await sql`insert into calls (id, direction, origin, state, outcome, phone, agent_user_id, planned_at)
    values (${own}, 'outbound', 'manual', 'closed', 'connected', '+8613800138009', ${stranger.userId},
      ${new Date(clock.now())})`.execute(database.db);
  const heard = { note: "heard it myself", doNotCall: "none" };
  assert.equal(
    (await stranger.post(`/api/v1/calls/${own}/complaint`, heard)).status,
    204,
    "of a call of their own",
  );
  assert.equal(
    (await http.as("supervisor").then((s) => s.post(`${path}/complaint`, heard))).status,
    404,
    "of others' people",
  );
  const refused = await manager.post(`${path}/complaint`, { note: "too often", doNotCall: "campaign" });
  assert.equal(refused.body.error.code, "complaint-without-campaign");
  assert.equal(
    (await manager.post(`${path}/complaint`, { note: "too often", doNotCall: "none" })).status,
    204,
  );
  assert.deepEqual(await entries(), []);
  const first = (await manager.get(path)).body;
  assert.equal(first.complainedAt, new Date(clock.now()).toISOString());
  assert.deepEqual(
    first.events.map((event: { type: string; data: unknown }) => [event.type, event.data]),
    [["complaint", { note: "too often", doNotCall: "none" }]],
  );
  clock.advance(60_000);
  assert.equal((await manager.post(`${path}/complaint`, { note: "again" })).status, 204);
  assert.deepEqual(await entries(), [{ source: "complaint", reason: "again" }]);
  assert.equal((await manager.get(path)).body.complainedAt, first.complainedAt, "the first one's time stays");
  assert.equal((await manager.get("/api/v1/calls?counted=complaints")).body.total, 2);
  const told = await sql<{ type: string }>`select type from lead_events order by id`.execute(database.db);
  assert.deepEqual(
    told.rows.map(({ type }) => type),
    ["complained", "complained"],
  );
});
