import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { type QueueInput, queueInput, type QueueInterval, type VisitEnd } from "../../../shared/queues.ts";
import { type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { newId } from "../../kernel/ids.ts";
import { closeVisit, openVisit } from "./queries-visits.ts";
import { queueRoutes } from "./routes.ts";

const bed = async () => {
  const http = await testHttp((app, parts) => queueRoutes(app, parts));
  return Object.assign(http, { manager: await http.as("manager"), agent: await http.as("agent") });
};
const given = (change: Partial<QueueInput> = {}) => ({ ...queueInput.parse({ name: "line" }), ...change });

test("what names nobody, stands twice or leads in a circle is refused, and nothing is changed", async () => {
  await using http = await bed();
  const { manager, agent } = http;
  assert.equal((await agent.get("/api/v1/queues")).status, 403);
  const { body: queue } = await manager.post("/api/v1/queues", given());
  const path = `/api/v1/queues/${queue.id}`;
  const wrong: [Partial<QueueInput>, number, string][] = [
    [{ members: [{ userId: 999_999, rank: 1 }] }, 422, "queue-names-unknown"],
    [{ skills: [{ skillId: 7, level: 1 }] }, 422, "queue-names-unknown"],
    [{ overflow: { type: "queue", queueId: 4711 } }, 422, "queue-names-unknown"],
    [{ overflow: { type: "queue", queueId: queue.id } }, 422, "queue-overflows-to-itself"],
    [{ overflow: { type: "number", phone: "12" } }, 400, "invalid-request"],
    [{ members: [1, 2].map((rank) => ({ userId: agent.userId, rank })) }, 400, "invalid-request"],
  ];
  for (const [change, status, code] of wrong) {
    const answer = await manager.put(path, given(change));
    assert.deepEqual([answer.status, answer.body.error.code], [status, code]);
  }
  assert.equal((await manager.post("/api/v1/queues", given())).body.error.code, "queue-name-taken");
  assert.deepEqual((await manager.get(path)).body, queue);

  const skill = { name: "English", agents: [{ userId: agent.userId, level: 3 }] };
  const { body: saved } = await manager.post("/api/v1/skills", skill);
  assert.equal((await manager.post("/api/v1/skills", skill)).status, 409);
  const skilled = await manager.put(path, given({ skills: [{ skillId: saved.id, level: 2 }] }));
  assert.deepEqual(skilled.body.skills, [{ skillId: saved.id, level: 2 }]);
  assert.equal((await manager.delete(`/api/v1/skills/${saved.id}`)).status, 204);
  assert.deepEqual((await manager.get(path)).body.skills, []);
  assert.equal((await manager.delete("/api/v1/queues/4711")).status, 404);
});

/** Waits of a queue: minutes past 09:00 in Shanghai, how long, and how they ended. */
async function waits(http: TestHttp, queueId: number, rows: readonly [number, number, VisitEnd][]) {
  for (const [minute, seconds, how] of rows) {
    const callId = newId();
    const enteredAt = Date.parse("2026-11-20T09:00:00+08:00") + minute * 60_000;
    await http.database.transact(async (tx) => {
      await sql`insert into calls (id, direction, origin, state, phone, planned_at)
        values (${callId}, 'inbound', 'inbound', 'closed', '+8613800138000', now())`.execute(tx);
      await openVisit(tx, { callId, queueId, enteredAt, since: enteredAt });
      await closeVisit(tx, callId, enteredAt + seconds * 1000, { how });
    });
  }
}

test("the report counts callers where they came, with the threshold that held then", async () => {
  await using http = await bed();
  const { manager } = http;
  const { body: queue } = await manager.post("/api/v1/queues", given({ serviceSeconds: 20 }));
  await waits(http, queue.id, [
    [0, 20, "answered"],
    [10, 21, "answered"],
    [29, 4, "abandoned"],
    [29, 90, "overflowed"],
  ]);
  await manager.put(`/api/v1/queues/${queue.id}`, given({ serviceSeconds: 60 }));
  await waits(http, queue.id, [
    [30, 21, "answered"],
    [40, 10, "turned-away"],
    [50, 6, "abandoned"],
    [55, 1, "lost"],
  ]);
  const answer = await manager.get("/api/v1/queue-report?from=2026-11-20&to=2026-11-20&interval=30");
  const counted = (answer.body.items as QueueInterval[]).map((row) => [
    row.at,
    row.offered,
    row.answered,
    row.inTime,
    row.abandoned,
    row.abandonedAtOnce,
    row.overflowed,
    row.turnedAway,
    row.lost,
    row.meanWaitMs,
    row.longestWaitMs,
  ]);
  assert.deepEqual(counted, [
    ["2026-11-20T01:00:00.000Z", 4, 2, 1, 1, 1, 1, 0, 0, 20_500, 90_000],
    ["2026-11-20T01:30:00.000Z", 4, 1, 1, 1, 0, 0, 1, 1, 21_000, 21_000],
  ]);
  const day = await manager.get("/api/v1/queue-report?from=2026-11-20&to=2026-11-20&interval=1440");
  assert.deepEqual(
    (day.body.items as QueueInterval[]).map(({ at, offered }) => [at, offered]),
    [["2026-11-19T16:00:00.000Z", 8]],
  );
  const turned = await manager.get("/api/v1/queue-report?from=2026-11-21&to=2026-11-20&interval=30");
  assert.deepEqual([turned.status, turned.body.error.code], [422, "queue-report-span"]);
});
