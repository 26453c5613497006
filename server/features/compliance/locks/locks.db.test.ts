import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testHttp } from "../../../../test/kit/http.ts";
import { addDoNotCall, decideCalls } from "../index.ts";
import { lockRoutes } from "./routes.ts";

test("a lead that a manager locks is dialled on none of its numbers, until the lock ends or is lifted; an entry of its own stays", async () => {
  await using http = await testHttp((app, parts) => lockRoutes(app, parts));
  const { database, clock } = http;
  const phones = ["+8613800138000", "+8613800138001"] as const;
  const { rows } = await sql<{ id: number }>`
    with list as (insert into lists (name, country) values ('L', 'CN') returning id)
    insert into leads (list_id, phone, more_phones, time_zone)
    select id, ${phones[0]}, array[${phones[1]}]::text[], 'Asia/Shanghai' from list returning id`.execute(
    database.db,
  );
  const path = `/api/v1/leads/${rows[0]!.id}/locks`;
  const manager = await http.as("manager");
  const supervisor = await http.as("supervisor");
  const refusal = async (phone: string, at = clock.now()) => {
    const [row] = await database.transact((tx) =>
      decideCalls(
        tx,
        [
          {
            callId: "c",
            origin: "callback",
            phone,
            timeZone: "Asia/Shanghai",
            campaignId: null,
            leadId: null,
            customerId: null,
            agentGuaranteed: true,
            leadAttempts: 0,
            rules: null,
          },
        ],
        at,
        { dry: true },
      ),
    );
    const reason = row!.decision.reasons.find(({ rule }) => rule === "do-not-call")!;
    return reason.allowed ? null : { ...reason.detail, retryAt: row!.decision.retryAt };
  };
  const until = new Date(clock.now() + 86_400_000).toISOString();
  const past = new Date(clock.now() - 1).toISOString();
  assert.equal((await supervisor.post(path, { reason: "moved" })).status, 403);
  assert.equal((await manager.post(path, { reason: " " })).status, 400);
  assert.equal(
    (await manager.post(path, { reason: "moved", until: past })).body.error.code,
    "lock-in-the-past",
  );
  assert.equal((await manager.post(path, { reason: "moved", until })).status, 204);
  for (const phone of phones) {
    const found = await refusal(phone);
    assert.deepEqual([found?.["source" as never], found?.["reason" as never]], ["lock", "moved"]);
    assert.equal(await refusal(phone, clock.now() + 86_400_000), null, "it ends by itself");
  }
  // The person themselves says "never again": lifting the lock does not undo that.
  const entry = { campaignId: null, source: "person", reason: "", expiresAt: null, createdBy: null };
  await database.transact((tx) => addDoNotCall(tx, [{ ...entry, phone: phones[0] }]));
  assert.equal((await manager.post(path, { reason: "for good" })).status, 204);
  const shown = (await supervisor.get(path)).body.items;
  assert.deepEqual(
    shown.map((lock: { reason: string; until: string | null }) => [lock.reason, lock.until]),
    [
      ["for good", null],
      ["for good", null],
    ],
  );
  assert.equal((await supervisor.post(`${path}/lift`, { reason: "back" })).status, 403);
  assert.equal((await manager.post(`${path}/lift`, { reason: "back" })).status, 204);
  assert.equal((await manager.post(`${path}/lift`, { reason: "back" })).body.error.code, "no-lock");
  assert.deepEqual(
    [(await refusal(phones[0]))?.["source" as never], await refusal(phones[1])],
    ["person", null],
  );
  const told = await sql<{ action: string }>`
    select action from audit_log where noun = 'lead' order by id`.execute(database.db);
  assert.deepEqual(
    told.rows.map(({ action }) => action),
    ["lead.locked", "lead.locked", "lead.unlocked"],
  );
});
