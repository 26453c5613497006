import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestClient, type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { trunkInput } from "../../../shared/trunks.ts";
import { allTrunkSettings, insertTrunkTest } from "./queries.ts";
import { trunkRoutes } from "./routes.ts";
import { ensureTrunk } from "./save-trunk.ts";

let http: TestHttp;
let admin: TestClient;
const changes: (number | null)[] = [];
before(async () => {
  http = await testHttp(trunkRoutes);
  admin = await http.as("administrator");
  http.events.on("trunk.changed", ({ trunkId }) => void changes.push(trunkId));
});
after(() => http[Symbol.asyncDispose]());

const given = (name: string, change: Record<string, unknown> = {}) => ({
  name,
  host: "sip.carrier.example",
  country: "CN",
  ...change,
});

test("a password goes in and never comes out; leaving it away keeps it, null clears it", async () => {
  const secret = { auth: "registration", username: "u1", password: "hunter2" };
  const made = await admin.post("/api/v1/trunks", given("secret", secret));
  assert.equal(made.status, 201);
  assert.equal(made.body.hasPassword, true);
  const shown = [made, await admin.get("/api/v1/trunks"), await admin.get(`/api/v1/trunks/${made.body.id}`)];
  for (const answer of shown) assert.doesNotMatch(JSON.stringify(answer.body), /hunter2/);
  const { rows } = await http.database.pool.query("select detail::text from audit_log");
  assert.doesNotMatch(JSON.stringify(rows), /hunter2/);

  const path = `/api/v1/trunks/${made.body.id}`;
  const kept = await admin.put(path, given("secret", { auth: "registration", username: "u2" }));
  assert.deepEqual([kept.body.username, kept.body.hasPassword], ["u2", true]);
  assert.equal((await allTrunkSettings(http.database.db))[0]?.password, "hunter2");
  const refused = await admin.put(
    path,
    given("secret", { auth: "registration", username: "u2", password: null }),
  );
  assert.deepEqual(
    [refused.status, refused.body.error.code, refused.body.error.detail.fields],
    [422, "trunk-credentials-missing", ["password"]],
  );
  const cleared = await admin.put(path, given("secret", { password: null }));
  assert.equal(cleared.body.hasPassword, false);
  assert.deepEqual(changes.slice(-2), [made.body.id, made.body.id]);
});

test("trunks are tried in the order given, which must name each once", async () => {
  const [a, b] = [
    await admin.post("/api/v1/trunks", given("a")),
    await admin.post("/api/v1/trunks", given("b")),
  ];
  const ids = async () => (await admin.get("/api/v1/trunks")).body.items.map((t: { id: number }) => t.id);
  const before = await ids();
  assert.deepEqual(before.slice(-2), [a.body.id, b.body.id]);
  const partial = await admin.put("/api/v1/trunks/order", { ids: [b.body.id] });
  assert.equal(partial.body.error.code, "trunk-order-incomplete");
  const order = before.toReversed();
  await admin.put("/api/v1/trunks/order", { ids: order });
  assert.deepEqual(await ids(), order);
  assert.deepEqual(
    (await allTrunkSettings(http.database.db)).map((trunk) => trunk.id),
    order,
  );
});

test("a trunk is disabled and deleted; the simulated carrier stays and is made once", async () => {
  const made = await admin.post("/api/v1/trunks", given("short-lived"));
  const path = `/api/v1/trunks/${made.body.id}`;
  const disabled = await admin.post(`${path}/enabled`, { enabled: false });
  assert.equal(disabled.body.enabled, false);
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal((await admin.get(path)).status, 404);

  const carrier = (port: number) => trunkInput.parse(given("carrier", { host: "127.0.0.1", port }));
  const id = await http.database.transact((tx) => ensureTrunk(tx, carrier(5070)));
  assert.equal(await http.database.transact((tx) => ensureTrunk(tx, carrier(5071))), id);
  assert.equal((await admin.get(`/api/v1/trunks/${id}`)).body.port, 5071);
  assert.equal((await admin.delete(`/api/v1/trunks/${id}`)).body.error.code, "trunk-simulated");
});

test("bad trunks are refused: a taken name, a host with a port, a codec nobody has", async () => {
  await admin.post("/api/v1/trunks", given("taken"));
  assert.equal((await admin.post("/api/v1/trunks", given("taken"))).body.error.code, "trunk-name-taken");
  for (const change of [
    { host: "a:5060" },
    { host: "a b" },
    { codecs: ["G729"] },
    { codecs: [] },
    { port: 0 },
  ])
    assert.equal(
      (await admin.post("/api/v1/trunks", given("bad", change))).status,
      400,
      JSON.stringify(change),
    );
});

test("tests of a trunk are read newest first; who may only see cannot change, an agent sees nothing", async () => {
  const { body } = await admin.post("/api/v1/trunks", given("tested"));
  for (const verdict of ["no-audio", "good"])
    await http.database.transact((tx) =>
      insertTrunkTest(tx, {
        trunkId: body.id,
        number: "+861",
        verdict,
        result: { lost: 1 },
        byUserId: admin.userId,
      }),
    );
  const tests = (await admin.get(`/api/v1/trunks/${body.id}/tests`)).body.items;
  assert.deepEqual(
    tests.map((t: { verdict: string; byUser: string }) => [t.verdict, t.byUser]),
    [
      ["good", "administrator1"],
      ["no-audio", "administrator1"],
    ],
  );
  const manager = await http.as("manager");
  assert.equal((await manager.get("/api/v1/trunks")).status, 200);
  assert.equal((await manager.post("/api/v1/trunks", given("x"))).status, 403);
  assert.equal((await (await http.as("agent")).get("/api/v1/trunks")).status, 403);
});
