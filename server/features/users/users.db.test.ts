import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { saveOrgUnit, visibleUserIds } from "./index.ts";

const zhang = { login: "Zhang.Min", name: "张敏", role: "agent", extension: "8011", password: "12345678" };

test("an administrator makes, changes, finds and deactivates a person, each act in the audit log", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  const made = await admin.post("/api/v1/users", zhang);
  assert.equal(made.status, 201);
  assert.equal(made.body.login, "zhang.min");
  assert.equal(made.body.mustChangePassword, true);
  const { id } = made.body;
  const change = { ...made.body, name: "张敏敏", active: false };
  assert.equal((await admin.put(`/api/v1/users/${id}`, change)).body.active, false);
  const found = await admin.get("/api/v1/users?search=敏敏&active=false");
  assert.deepEqual([found.body.total, found.body.items[0].id], [1, id]);
  const refused = await http.anonymous.post("/api/v1/auth/sign-in", {
    login: "zhang.min",
    password: "12345678",
  });
  assert.equal(refused.body.error.code, "wrong-credentials");
  const { body: log } = await admin.get(`/api/v1/audit?noun=user&nounId=${id}`);
  assert.deepEqual(
    log.items.map((entry: { action: string; detail: unknown }) => [entry.action, entry.detail]),
    [
      ["user.changed", { name: { from: "张敏", to: "张敏敏" }, active: { from: true, to: false } }],
      ["user.created", { login: "zhang.min", name: "张敏", role: "agent" }],
    ],
  );
});

test("a login or an extension that is taken, and the last administrator, are protected by name", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  await admin.post("/api/v1/users", zhang);
  const code = async (body: object) => (await admin.post("/api/v1/users", body)).body.error.code;
  assert.equal(await code({ ...zhang, login: "ZHANG.MIN", extension: null }), "login-taken");
  assert.equal(await code({ ...zhang, login: "other" }), "extension-taken");
  assert.equal(await code({ ...zhang, login: "<b>", extension: "x" }), "invalid-request");
  assert.equal(await code({ ...zhang, login: "nul", name: "a\u0000b", extension: null }), "invalid-text");
  assert.equal(await code({ ...zhang, login: "lost", extension: null, orgUnitId: 99 }), "reference");
  const me = { login: "administrator1", name: "A", role: "agent", active: true };
  const { body } = await admin.put(`/api/v1/users/${admin.userId}`, me);
  assert.equal(body.error.code, "last-administrator");
});

test("the organisation is a tree: no ring, no unit deleted with people in it", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  const add = async (name: string, parentId: number | null) =>
    (await admin.post("/api/v1/org-units", { name, parentId })).body.id as number;
  const top = await add("公司", null);
  const group = await add("一组", top);
  const code = async (answer: ReturnType<typeof admin.get>) => (await answer).body.error.code;
  assert.equal(
    await code(admin.put(`/api/v1/org-units/${top}`, { name: "公司", parentId: group })),
    "org-unit-ring",
  );
  assert.equal(
    await code(admin.post("/api/v1/org-units", { name: "一组", parentId: top })),
    "org-unit-name-taken",
  );
  assert.equal(await code(admin.delete(`/api/v1/org-units/${top}`)), "org-unit-in-use");
  await http.as("agent", { orgUnitId: group });
  assert.equal(await code(admin.delete(`/api/v1/org-units/${group}`)), "org-unit-in-use");
  const empty = await add("二组", top);
  assert.equal((await admin.delete(`/api/v1/org-units/${empty}`)).status, 204);
});

test("each data scope reaches as far as it says", async () => {
  await using http = await testHttp();
  const { database } = http;
  const unit = (name: string, parentId: number | null) =>
    database.transact(async (tx) => (await saveOrgUnit(tx, undefined, { name, parentId })).id);
  const top = await unit("top", null);
  const left = await unit("left", top);
  const right = await unit("right", top);
  const person = async (orgUnitId: number) => (await http.as("agent", { orgUnitId })).userId;
  const [head, one, two, other] = [
    await person(top),
    await person(left),
    await person(left),
    await person(right),
  ];
  const sees = (userId: number, orgUnitId: number | null, scope: "own" | "group" | "subtree" | "all") =>
    visibleUserIds(database.db, { userId, orgUnitId, scope });
  assert.deepEqual(await sees(one, left, "own"), [one]);
  assert.deepEqual(await sees(one, left, "group"), [one, two]);
  assert.deepEqual(await sees(head, top, "group"), [head]);
  assert.deepEqual(await sees(head, top, "subtree"), [head, one, two, other]);
  assert.deepEqual(await sees(head, null, "subtree"), [head]);
  assert.equal(await sees(head, top, "all"), "all");
});
