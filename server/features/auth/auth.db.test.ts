import assert from "node:assert/strict";
import { test } from "node:test";
import { type TestHttp, testHttp } from "../../../test/kit/http.ts";

const cookieOf = (headers: Record<string, unknown>) => String(headers["set-cookie"]).split(";")[0]!;

async function signIn(http: TestHttp, login: string, password = "password") {
  const answer = await http.anonymous.post("/api/v1/auth/sign-in", { login, password });
  return { ...answer, session: { cookie: cookieOf(answer.headers), "x-waihu": "1" } };
}

test("signing in gives a hidden cookie, and signing out makes it worthless", async () => {
  await using http = await testHttp();
  await http.as("manager", { login: "ana", name: "Ana" });
  const { status, body, headers, session } = await signIn(http, " ANA ");
  assert.equal(status, 200);
  assert.equal(body.name, "Ana");
  assert.ok(body.permissions.includes("campaigns.run") && !body.permissions.includes("users.manage"));
  assert.match(String(headers["set-cookie"]), /HttpOnly.*SameSite=Strict/);
  const me = () => http.anonymous.send("GET", "/api/v1/auth/me", undefined, session);
  assert.equal((await me()).status, 200);
  await http.anonymous.send("POST", "/api/v1/auth/sign-out", undefined, session);
  assert.equal((await me()).status, 401);
  const { rows } = await http.database.pool.query(
    "select count(*) as n from sessions where user_agent <> 'test'",
  );
  assert.deepEqual(rows, [{ n: 0 }]);
});

test("a session slides while it is used, and ends after twelve idle hours or seven days", async () => {
  await using http = await testHttp();
  const ana = await http.as("agent");
  const hours = (n: number) => http.clock.advance(n * 3_600_000);
  const status = async () => (await ana.get("/api/v1/auth/me")).status;
  hours(11);
  assert.equal(await status(), 200);
  hours(11);
  assert.equal(await status(), 200);
  hours(12);
  assert.equal(await status(), 401);
  const bob = await http.as("agent");
  for (let day = 0; day < 14; day++) {
    hours(11.9);
    await bob.get("/api/v1/auth/me");
  }
  hours(2);
  assert.equal((await bob.get("/api/v1/auth/me")).status, 401);
});

test("guessing is stopped, says for how long, and does not stop other people", async () => {
  await using http = await testHttp();
  await http.as("agent", { login: "ana" });
  for (let guess = 0; guess < 5; guess++)
    assert.equal((await signIn(http, "ana", "wrong")).body.error.code, "wrong-credentials");
  const stopped = await signIn(http, "ana", "password");
  assert.equal(stopped.status, 429);
  assert.equal(stopped.body.error.detail.minutes, 15);
  assert.equal(stopped.headers["retry-after"], "900");
  assert.equal((await signIn(http, "nobody", "wrong")).body.error.code, "wrong-credentials");
  http.clock.advance(15 * 60_000);
  assert.equal((await signIn(http, "ana", "password")).status, 200);
});

test("a change by another site's page is refused", async () => {
  await using http = await testHttp();
  const ana = await http.as("agent");
  const { cookie = "" } = ana.headers;
  const change = (headers: Record<string, string>) =>
    http.anonymous.send("PUT", "/api/v1/auth/locale", { locale: "zh" }, headers);
  assert.equal((await change({ cookie })).body.error.code, "csrf");
  const foreign = await change({ ...ana.headers, origin: "https://evil.example" });
  assert.equal(foreign.body.error.code, "foreign-origin");
  assert.equal((await change({ ...ana.headers, origin: "http://localhost:80" })).status, 200);
});

test("a new password ends the other sessions and keeps this one", async () => {
  await using http = await testHttp();
  await http.as("agent", { login: "ana" });
  const [first, second] = [await signIn(http, "ana"), await signIn(http, "ana")];
  http.clock.advance(1000);
  const send = (body: object) => http.anonymous.send("POST", "/api/v1/auth/password", body, first.session);
  assert.equal(
    (await send({ current: "wrong-one", password: "another-one" })).body.error.code,
    "wrong-password",
  );
  const changed = await send({ current: "password", password: "another-one" });
  assert.equal(changed.status, 200);
  const me = (cookie: string) => http.anonymous.send("GET", "/api/v1/auth/me", undefined, { cookie });
  assert.equal((await me(cookieOf(changed.headers))).status, 200);
  assert.equal((await me(second.session.cookie)).status, 401);
});

test("who must choose a password can do nothing else", async () => {
  await using http = await testHttp();
  const ana = await http.as("manager", { mustChangePassword: true });
  assert.equal((await ana.get("/api/v1/users")).body.error.code, "password-change-required");
  assert.equal((await ana.get("/api/v1/auth/me")).status, 200);
});

test("an API token acts for its owner until it is deleted, and its text is told once", async () => {
  await using http = await testHttp();
  const ana = await http.as("supervisor");
  const made = await ana.post("/api/v1/auth/tokens", { name: "crm" });
  assert.equal(made.status, 201);
  const bearer = { authorization: `Bearer ${made.body.token}` };
  const users = () => http.anonymous.send("GET", "/api/v1/users", undefined, bearer);
  assert.equal((await users()).status, 200);
  const { body: listed } = await ana.get("/api/v1/auth/tokens");
  assert.equal(listed[0].prefix, made.body.token.slice(0, 9));
  assert.ok(!JSON.stringify(listed).includes(made.body.token) && listed[0].usedAt !== null);
  await ana.delete(`/api/v1/auth/tokens/${made.body.id}`);
  assert.equal((await users()).status, 401);
});

test("a token that may read changes nothing, one for the desk does what an agent does, neither makes itself more", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  const tokenOf = async (scope: string) => {
    const made = await admin.post("/api/v1/auth/tokens", { name: scope, scope });
    assert.deepEqual([made.status, made.body.scope], [201, scope]);
    const bearer = { authorization: `Bearer ${made.body.token}` };
    return async (method: "GET" | "PATCH" | "POST", path: string, body?: object) => {
      const answer = await http.anonymous.send(method, path, body, bearer);
      return answer.status < 300 ? answer.status : answer.body.error.code;
    };
  };
  const [read, desk, full] = [await tokenOf("read"), await tokenOf("desk"), await tokenOf("full")];
  const change = { companyName: "Fair" };
  assert.deepEqual(
    [await read("GET", "/api/v1/users"), await read("PATCH", "/api/v1/settings", change)],
    [200, "token-read-only"],
  );
  assert.deepEqual(
    [await desk("GET", "/api/v1/users"), await desk("PATCH", "/api/v1/settings", change)],
    ["forbidden", "forbidden"],
  );
  assert.deepEqual(
    [await full("GET", "/api/v1/users"), await full("PATCH", "/api/v1/settings", change)],
    [200, 200],
  );
  const more = { name: "more", scope: "full" };
  for (const [token, code] of [
    [read, "token-read-only"],
    [desk, "token-desk-only"],
    [full, 201],
  ] as const)
    assert.equal(await token("POST", "/api/v1/auth/tokens", more), code);
  const wrong = { current: "password", password: "another password" };
  assert.equal(await desk("POST", "/api/v1/auth/password", wrong), "token-desk-only");
});

test("hiding numbers from agents takes effect at once", async () => {
  await using http = await testHttp();
  const [admin, agent] = [await http.as("administrator"), await http.as("agent")];
  const seesPhones = async () => (await agent.get("/api/v1/auth/me")).body.permissions.includes("phones.see");
  assert.equal(await seesPhones(), true);
  await admin.patch("/api/v1/settings", { maskPhonesForAgents: true });
  assert.equal(await seesPhones(), false);
});
