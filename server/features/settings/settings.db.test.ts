import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { readSettings } from "./index.ts";

test("settings have defaults, change one by one, and are told to who listens", async () => {
  await using http = await testHttp();
  const [admin, agent] = [await http.as("administrator"), await http.as("agent")];
  const told: string[] = [];
  http.events.on("settings.changed", ({ settings }) => void told.push(settings.companyName));
  assert.equal((await agent.get("/api/v1/settings")).body.timeZone, "Asia/Shanghai");
  const { body } = await admin.patch("/api/v1/settings", { companyName: "外呼公司" });
  assert.deepEqual([body.companyName, body.defaultCountry], ["外呼公司", "CN"]);
  assert.deepEqual(told, ["外呼公司"]);
  await admin.patch("/api/v1/settings", { rulePack: "by-number" });
  const after = (await admin.patch("/api/v1/settings", { agentLostSeconds: 10 })).body;
  assert.deepEqual(
    [after.companyName, after.rulePack, after.agentLostSeconds],
    ["外呼公司", "by-number", 10],
    "what is not named stays",
  );
  assert.equal((await agent.patch("/api/v1/settings", { companyName: "x" })).body.error.code, "forbidden");
  assert.equal((await admin.patch("/api/v1/settings", { timeZone: "Mars/Base" })).status, 400);
});

test("a stored value that no longer fits falls back to its default", async () => {
  await using http = await testHttp();
  await http.database.pool.query(
    `insert into settings (key, value) values ('timeZone', '"Old/Zone"'), ('gone', '1')`,
  );
  assert.equal((await readSettings(http.database.db)).timeZone, "Asia/Shanghai");
});
