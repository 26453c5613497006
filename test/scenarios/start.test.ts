import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { testDatabase } from "../kit/database.ts";
import { failServerProcess, startServerProcess, testFolder } from "../kit/server-process.ts";

async function signIn(url: string): Promise<{ status: number; headers: Record<string, string> }> {
  const answer = await fetch(`${url}/api/v1/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "admin", password: "waihu-demo" }),
  });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0]!;
  return { status: answer.status, headers: { cookie, "x-waihu": "1", "content-type": "application/json" } };
}

/** Asserts one clear sentence and an exit code that says failure. */
async function refused(env: Record<string, string>, sentence: RegExp): Promise<void> {
  const { code, said } = await failServerProcess(env);
  assert.match(said, sentence);
  assert.equal(said.trim().split("\n").length, 1, said);
  assert.equal(code, 1);
}

test("a start, a change, kill -9, and a start again: the change is there and no database is left behind", async () => {
  await using folder = testFolder();
  const env = { WAIHU_DATA: folder.path };
  const first = await startServerProcess(env);
  const { headers } = await signIn(first.url);
  const changed = await fetch(`${first.url}/api/v1/settings`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ companyName: "外呼公司" }),
  });
  assert.equal(changed.status, 200);
  const before = folder.postgres();
  await first.kill();

  await using second = await startServerProcess(env);
  const settings = (await (await fetch(`${second.url}/api/v1/settings`, { headers })).json()) as {
    companyName: string;
  };
  assert.equal(settings.companyName, "外呼公司");
  assert.deepEqual(
    folder.postgres().filter((pid) => before.includes(pid)),
    [],
  );

  await refused(env, /already runs on .* at http:\/\/localhost:\d+ \(process \d+\)/);
  assert.equal((await fetch(`${second.url}/healthz`)).status, 200);
  assert.equal(await second.stop(), 0);
  assert.deepEqual(folder.postgres(), []);
});

test("what stands in the way of a start is said in one sentence, and nothing is left running", async () => {
  await using folder = testFolder();
  const data = { WAIHU_DATA: folder.path };
  await using taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const port = String((taken.address() as AddressInfo).port);
  await refused({ ...data, WAIHU_PORT: port }, /Port \d+ for the web interface is taken.*WAIHU_PORT/);
  await refused({ ...data, WAIHU_SIP_PORT: port }, /Port \d+ for SIP is taken.*WAIHU_SIP_PORT/);
  assert.deepEqual(folder.postgres(), []);
  await Promise.all([
    refused(
      { ...data, DATABASE_URL: `postgres://u:secret@127.0.0.1:1/waihu` },
      /^(?!.*secret).*127.0.0.1:1.*nothing answers there/,
    ),
    refused({ ...data, DATABASE_URL: "mysql://somewhere" }, /DATABASE_URL wants the form/),
  ]);
  await Promise.all([
    refused(
      { WAIHU_DATA: `${import.meta.filename}/data` },
      /data folder .* cannot be written .ENOTDIR.*WAIHU_DATA/,
    ),
    refused({ ...data, WAIHU_PROT: "80" }, /no setting WAIHU_PROT/),
  ]);
});

test("a database whose past migrations differ is refused in one sentence and left as it is", async () => {
  await using folder = testFolder();
  await using database = await testDatabase();
  await database.pool.query("update migrations set checksum = 'another' where name like '0002%'");
  await refused(
    { WAIHU_DATA: folder.path, DATABASE_URL: database.url },
    /Migration 0002_trunks.sql was changed after it ran/,
  );
});
