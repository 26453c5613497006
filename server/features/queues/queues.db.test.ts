import assert from "node:assert/strict";
import { test } from "node:test";
import { type QueueInput, queueInput } from "../../../shared/queues.ts";
import { testHttp } from "../../../test/kit/http.ts";
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
