import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket } from "ws";
import { z } from "zod";
import { testHttp } from "../../../test/kit/http.ts";
import { AppError } from "../errors.ts";

test("a route that does not say who may use it stops the start", async () => {
  await assert.rejects(
    testHttp((app) => void app.get("/api/v1/open", async () => "hello")),
    /Route GET \/api\/v1\/open does not say who may use it/,
  );
});

test("every failure has one shape, and nothing inside shows", async () => {
  const body = z.object({ amount: z.number().max(10) });
  await using http = await testHttp((app) => {
    app.post(
      "/api/v1/orders",
      { config: { allow: "public" }, schema: { body } },
      async ({ body: { amount } }) => {
        if (amount === 1) throw new AppError("too-few", 422, "Order more.", { least: 2 });
        throw new Error("the password is 1234");
      },
    );
  });
  const post = (order: unknown) => http.anonymous.post("/api/v1/orders", order);
  assert.deepEqual((await post({ amount: 1 })).body, {
    error: { code: "too-few", message: "Order more.", detail: { least: 2 } },
  });
  const broken = await post({ amount: 2 });
  assert.deepEqual([broken.status, broken.body.error.code], [500, "internal"]);
  assert.ok(!JSON.stringify(broken.body).includes("1234"));
  const wrong = await post({ amount: 11 });
  assert.deepEqual([wrong.status, wrong.body.error.code], [400, "invalid-request"]);
  assert.equal(wrong.body.error.detail.issues[0].path, "/amount");
  const send = (payload: string, type: string) =>
    http.http.app.inject({
      method: "POST",
      url: "/api/v1/orders",
      payload,
      headers: { "content-type": type },
    });
  assert.equal((await send("{", "application/json")).json().error.code, "bad-request");
  assert.equal((await send("x", "text/xml")).json().error.code, "unsupported-media-type");
  assert.equal(
    (await send(`"${"x".repeat(2 ** 20)}"`, "application/json")).json().error.code,
    "body-too-large",
  );
  assert.equal((await http.anonymous.get("/api/v1/nothing")).body.error.code, "not-found");
  assert.equal((await http.anonymous.get("/../../etc/passwd")).status, 404);
});

test("the description of the API and the page made of it name every route and who may use it", async () => {
  await using http = await testHttp();
  const { body } = await http.anonymous.get("/api/v1/openapi.json");
  assert.match(body.paths["/api/v1/users"].post.description, /Permission: users.manage/);
  assert.deepEqual(body.paths["/api/v1/auth/sign-in"].post.security, []);
  const { body: page } = await http.anonymous.get("/api/v1/docs");
  for (const path of Object.keys(body.paths)) assert.ok(page.includes(path), path);
  assert.ok(!page.includes("undefined"));
});

/** The HTTP status that refused the upgrade. */
async function refusal(socket: WebSocket): Promise<string | undefined> {
  const [error] = (await once(socket, "error")) as [Error];
  return /\d{3}/.exec(error.message)?.[0];
}

test("a WebSocket opens for who may, from our own pages, and closes with the server", async () => {
  await using http = await testHttp((_app, { http: { upgrades } }) => {
    upgrades.add({
      path: "/api/v1/echo",
      allow: "live.see",
      accept: (socket, _request, principal) => socket.send(`hello ${principal?.login}`),
    });
    upgrades.add({ path: "/sip", allow: "public", protocol: "sip", accept: (socket) => socket.close(1000) });
  });
  const [supervisor, agent] = [await http.as("supervisor"), await http.as("agent")];
  const port = await http.http.listen("127.0.0.1", 0);
  const open = (path: string, headers: Record<string, string>, protocol?: string) =>
    new WebSocket(`ws://127.0.0.1:${port}${path}`, protocol, { headers });
  assert.equal(await refusal(open("/api/v1/echo", {})), "401");
  assert.equal(await refusal(open("/api/v1/echo", agent.headers)), "403");
  const foreign = { ...supervisor.headers, origin: "https://evil.example" };
  assert.equal(await refusal(open("/api/v1/echo", foreign)), "403");
  assert.equal(await refusal(open("/nowhere", supervisor.headers)), "404");
  assert.equal(await refusal(open("/sip", {})), "400");
  const sip = open("/sip", {}, "sip");
  await once(sip, "open");
  assert.equal(sip.protocol, "sip");

  const echo = open("/api/v1/echo", { ...supervisor.headers, origin: `http://127.0.0.1:${port}` });
  const closed = once(echo, "close");
  const [hello] = (await once(echo, "message")) as [Buffer];
  assert.equal(hello.toString(), "hello supervisor1");
  await http.http[Symbol.asyncDispose]();
  const [code] = (await closed) as [number];
  assert.equal(code, 1001);
});
