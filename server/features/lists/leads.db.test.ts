import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestClient, type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import { claimLead } from "./queries-claim.ts";
import { listRoutes } from "./routes.ts";
import { leadRoutes } from "./routes-leads.ts";

let http: TestHttp;
let manager: TestClient;
before(async () => {
  http = await testHttp((app, parts) => {
    listRoutes(app, parts);
    leadRoutes(app, parts);
  });
  manager = await http.as("manager");
});
after(() => http[Symbol.asyncDispose]());

const columns = [
  { key: "city", label: "城市" },
  { key: "policy", label: "保单" },
];
async function makeList(name: string, country = "CN"): Promise<number> {
  const made = await manager.post("/api/v1/lists", { name, country, columns });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id;
}
const add = (listId: number, phone: string, change: Record<string, unknown> = {}) =>
  manager.post("/api/v1/leads", { listId, phone, ...change });

test("a list is made, changed, archived and restored; with leads it cannot be deleted", async () => {
  const id = await makeList("first");
  const path = `/api/v1/lists/${id}`;
  assert.equal(
    (await manager.post("/api/v1/lists", { name: "first", country: "CN" })).body.error.code,
    "list-name-taken",
  );
  assert.equal(
    (await manager.post("/api/v1/lists", { name: "x", country: "XX" })).body.error.code,
    "country-unknown",
  );
  const repeated = { name: "x", country: "CN", columns: [columns[0], columns[0]] };
  assert.equal((await manager.post("/api/v1/lists", repeated)).body.error.code, "list-column-repeated");
  await add(id, "13800138000");
  const refused = await manager.delete(path);
  assert.deepEqual([refused.status, refused.body.error.code], [409, "list-not-empty"]);
  await manager.post(`${path}/archived`, { archived: true });
  const names = async (archived: boolean) =>
    (await manager.get(`/api/v1/lists?archived=${archived}`)).body.items.map((l: { name: string }) => l.name);
  assert.deepEqual([await names(true), await names(false)], [["first"], []]);
  assert.equal((await manager.post(`${path}/archived`, { archived: false })).body.archivedAt, null);
  const empty = await makeList("empty");
  assert.equal((await manager.delete(`/api/v1/lists/${empty}`)).status, 204);
});

test("leads are found by status, by number as people type it, and by the beginning of a name", async () => {
  const listId = await makeList("search");
  for (let i = 0; i < 7; i++) await add(listId, `1390000000${i}`, { name: i < 3 ? `王${i}` : `Li ${i}%` });
  const find = async (query: string) => (await manager.get(`/api/v1/leads?listId=${listId}&${query}`)).body;
  assert.equal((await find("search=139-0000-0003")).items[0].name, "Li 3%");
  assert.equal((await find("search=%2B861390000")).total, 7);
  assert.deepEqual(
    (await find(`search=${encodeURIComponent("王")}`)).items.map((l: { name: string }) => l.name),
    ["王0", "王1", "王2"],
  );
  assert.equal((await find(`search=${encodeURIComponent("Li 3%")}`)).total, 1);
  assert.equal((await find(`search=${encodeURIComponent("%")}`)).total, 0);
  const first = (await find("pageSize=1")).items[0];
  await manager.post(`/api/v1/leads/${first.id}/exclude`, { reason: "asked us" });
  assert.deepEqual([(await find("status=excluded")).total, (await find("status=ready")).total], [1, 6]);
  const pages = [
    await find("pageSize=3&page=1"),
    await find("pageSize=3&page=2"),
    await find("pageSize=3&page=3"),
  ];
  const ids = pages.flatMap((page) => page.items.map((l: { id: number }) => l.id));
  assert.deepEqual([new Set(ids).size, ids.at(-1), pages[0].total], [7, first.id, 7]);
});

test("a lead is changed, excluded and made ready again, and its page tells by whom", async () => {
  const listId = await makeList("change");
  const made = (
    await add(listId, "(212) 555-0123".replace(/^/, "+1 "), { fields: { city: "NY", extra: "x" } })
  ).body;
  assert.deepEqual([made.phone, made.timeZone], ["+12125550123", "America/New_York"]);
  assert.deepEqual(made.fields, [
    { key: "city", label: "城市", value: "NY" },
    { key: "policy", label: "保单", value: "" },
    { key: "extra", label: "extra", value: "x" },
  ]);
  const path = `/api/v1/leads/${made.id}`;
  const moved = await manager.patch(path, { phone: "13800138009", priority: 9 });
  assert.deepEqual(
    [moved.body.phone, moved.body.timeZone, moved.body.priority],
    ["+8613800138009", "Asia/Shanghai", 9],
  );
  assert.equal((await add(listId, "13800138009")).body.error.code, "lead-exists");
  assert.equal(
    (await manager.patch(path, { phone: maskPhone("+8613800138009") })).body.error.code,
    "phone-invalid",
  );
  assert.equal((await manager.patch(path, { timeZone: "Mars" })).body.error.code, "time-zone-unknown");
  const excluded = await manager.post(`${path}/exclude`, { reason: "complained" });
  assert.deepEqual([excluded.body.status, excluded.body.statusReason], ["excluded", "complained"]);
  const ready = await manager.post(`${path}/activate`);
  assert.deepEqual([ready.body.status, ready.body.statusReason], ["ready", null]);
  assert.deepEqual(
    ready.body.history.map((e: { type: string; byUser: string }) => `${e.type} ${e.byUser}`),
    ["added", "edited", "excluded", "activated"].map((type) => `${type} manager1`),
  );
  await http.database.transact((tx) => claimLead(tx, made.id, "call-1"));
  assert.equal((await manager.post(`${path}/exclude`, { reason: "x" })).body.error.code, "lead-in-call");
  assert.equal((await manager.patch(path, { phone: "13800138010" })).body.error.code, "lead-in-call");
});

const numbers = (lead: { numbers: { phone: string; kind: string; givenUp: boolean; last: unknown }[] }) =>
  lead.numbers.map(({ phone, kind, givenUp, last }) => [phone, kind, givenUp, last !== null]);

test("what is known of a lead's numbers goes with them, and a number that was given up can be revived", async () => {
  const listId = await makeList("numbers");
  const [mobile, office, home] = ["+8613800138031", "+861088886666", "+861066668888"];
  const made = await add(listId, mobile, {
    name: "Wang",
    morePhones: [office, home, mobile],
    phoneKinds: ["mobile", "work", "home"],
  });
  const path = `/api/v1/leads/${made.body.id}`;
  const memory = JSON.stringify({
    [mobile]: { outcome: "suspended", inRow: 3, at: 1 },
    [office]: { outcome: "powered-off", inRow: 2, at: 2 },
  });
  await http.database.pool.query(
    "update leads set invalid_phones = $2, phone_memory = $3, next_phone = $4 where id = $1",
    [made.body.id, [mobile, home], memory, home],
  );

  const changed = await manager.patch(path, { phone: office, morePhones: [mobile, "13900139000"] });
  assert.deepEqual(numbers(changed.body), [
    [office, "work", false, true],
    [mobile, "mobile", true, true],
    ["+8613900139000", "mobile", false, false],
  ]);
  assert.equal(changed.body.name, "Wang");
  const { rows } = await http.database.pool.query("select next_phone from leads where id = $1", [
    made.body.id,
  ]);
  assert.equal(rows[0].next_phone, null);

  const revived = await manager.post(`${path}/numbers/1/revive`);
  assert.deepEqual(numbers(revived.body)[1], [mobile, "mobile", false, false]);
  const again = await manager.post(`${path}/numbers/1/revive`);
  assert.deepEqual([again.status, again.body.error.code], [409, "number-not-given-up"]);
  const typed = await manager.patch(path, { phoneKinds: ["home", "other", "work"] });
  assert.deepEqual(
    typed.body.numbers.map((number: { kind: string }) => number.kind),
    ["home", "other", "work"],
  );
});

test("an agent sees no lists, and a supervisor takes none away", async () => {
  const listId = await makeList("guarded");
  await add(listId, "13700137000");
  const [agent, supervisor] = [await http.as("agent"), await http.as("supervisor")];
  for (const path of ["/api/v1/leads", "/api/v1/lists"]) assert.equal((await agent.get(path)).status, 403);
  const { items } = (await supervisor.get(`/api/v1/leads?listId=${listId}`)).body;
  assert.equal(items[0].phone, "+8613700137000");
  assert.equal((await supervisor.get(`/api/v1/lists/${listId}/export`)).status, 403);
  assert.equal((await supervisor.post(`/api/v1/leads/${items[0].id}/exclude`, { reason: "x" })).status, 403);
});
