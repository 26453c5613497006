import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { sql } from "kysely";
import { testHttp } from "../../../test/kit/http.ts";
import { banRoutes, coreProbes, createHealth, type Health, healthRoutes } from "./index.ts";

test("the worst part decides; one that throws or never answers is failed, with its reason", async () => {
  let health: Health | undefined;
  await using http = await testHttp((app, { clock, database, jobs }) => {
    health = createHealth(clock);
    coreProbes(health, { database, jobs, dataDir: tmpdir() });
    healthRoutes(app, { health, clock, version: "1.2.3", canary: () => [] });
  });
  const manager = await http.as("manager");
  http.clock.advance(61_000);
  const { body } = await manager.get("/api/v1/health");
  assert.deepEqual([body.version, body.uptimeSeconds], ["1.2.3", 61]);
  assert.equal(body.checks.find((check: { name: string }) => check.name === "database").state, "ok");
  assert.equal((await http.anonymous.get("/api/v1/health")).status, 401);

  health?.add("broken", () => {
    throw new Error("out of order");
  });
  let asked = Promise.withResolvers<void>();
  health?.add("stuck", () => {
    asked.resolve();
    return new Promise(() => undefined);
  });
  const impatient = async (answer: ReturnType<typeof manager.get>) => {
    await asked.promise;
    http.clock.advance(3_000);
    return answer;
  };
  const probe = await impatient(http.anonymous.get("/healthz"));
  assert.deepEqual([probe.status, probe.body], [503, { state: "failed" }]);
  asked = Promise.withResolvers<void>();
  const { checks } = (await impatient(manager.get("/api/v1/health"))).body;
  const reason = (name: string) =>
    checks.find((check: { name: string }) => check.name === name).detail.reason;
  assert.deepEqual([reason("broken"), reason("stuck")], ["out of order", "no answer within 3000 ms"]);
});

test("bans are listed to those who see the health page and lifted by an administrator, who is on record", async () => {
  const bans = new Map([["192.0.2.7", { host: "192.0.2.7", reason: "rubbish", since: 0, until: 300_000 }]]);
  const guard = { bans: () => [...bans.values()], unban: (host: string) => bans.delete(host) };
  await using http = await testHttp((app, { clock, database }) => {
    banRoutes(app, { clock, database, guard });
  });
  const [manager, admin, agent] = [
    await http.as("manager"),
    await http.as("administrator"),
    await http.as("agent"),
  ];
  const { body } = await manager.get("/api/v1/sip/bans");
  assert.deepEqual(body.items, [
    {
      host: "192.0.2.7",
      reason: "rubbish",
      since: "1970-01-01T00:00:00.000Z",
      until: "1970-01-01T00:05:00.000Z",
    },
  ]);
  assert.equal((await agent.get("/api/v1/sip/bans")).status, 403);
  assert.equal((await manager.delete("/api/v1/sip/bans/192.0.2.7")).status, 403);
  assert.equal((await admin.delete("/api/v1/sip/bans/192.0.2.7")).status, 204);
  assert.equal((await admin.delete("/api/v1/sip/bans/192.0.2.7")).status, 404);
  assert.equal((await manager.get("/api/v1/sip/bans")).body.total, 0);
  const { rows } = await sql<{
    detail: unknown;
  }>`select detail from audit_log where action = 'sip.unbanned'`.execute(http.database.db);
  assert.deepEqual(rows, [{ detail: { host: "192.0.2.7" } }]);
});
