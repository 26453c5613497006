import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../../../test/kit/database.ts";
import { excludeLead } from "./change-lead.ts";
import { giveBackHeld, holdLeads, takeHeld } from "./queries-buffer.ts";
import { claimLead, claimLeads } from "./queries-claim.ts";
import { countLeads } from "./queries-counts.ts";

const now = Date.UTC(2026, 0, 5, 10);

test("held leads are ready for all but claims: counted so, taken by hand, gone when excluded, given back as they were", async () => {
  await using database = await testDatabase();
  const { rows: lists } = await sql<{ id: number }>`
    insert into lists (name, country) values ('held', 'CN') returning id`.execute(database.db);
  const list = lists[0]!.id;
  await sql`insert into leads (list_id, phone, time_zone)
    select ${list}, '+861380013900' || n, 'Asia/Shanghai' from generate_series(1, 6) n`.execute(database.db);
  const claim = (count: number) =>
    database.transact(async (tx) => {
      const found = { listIds: [list], count, now, zones: ["Asia/Shanghai"], maxAttempts: 5 };
      return claimLeads(tx, found);
    });
  const held = await database.transact(async (tx) => {
    const found = { listIds: [list], count: 5, now, zones: ["Asia/Shanghai"], maxAttempts: 5 };
    const leads = await claimLeads(tx, found);
    await holdLeads(
      tx,
      leads.map((lead) => lead.callId),
    );
    return leads;
  });
  const counts = async () => {
    const { ready, claimed } = (await countLeads(database.db, [list])).get(list)!;
    return { ready, claimed };
  };
  assert.deepEqual(await counts(), { ready: 6, claimed: 0 });
  assert.equal((await claim(9)).length, 1, "no claim takes them");

  const [chosen, byHand, excluded, later, back] = held;
  const taken = await database.transact((tx) => claimLead(tx, byHand!.id, "by hand"));
  assert.equal(taken?.callId, "by hand");
  const by = { userId: null, at: new Date(now) };
  await database.transact((tx) => excludeLead(tx, excluded!.id, "test", by));
  await sql`update leads set due_at = ${new Date(now + 60_000)} where id = ${later!.id}`.execute(database.db);
  const asked = [later, excluded, byHand, chosen].map((lead) => lead!.callId);
  const dialled = await database.transact((tx) => takeHeld(tx, asked, { phoneOrder: [], now }));
  assert.deepEqual(
    dialled.map((lead) => lead.callId),
    [chosen!.callId],
  );
  assert.deepEqual(await counts(), { ready: 2, claimed: 3 });
  await database.transact((tx) => giveBackHeld(tx));
  const again = await claim(9);
  assert.deepEqual(
    again.map((lead) => [lead.id, lead.attempts]),
    [[back!.id, 0]],
  );
});
