import "../../calls/index.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { ReplayState } from "../../../../shared/replay.ts";
import { testHttp } from "../../../../test/kit/http.ts";
import { until } from "../../../../test/kit/until.ts";
import { silentLog } from "../../../kernel/log.ts";
import { readDay } from "./queries.ts";
import { replayRoutes } from "./routes.ts";

const settings = {
  mode: "progressive",
  ratio: 1,
  abandonCeiling: 0.03,
  ringTimeoutMs: 30_000,
  abandonAfterMs: 2_000,
  cancelAfterMs: null,
  agentsPercent: 100,
};

test("a day is read from its calls and agents' times, and played in a thread until its result is there", async () => {
  await using stack = new AsyncDisposableStack();
  const http = stack.use(
    await testHttp((app, parts) => void stack.use(replayRoutes(app, { ...parts, log: silentLog }))),
  );
  const { db } = http.database;
  const manager = await http.as("manager");
  const { rows } = await sql<{ id: number }>`insert into campaigns (name, mode, hours, attempts, retries)
    values ('spring', 'progressive', '{}', '{}', '{}'), ('other', 'progressive', '{}', '{}', '{}') returning id`.execute(
    db,
  );
  const [campaign, other] = rows.map((row) => row.id);
  const user = manager.userId;
  const nine = "2026-01-05T01:00:00Z"; // 09:00 in Shanghai
  // One agent, two hours: each 100 s a call that rings out after 30 s, then one that talks 50 s and is written up in 10.
  await sql`insert into calls (id, direction, origin, state, phone, campaign_id, agent_user_id, planned_at, dialled_at,
      answered_at, connected_at, ended_at, wrap_ended_at, outcome)
    select 'o' || n, 'outbound', 'progressive', 'closed', '+8613900000000', ${campaign}::integer, null::integer, at, at,
      null::timestamptz, null::timestamptz, at + interval '32 s', null::timestamptz, 'no-answer'
    from generate_series(0, 71) n, lateral (select ${nine}::timestamptz + n * interval '100 s' as at) a
    union all
    select 't' || n, 'outbound', 'progressive', 'closed', '+8613900000001', ${campaign}, ${user}, at, at,
      at + interval '8 s', at + interval '8 s', at + interval '58 s', at + interval '68 s', 'connected'
    from generate_series(0, 71) n, lateral (select ${nine}::timestamptz + n * interval '100 s' + interval '32 s' as at) a
    union all
    select 'x', 'outbound', 'progressive', 'closed', '+8613900000002', ${other}, ${user}, ${nine}::timestamptz, ${nine},
      null, null, ${nine}, null, 'busy'`.execute(db);
  await sql`insert into agent_events (user_id, at, state, call_id, cause) values
    (${user}, ${nine}::timestamptz - interval '10 min', 'connecting', null, 'signed-in'),
    (${user}, ${nine}::timestamptz - interval '9 min', 'ready', null, 'up'),
    (${user}, ${nine}::timestamptz + interval '60 min', 'talking', 'x', 'other campaign'),
    (${user}, ${nine}::timestamptz + interval '66 min', 'paused', null, 'lunch'),
    (${user}, ${nine}::timestamptz + interval '72 min', 'ready', null, 'back')`.execute(db);

  const of = { campaignId: campaign!, timeZone: "Asia/Shanghai" };
  assert.equal(await readDay(db, { ...of, day: "2026-01-04" }), undefined);
  const day = await readDay(db, { ...of, day: "2026-01-05" });
  assert.equal(day?.calls.length, 144);
  assert.deepEqual(day.presence, [
    { from: 0, to: 3600 },
    { from: 4320, to: 7200 },
  ]);
  assert.deepEqual(day.calls[1], {
    kind: "person",
    dialledAt: 32,
    answeredAt: 40,
    connectedAt: 40,
    endedAt: 90,
    wrapEndedAt: 100,
    abandoned: false,
  });

  const path = `/api/v1/campaigns/${campaign}/replays`;
  const none = await manager.post(path, { day: "2026-01-04", settings });
  assert.deepEqual([none.status, none.body.error.code], [422, "replay-no-calls"]);
  const started = await manager.post(path, { day: "2026-01-05", settings });
  assert.equal(started.status, 202);
  const done = await until("the day is played", async () => {
    const { body } = await manager.get(`/api/v1/replays/${started.body.id}`);
    return body.state !== "running" && (body as ReplayState);
  });
  assert.equal(done.state, "done");
  const { actual, played } = done.result!;
  assert.deepEqual([actual.total.dials, actual.total.talks, actual.windows.length], [144, 72, 4]);
  assert.ok(Math.abs(played.total.agents - 0.9) < 0.01, "where the agent was away nobody is");
  assert.ok(played.total.dials > 100 && played.total.dials < 160, `${played.total.dials} dials`);
  const days = await manager.get(`/api/v1/campaigns/${campaign}/replay-days`);
  assert.deepEqual(days.body.items, [{ day: "2026-01-05", calls: 144, answers: 72 }]);
});
