import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { type IvrBlock, ivrBlock } from "../../../shared/ivr/blocks.ts";
import { testDatabase } from "../../../test/kit/database.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { silentLog } from "../../kernel/log.ts";
import { createDatabases, numbered } from "./ask-database.ts";
import { type AskedBlock, askOutside, type Outside } from "./ask-outside.ts";
import { fetchBounded, isInside } from "./fetch-bounded.ts";
import { ivrOutsideRoutes } from "./index.ts";
import { createScripts } from "./run-script.ts";

async function service(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
const block = (kind: IvrBlock["kind"], more: object) =>
  ivrBlock.parse({ kind, id: "b", speech: {}, ...more }) as AskedBlock;
const nowhere: Outside = {
  databases: { ask: async () => ({ failed: "database" }) },
  scripts: { run: async () => ({ error: "none" }) },
  urlOf: () => undefined,
  allowedHosts: () => [],
};

test("a service that answers, refuses, lies, hangs or never ends", async () => {
  const seen: string[] = [];
  await using crm = await service((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const name = request.url!.split("?")[0];
    if (name === "/hangs") return;
    if (name === "/huge") {
      const piece = Buffer.alloc(65_536, "x");
      const more = () => void (response.destroyed || response.write(piece, more));
      more();
      return;
    }
    if (name === "/away") return void response.writeHead(302, { location: "http://10.0.0.1/" }).end();
    if (name === "/unknown") return void response.writeHead(404).end();
    if (name === "/broken") return void response.writeHead(500).end("no");
    if (name === "/lies") return void response.end("<html>");
    response.end(JSON.stringify({ data: { balance: 12.5, items: [{ name: "phone" }] } }));
  });
  const outside = { ...nowhere, allowedHosts: () => [crm.host] };
  const values = { order: "1 2&x=3", pin: "4711" };
  const ask = (path: string, more: object = {}) =>
    askOutside(outside, block("http", { url: `${crm.url}${path}`, timeoutMs: 500, ...more }), values);
  const saves = [
    { variable: "balance", from: "data.balance" },
    { variable: "item", from: "data.items.0.name" },
    { variable: "gone", from: "data.gone.deep" },
  ];
  assert.deepEqual(await ask("/ok?order={{order}}", { saves }), {
    exit: "ok",
    set: { balance: "12.5", item: "phone", gone: "" },
  });
  assert.equal(seen.at(-1), "GET /ok?order=1%202%26x%3D3");
  const exits = await Promise.all(
    ["/hangs", "/huge", "/away", "/broken"].map(async (path) => (await ask(path)).exit),
  );
  assert.deepEqual(exits, ["timeout", "failed", "failed", "failed"]);
  assert.deepEqual(await ask("/lies", { saves }), { exit: "failed", set: {}, why: "no JSON" });
  assert.equal((await ask("/huge", { timeoutMs: 20_000 })).why, "big");
  const known = (path: string) =>
    askOutside(
      outside,
      block("verify", { variable: "pin", by: { kind: "http", url: `${crm.url}${path}` } }),
      values,
    );
  const verdicts = await Promise.all(
    ["/ok", "/unknown", "/broken"].map(async (path) => (await known(path)).exit),
  );
  assert.deepEqual(verdicts, ["verified", "failed", "unavailable"]);
  // Without leave nothing inside the company is asked, by whatever name.
  for (const url of [
    crm.url,
    crm.url.replace("127.0.0.1", "localhost"),
    "http://[::ffff:127.0.0.1]/",
    "file:///etc/passwd",
  ]) {
    const asked = { method: "GET", url, headers: {}, body: "", timeoutMs: 10_000, allowed: [] } as const;
    assert.deepEqual(await fetchBounded(asked), { failed: "refused" }, url);
  }
  assert.deepEqual(
    ["10.1.2.3", "172.31.0.1", "fd00::1", "::ffff:192.168.0.1", "8.8.8.8", "2001:4860::1"].map(isInside),
    [true, true, true, true, false, false],
  );
});

test("a database is asked and never changed, and one that hangs or goes is a way out", async () => {
  await using bound = await testDatabase();
  await using databases = createDatabases({ log: silentLog });
  await bound.pool.query(
    "create table policies (number text, holder text); insert into policies values ('42', 'Ana')",
  );
  const at = { id: 1, url: bound.url };
  const ask = (query: string, timeoutMs = 5000) => databases.ask(at, query, { order: "42" }, timeoutMs);
  assert.deepEqual(await ask("select holder from policies where number = :order::text;"), {
    rows: [{ holder: "Ana" }],
  });
  assert.deepEqual(await ask("select holder from policies where number = 'x'"), { rows: [] });
  for (const query of [
    "insert into policies values ('1', 'x') returning number",
    "with gone as (delete from policies returning *) select * from gone",
    "select 1) as answer; delete from policies; select (1",
    "select set_config('transaction_read_only', 'off', false)",
  ])
    assert.deepEqual(await ask(query), { failed: "database" }, query);
  assert.deepEqual(await ask("select pg_sleep(30)", 300), { failed: "timeout" });
  const many = await ask("select n from generate_series(1, 100000) n");
  assert.equal("rows" in many && many.rows.length, 20);
  assert.equal((await bound.pool.query("select * from policies")).rows.length, 1);
  assert.deepEqual(numbered("select ':no', \"::\", :a.b, :c::date, :a.b", { "a.b": "1" }), {
    text: "select ':no', \"::\", $1, $2::date, $1",
    values: ["1", null],
  });
  const gone = { id: 2, url: "postgresql://nobody@127.0.0.1:1/none" };
  assert.deepEqual(await databases.ask(gone, "select 1", {}, 1000), { failed: "database" });
  const outside = { ...nowhere, databases, urlOf: () => bound.url };
  const query = "select holder from policies where number = :order";
  const saves = [{ variable: "holder", from: "holder" }];
  const found = await askOutside(outside, block("sql", { databaseId: 1, query, saves }), { order: "42" });
  assert.deepEqual(found, { exit: "found", set: { holder: "Ana" } });
  const by = { kind: "sql", databaseId: 1, query };
  const proof = block("verify", { variable: "order", what: "order", by });
  const verdicts = await Promise.all(
    ["42", "43"].map(async (order) => (await askOutside(outside, proof, { order })).exit),
  );
  assert.deepEqual(verdicts, ["verified", "failed"]);
});

test("a script decides and sets; one that never ends, eats memory or reaches out fails alone", async () => {
  await using scripts = createScripts({ log: silentLog });
  const outside = { ...nowhere, scripts };
  const run = (code: string) =>
    askOutside(outside, block("script", { code, outcomes: ["high", "low"] }), {
      amount: "120",
      "caller.name": "Ana",
    });
  assert.deepEqual(
    await run(
      "vars.rest = Number(vars.amount) - 100; vars.who = vars['caller.name']; return vars.rest > 10 ? 'high' : 'low'",
    ),
    {
      exit: "high",
      set: { amount: "120", rest: "20", who: "Ana" },
    },
  );
  for (const code of [
    "while (true) {}",
    "const all = []; while (true) all.push(new Array(100000).fill('x'))",
    "(function deep() { deep() })()",
    "return process.env.HOME",
    "return require('fs')",
    "import('fs')\nthrow new Error('no')",
    "syntax error",
    "const self = {}; self.self = self; vars.loop = self",
  ])
    assert.equal((await run(code)).exit, "failed", code);
  assert.deepEqual((await run("return 'low'")).exit, "low");
});

test("databases and hosts are an administrator's; a password is never shown", async () => {
  let told = 0;
  await using http = await testHttp((app, parts) => {
    ivrOutsideRoutes(app, { ...parts, ivr: { refresh: async () => void told++ } });
  });
  const [admin, manager] = [await http.as("administrator"), await http.as("manager")];
  const input = { name: "CRM", url: "postgresql://reader:secret@db.inside:5433/crm" };
  assert.equal((await manager.post("/api/v1/ivr/databases", input)).status, 403);
  assert.equal((await admin.post("/api/v1/ivr/databases", input)).status, 201);
  const { body } = await manager.get("/api/v1/ivr/databases");
  assert.deepEqual(
    [body.items[0].name, body.items[0].host, JSON.stringify(body).includes("secret")],
    ["CRM", "db.inside:5433", false],
  );
  assert.equal((await admin.put("/api/v1/ivr/hosts", { hosts: ["crm.inside"] })).status, 200);
  assert.deepEqual((await admin.get("/api/v1/ivr/hosts")).body, {
    hosts: ["crm.inside"],
    flows: { "crm.inside": [] },
  });
  const path = `/api/v1/ivr/databases/${body.items[0].id}`;
  const renamed = await admin.put(path, { name: "Customers" });
  assert.deepEqual(
    [renamed.body.items[0].name, renamed.body.items[0].user, JSON.stringify(renamed.body).includes("secret")],
    ["Customers", "reader", false],
  );
  const tried = await admin.post("/api/v1/ivr/databases/test", { url: "postgresql://a:b@127.0.0.1:1/c" });
  assert.deepEqual([tried.body.ok, tried.body.why], [false, "unreachable"]);
  assert.equal((await admin.delete(`/api/v1/ivr/databases/${body.items[0].id}`)).status, 204);
  assert.equal(told, 4);
});
