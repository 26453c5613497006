import assert from "node:assert/strict";
import { test } from "node:test";
import { block, flow } from "../../../test/kit/ivr-flows.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { numberRoutes } from "../numbers/index.ts";
import { ivrRoutes } from "./index.ts";

const hello = (words: string) =>
  flow(block("prompt", "hello", { next: "bye" }, { speech: { zh: words } }), block("hang-up", "bye", {}));
const into = (flowId: number) =>
  flow(block("sub-flow", "part", { next: "bye", failed: "bye" }, { flowId }), block("hang-up", "bye", {}));

test("a flow is drafted, published, changed and rolled back; numbers lead to one flow; parts lead in no circle", async () => {
  let refreshed = 0;
  await using http = await testHttp((app, parts) => {
    numberRoutes(app, parts);
    ivrRoutes(app, { ...parts, ivr: { refresh: async () => void refreshed++ } });
  });
  const [manager, supervisor] = [await http.as("manager"), await http.as("supervisor")];
  const make = async (name: string, document: unknown) => {
    const made = await manager.post("/api/v1/ivr/flows", { name, document });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body as { id: number; problems: { problem: string }[] };
  };
  const broken = await make("Service", { ...hello("v1"), start: "gone" });
  assert.ok(broken.problems.some(({ problem }) => problem === "start-missing"));
  const path = `/api/v1/ivr/flows/${broken.id}`;
  const refused = await manager.post(`${path}/publish`, {});
  assert.deepEqual([refused.status, refused.body.error.code], [422, "ivr-incomplete"]);
  assert.equal(
    (await manager.post("/api/v1/ivr/flows", { name: "Service", document: hello("x") })).status,
    409,
  );
  assert.equal((await supervisor.post(`${path}/publish`, {})).status, 403);

  await manager.put(path, { name: "Service", document: hello("v1"), revision: 1 });
  const late = await manager.put(path, { name: "Service", document: hello("late"), revision: 1 });
  assert.equal(late.body.error.code, "ivr-changed-elsewhere");
  const first = (await manager.post(`${path}/publish`, { note: "first" })).body;
  assert.deepEqual([first.version.number, first.hasChanges, first.problems], [1, false, []]);
  await manager.put(path, { name: "Service", document: hello("v2"), revision: 2 });
  const second = (await manager.post(`${path}/publish`, {})).body;
  const restored = (await manager.post(`/api/v1/ivr/versions/${first.version.id}/restore`)).body;
  assert.deepEqual([second.version.number, restored.version.number, restored.hasChanges], [2, 1, true]);
  assert.deepEqual(
    (await manager.get(`/api/v1/ivr/versions/${first.version.id}`)).body.document.blocks[0].speech.zh,
    "v1",
  );

  const other = await make("Other", into(broken.id));
  const otherPath = `/api/v1/ivr/flows/${other.id}`;
  assert.deepEqual(other.problems, []);
  await manager.post(`${otherPath}/publish`, {});
  const circle = await manager.put(path, { name: "Service", document: into(other.id), revision: 3 });
  assert.deepEqual(circle.body.problems, [
    { problem: "unknown-flow", blockId: "part", about: String(other.id) },
  ]);
  const numbers = ["+8675512345678"];
  const lead = (items: object[]) => manager.put("/api/v1/inbound-routes", { items });
  await lead([{ phone: numbers[0], target: { type: "flow", id: broken.id } }]);
  assert.deepEqual((await manager.get(path)).body.numbers, numbers);
  assert.equal((await manager.delete(path)).body.error.code, "in-use");
  assert.equal((await manager.delete(otherPath)).body.error.code, "in-use");
  await manager.put(path, { name: "Service", document: hello("v3"), revision: 4 });
  assert.equal((await manager.delete(otherPath)).status, 204);
  await lead([]);
  assert.equal((await manager.delete(path)).status, 204);
  assert.equal((await manager.get("/api/v1/ivr/flows")).body.total, 0);
  assert.ok(refreshed >= 5);
  const { rows } = await http.database.pool.query<{ action: string }>(
    "select action from audit_log order by id",
  );
  assert.ok(rows.some(({ action }) => action === "ivr.published"));
});

test("a flow that was stored before a field came has the field's default", async () => {
  await using http = await testHttp((app, parts) =>
    ivrRoutes(app, { ...parts, ivr: { refresh: async () => undefined } }),
  );
  const manager = await http.as("manager");
  const { id } = (await manager.post("/api/v1/ivr/flows", { name: "Old", document: hello("v1") })).body;
  const published = (await manager.post(`/api/v1/ivr/flows/${id}/publish`, {})).body;
  await http.database.pool.query("update ivr_flows set draft = draft - 'shown' - 'languages'");
  const { rows } = await http.database.pool.query<{ id: number }>(`
    insert into ivr_versions (flow_id, number, document, published_at)
      select id, 2, draft, now() from ivr_flows returning id`);
  const { status, body } = await manager.get(`/api/v1/ivr/flows/${id}`);
  const version = await manager.get(`/api/v1/ivr/versions/${rows[0]!.id}`);
  assert.deepEqual([status, version.status], [200, 200]);
  const { shown, languages } = published.document;
  for (const { document } of [body, version.body])
    assert.deepEqual([document.shown, document.languages], [shown, languages]);
  assert.equal((await manager.get("/api/v1/ivr/flows")).body.total, 1);
});
