import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { trunkRoutes } from "../trunks/index.ts";
import { campaignRoutes } from "./routes.ts";

test("a campaign through its whole life over HTTP, with news of each change", async () => {
  await using http = await testHttp((app, parts) => {
    campaignRoutes(app, parts);
    trunkRoutes(app, parts);
  });
  const [admin, agent, supervisor] = [
    await http.as("administrator"),
    await http.as("agent"),
    await http.as("supervisor"),
  ];
  const news: string[] = [];
  http.events.on("campaign.changed", ({ status }) => void news.push(status));

  const template = (await admin.get("/api/v1/campaigns/template?language=zh")).body;
  assert.equal(template.dispositions[0].label, "有意向");
  const own = (await admin.get("/api/v1/campaigns/template")).body;
  assert.equal(own.dispositions[0].label, "Interested");

  const made = await admin.post("/api/v1/campaigns", {
    ...template,
    name: "续保",
    mode: "ratio",
    ratio: 1.5,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const path = `/api/v1/campaigns/${made.body.id}`;
  const refused = await supervisor.post(`${path}/start`);
  assert.deepEqual(
    [refused.status, refused.body.error.detail.missing],
    [422, ["no-lists", "no-trunks", "no-agents"]],
  );

  const trunk = await admin.post("/api/v1/trunks", { name: "t", host: "127.0.0.1", country: "CN" });
  const { rows } = await http.database.pool.query(
    "insert into lists (name, country) values ('l', 'CN') returning id",
  );
  await http.database.pool.query(
    "insert into leads (list_id, phone, time_zone) values ($1, '+8613800138000', 'Asia/Shanghai')",
    [rows[0].id],
  );
  const ties = { listIds: [rows[0].id], trunkIds: [trunk.body.id], agentIds: [agent.userId] };
  const changed = await admin.put(path, { ...made.body, ...ties });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal(changed.body.dispositions[0].id, made.body.dispositions[0].id);
  assert.equal((await supervisor.post(`${path}/start`)).body.status, "running");
  assert.equal((await supervisor.post(`${path}/pause`)).body.status, "paused");
  const listed = await supervisor.get("/api/v1/campaigns?status=paused");
  assert.deepEqual(listed.body.items[0].leads, { total: 1, ready: 1, done: 0 });
  const inUse = await admin.delete(`/api/v1/trunks/${trunk.body.id}`);
  assert.equal(inUse.body.error.code, "trunk-in-use");
  assert.equal((await supervisor.delete(path)).status, 403);
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal((await admin.get(path)).status, 404);
  assert.deepEqual(news, ["draft", "draft", "running", "paused", "deleted"]);
  assert.equal((await agent.get("/api/v1/campaigns")).status, 403);
});
