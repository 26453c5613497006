import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { testDatabase } from "../kit/database.ts";
import { startServerProcess, testFolder } from "../kit/server-process.ts";
import { tcpRelay } from "../kit/tcp-relay.ts";

test("while a server cannot reach its database another takes it: the first stops with one sentence", async () => {
  await using database = await testDatabase();
  const at = new URL(database.url);
  await using relay = await tcpRelay({ host: at.hostname, port: Number(at.port) });
  at.host = `127.0.0.1:${relay.port}`;
  await using folders = new AsyncDisposableStack();
  const start = (url: string) =>
    startServerProcess({
      DATABASE_URL: url,
      WAIHU_DATA: folders.use(testFolder()).path,
      WAIHU_DEMO: "off",
      WAIHU_LOG_LEVEL: "silent",
    });
  await using first = await start(at.href);
  const exit = once(first.process, "exit");
  relay.cut();
  await using second = await start(database.url);
  relay.mend();
  const [code] = (await exit) as [number];
  assert.equal(code, 1);
  assert.match(
    await first.complaints,
    /^Another Waihu server has taken the database .* so that nobody is called twice\.\n$/,
  );
  assert.equal((await fetch(`${second.url}/healthz`)).status, 200);
});
