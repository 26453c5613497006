import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { sql } from "kysely";
import type { WebhookBody } from "../../../shared/webhooks.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { until } from "../../../test/kit/until.ts";
import { manualClock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/ids.ts";
import { silentLog } from "../../kernel/log.ts";
import { createWebhookRelay } from "./relay.ts";
import { webhookRoutes } from "./routes.ts";

interface Got {
  headers: IncomingHttpHeaders;
  text: string;
  body: WebhookBody;
}

/** Another system: a real HTTP server that answers what `answer` says. */
async function receiver() {
  const got: Got[] = [];
  const bed: { got: Got[]; answer: (one: Got) => number; url: string } = { got, answer: () => 204, url: "" };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += String(part);
    const one = { headers: request.headers, text, body: JSON.parse(text) as WebhookBody };
    got.push(one);
    response.writeHead(bed.answer(one)).end("said so");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  bed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return Object.assign(bed, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function bed(clock = manualClock()) {
  let relay: ReturnType<typeof createWebhookRelay> | undefined;
  const http = await testHttp(
    (app, parts) => webhookRoutes(app, { ...parts, relay: { wake: () => relay?.wake() } }),
    clock,
  );
  const { database, events } = http;
  const admin = await http.as("administrator");
  const start = () => (relay = createWebhookRelay({ database, clock, events, log: silentLog }));
  start();

  async function call(phone = "+8613800138000") {
    const id = newId();
    await sql`insert into calls (id, direction, origin, state, phone, planned_at, agent_user_id)
      values (${id}, 'outbound', 'manual', 'dialling', ${phone}, ${new Date(clock.now())}, ${admin.userId})`.execute(
      database.db,
    );
    return id;
  }
  const step = (id: string, type: string, from: string, to: string) =>
    sql`insert into call_events (call_id, at, type, from_state, to_state, data)
      values (${id}, ${new Date(clock.now())}, ${type}, ${from}, ${to}, '{}')`.execute(database.db);
  async function whole(id: string) {
    await step(id, "ringing", "dialling", "ringing");
    await step(id, "answered", "ringing", "connecting");
    await step(id, "joined", "connecting", "talking");
    await step(id, "leg-ended", "talking", "wrap-up");
    await step(id, "summary", "wrap-up", "closed");
  }
  async function make(url: string, change: object = {}) {
    const events = ["call.ringing", "call.answered", "call.connected", "call.ended", "summary.saved"];
    const made = await admin.post("/api/v1/webhooks", { name: "crm", url, events, ...change });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body as { id: number; secret: string };
  }
  const row = async (id: number) => (await admin.get(`/api/v1/webhooks/${id}`)).body;
  return {
    ...http,
    admin,
    call,
    step,
    whole,
    make,
    row,
    wake: () => relay!.wake(),
    stop: async () => relay![Symbol.asyncDispose](),
    start,
    async [Symbol.asyncDispose]() {
      await relay![Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

test("what another system gave to a dial comes back to it, with the record's id there", async () => {
  await using crm = await receiver();
  await using http = await bed();
  await http.make(crm.url);
  const id = await http.call();
  const data = { externalId: "C-42", tab: 3 };
  await sql`update calls set client_data = ${JSON.stringify(data)} where id = ${id}`.execute(
    http.database.db,
  );
  await http.step(id, "ringing", "dialling", "ringing");
  http.wake();
  await until("it is told", () => crm.got.length === 1);
  const { body } = crm.got[0]!;
  assert.ok(body.type === "call.ringing");
  assert.deepEqual([body.data.call.data, body.data.call.externalId], [data, "C-42"]);
});

test("a call is told step by step, signed, once each, whatever was written while nobody looked", async () => {
  await using crm = await receiver();
  await using http = await bed();
  const old = await http.call();
  await http.whole(old);
  http.clock.advance(1000);
  const { secret } = await http.make(crm.url);
  await http.stop();
  const id = await http.call();
  await http.whole(id);
  http.start();
  http.wake();
  await until("all are told", () => crm.got.length === 5);
  assert.deepEqual(
    crm.got.map(({ body }) => body.type),
    ["call.ringing", "call.answered", "call.connected", "call.ended", "summary.saved"],
  );
  const { headers, text, body } = crm.got[0]!;
  assert.ok(
    body.type === "call.ringing" && body.data.call.id === id && body.data.call.phone === "+8613800138000",
  );
  const key = Buffer.from(secret.slice(6), "base64");
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${text}`;
  const signature = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  assert.equal(headers["webhook-signature"], signature);
  http.wake();
  const second = await http.call();
  await http.step(second, "ringing", "dialling", "ringing");
  http.wake();
  await until("the next is told", () => crm.got.length === 6);
  assert.equal(new Set(crm.got.map((one) => one.body.id)).size, 6, "nothing twice");
});

test("leads, callbacks and recordings are told of with their change, numbers masked; what was undone is not", async () => {
  await using crm = await receiver();
  const clock = manualClock();
  await using http = await bed(clock);
  const { database } = http;
  const events = ["callback.made", "callback.due", "callback.done", "recording.ready", "lead.changed"];
  await http.make(crm.url, { events, numbers: "masked" });
  const { rows } = await sql<{ id: number }>`
    with list as (insert into lists (name, country, columns, created_by)
      values ('fair', 'CN', '[]', ${http.admin.userId}) returning id)
    insert into leads (list_id, phone, name, time_zone, fields)
    select id, '+8613800138000', 'Grace', 'Asia/Shanghai', '{"external_id": "C-7"}' from list returning id`.execute(
    database.db,
  );
  const leadId = rows[0]!.id;
  const undone = database.transact(async (tx) => {
    await sql`update leads set status = 'excluded' where id = ${leadId}`.execute(tx);
    throw new Error("undone");
  });
  await assert.rejects(undone, /undone/);
  await sql`update leads set status = 'callback' where id = ${leadId}`.execute(database.db);
  await sql`update leads set attempts = 1 where id = ${leadId}`.execute(database.db);
  const promisedAt = new Date(clock.now() + 60_000);
  const callback = await sql<{ id: number }>`
    insert into callbacks (lead_id, phone, user_id, due_at, promised_at, note)
    values (${leadId}, '+8613800138000', ${http.admin.userId}, ${promisedAt}, ${promisedAt}, 'after lunch')
    returning id`.execute(database.db);
  const { id: callbackId } = callback.rows[0]!;
  const callId = await http.call();
  await sql`insert into recordings (id, call_id, path, state, started_at)
    values ('r-1', ${callId}, 'a.wav', 'recording', ${promisedAt})`.execute(database.db);
  await sql`update recordings set state = 'done', duration_ms = 1500, sha256 = 'ab' where id = 'r-1'`.execute(
    database.db,
  );
  http.wake();
  const told = () => crm.got.map(({ body }) => body.type).toSorted();
  await until("all is told", () => crm.got.length === 3);
  assert.deepEqual(told(), ["callback.made", "lead.changed", "recording.ready"]);
  const of = (type: string) => crm.got.find(({ body }) => body.type === type)!.body;
  const lead = of("lead.changed");
  assert.ok(lead.type === "lead.changed");
  assert.deepEqual(
    [lead.data.lead.from, lead.data.lead.status, lead.data.lead.phone, lead.data.lead.externalId],
    ["ready", "callback", "+86138****8000", "C-7"],
  );
  const recording = of("recording.ready");
  assert.ok(recording.type === "recording.ready");
  assert.deepEqual(
    [recording.data.recording.durationMs, recording.data.recording.path],
    [1500, "/api/v1/recordings/r-1/audio"],
  );

  // Its time comes once, however often it is looked at.
  clock.advance(61_000);
  http.wake();
  await until("it is due", () => crm.got.length === 4);
  clock.advance(61_000);
  await sql`update callbacks set state = 'done', closed_at = now(), close_reason = 'reached'
    where id = ${callbackId}`.execute(database.db);
  http.wake();
  await until("it is done", () => crm.got.length === 5);
  const [due, done] = crm.got.slice(3).map(({ body }) => body);
  assert.ok(due?.type === "callback.due" && done?.type === "callback.done");
  const { phone, agent, note, state } = due.data.callback;
  assert.deepEqual(
    [phone, agent?.id, note, state],
    ["+86138****8000", http.admin.userId, "after lunch", "waiting"],
  );
  assert.deepEqual([done.data.callback.state, done.data.callback.closeReason], ["done", "reached"]);
});

test("an address that is away keeps its events in order; one event that it cannot read stops only itself", async () => {
  await using crm = await receiver();
  await using http = await bed();
  const { id } = await http.make(crm.url, { numbers: "masked" });
  crm.answer = () => 503;
  const first = await http.call();
  await http.whole(first);
  http.wake();
  await until("it fails", async () => (await http.row(id)).failingSince);
  assert.deepEqual([(await http.row(id)).waiting, crm.got.length], [5, 1], "one at a time, none lost");
  crm.answer = ({ body }) => (body.type === "call.answered" ? 400 : 204);
  crm.got.length = 0;
  http.clock.advance(60_000);
  http.wake();
  await until("the first is told and the second refused", () => crm.got.length === 2);
  const other = await http.call("+8613900139000");
  await http.step(other, "ringing", "dialling", "ringing");
  http.wake();
  await until("another call is told meanwhile", () => crm.got.length >= 3);
  assert.equal(crm.got[2]!.text.includes("+8613900139000"), false, "masked");
  const attempts = async () => {
    const { items } = (await http.admin.get(`/api/v1/webhooks/${id}/deliveries`)).body;
    return items.find((one: { type: string }) => one.type === "call.answered").attempts as number;
  };
  for (let tries = 1; tries < 6; tries++) {
    await until("the attempt is written", async () => (await attempts()) === tries);
    http.clock.advance(3_600_000);
    http.wake();
  }
  await until("the rest follows", async () => (await http.row(id)).waiting === 0);
  const { failed, failingSince } = await http.row(id);
  assert.deepEqual([failed, failingSince], [1, null]);
  crm.answer = () => 204;
  const replayed = await http.admin.post(`/api/v1/webhooks/${id}/replay`, {
    from: new Date(0).toISOString(),
    to: new Date(http.clock.now() + 1).toISOString(),
  });
  assert.deepEqual(replayed.body, { events: 1 });
  await until("it is told after all", async () => (await http.row(id)).failed === 0);
});

test("an address that is gone is turned off; a new secret signs beside the old one; a test says how it went", async () => {
  await using crm = await receiver();
  await using http = await bed();
  const { id, secret } = await http.make(crm.url);
  const renewed = (await http.admin.post(`/api/v1/webhooks/${id}/secret`)).body as { secret: string };
  assert.notEqual(renewed.secret, secret);
  await http.admin.post(`/api/v1/webhooks/${id}/test`);
  await until("the test comes", () => crm.got.length === 1);
  assert.equal(String(crm.got[0]!.headers["webhook-signature"]).split(" ").length, 2);
  crm.answer = () => 410;
  await http.admin.post(`/api/v1/webhooks/${id}/test`);
  await until("it is off", async () => (await http.row(id)).offBecause === "gone");
  const told = (await http.admin.get(`/api/v1/webhooks/${id}/deliveries`)).body;
  assert.deepEqual(
    told.items.map((one: { state: string; status: number }) => [one.state, one.status]),
    [
      ["failed", 410],
      ["delivered", 204],
    ],
  );
  assert.equal((await (await http.as("manager")).get("/api/v1/webhooks")).status, 403);
  const refused = await http.admin.post("/api/v1/webhooks", {
    name: "x",
    url: "ftp://a/",
    events: ["call.ended"],
  });
  assert.equal(refused.status, 400);
});

test("the receiver of the documents takes what is signed for it, and nothing else", async () => {
  // The example looks at the wall clock: the server's says the same.
  await using http = await bed(manualClock(Date.now()));
  const made = await http.make("http://127.0.0.1:1/hook");
  const script = new URL("../../../docs/examples/webhook-receiver.mjs", import.meta.url).pathname;
  const run = spawn(process.execPath, [script, made.secret, "0"], { stdio: ["ignore", "pipe", "inherit"] });
  await using _stop = { [Symbol.asyncDispose]: async () => void run.kill() };
  let said = "";
  run.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const port = await until("it listens", () => /listening on (\d+)/.exec(said)?.[1]);
  const input = { name: "crm", url: `http://127.0.0.1:${port}/`, events: ["call.ended"] };
  await http.admin.put(`/api/v1/webhooks/${made.id}`, input);
  await http.admin.post(`/api/v1/webhooks/${made.id}/test`);
  await until("it prints the event", () => / test \{\}/.test(said));
  const forged = await fetch(input.url, { method: "POST", body: "{}", headers: { "webhook-id": "evt_1" } });
  assert.equal(forged.status, 401);
});
