import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { manualClock } from "../../kernel/clock.ts";
import { silentLog } from "../../kernel/log.ts";
import { expireTexts, insertSms, smsCountOf, smsRoutes, smsWaiting } from "./index.ts";

const hourMs = 3_600_000;
const phone = "+8613800138000";

test("a text message waits where operators see that nothing delivers it, is cancelled by hand, or expires", async () => {
  await using http = await testHttp(smsRoutes);
  const { database, clock } = http;
  const put = (body: string, ageMs: number) =>
    database.transact((tx) =>
      insertSms(tx, { phone, body, callId: null, at: new Date(clock.now() - ageMs) }),
    );
  await put("one", 23 * hourMs);
  await put("two", 0);
  await put("three", 0);
  const manager = await http.as("manager");
  const list = async (query = "") => (await manager.get(`/api/v1/sms${query}`)).body;
  const { items, ...rest } = await list("?pageSize=2");
  assert.deepEqual(rest, { total: 3, waiting: 3, channel: null });
  assert.deepEqual(
    items.map(({ body, state }: { body: string; state: string }) => [body, state]),
    [
      ["three", "waiting"],
      ["two", "waiting"],
    ],
  );
  assert.equal((await manager.delete(`/api/v1/sms/${items[0].id}`)).status, 204);
  const again = await manager.delete(`/api/v1/sms/${items[0].id}`);
  assert.deepEqual([again.status, again.body.error.code], [409, "sms-not-waiting"]);
  assert.equal((await (await http.as("agent")).get("/api/v1/sms")).status, 403);

  /** As if it were so much later. */
  const lookAfter = async (ms: number) => {
    const then = manualClock(clock.now() + ms);
    await using _expiring = expireTexts({ database, clock: then, log: silentLog });
    then.advance(60_000);
  };
  await lookAfter(2 * hourMs);
  const states = async () =>
    (await list()).items.map(({ body, state }: { body: string; state: string }) => `${body} ${state}`);
  assert.deepEqual(await states(), ["three cancelled", "two waiting", "one expired"]);
  assert.deepEqual([(await list("?state=waiting")).total, await smsWaiting(database.db)], [1, 1]);
  assert.equal(await smsCountOf(database.db, phone, new Date(clock.now() - hourMs)), 2);
  await lookAfter(32 * 24 * hourMs);
  assert.deepEqual(await states(), ["two expired"]);
});
