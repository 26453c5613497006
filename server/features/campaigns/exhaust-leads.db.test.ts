import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { campaignInput } from "../../../shared/campaigns.ts";
import { testDatabase } from "../../../test/kit/database.ts";
import { campaignTemplateIn, createCampaign, exhaustLeads } from "./index.ts";

test("leads that no campaign of their list may try any more leave the queue, and come back when a limit is raised", async () => {
  await using database = await testDatabase();
  const { db } = database;
  const { rows: lists } = await sql<{ id: number }>`
    insert into lists (name, country) values ('shared', 'CN'), ('other', 'CN') returning id`.execute(db);
  const [shared, other] = [lists[0]!.id, lists[1]!.id];
  for (const list of [shared, other])
    await sql`insert into leads (list_id, phone, time_zone, attempts)
      select ${list}, '+86138000000' || lpad(n::text, 2, '0'), 'Asia/Shanghai', n from generate_series(0, 5) n`.execute(
      db,
    );
  const make = async (perLead: number, listIds: number[]) => {
    const attempts = { perLead, perNumberPerDay: 9, minGapMs: 0 };
    const input = {
      ...campaignTemplateIn("en"),
      name: `at most ${perLead}`,
      mode: "progressive",
      attempts,
      listIds,
    };
    return (await database.transact((tx) => createCampaign(tx, campaignInput.parse(input), null))).id;
  };
  const set = (id: number, change: { perLead?: number; untilReached?: boolean; status?: string }) =>
    sql`update campaigns set
      attempts = attempts || ${JSON.stringify(change.perLead ? { perLead: change.perLead } : {})}::jsonb,
      retries = retries || ${JSON.stringify(change.untilReached ? { busy: { delayMs: 60_000, tries: 1, untilReached: true } } : {})}::jsonb,
      status = coalesce(${change.status ?? null}::text, status) where id = ${id}`.execute(db);
  /** How many tries the leads have that wait in the queue, and those that are out. */
  const look = async (list: number) => {
    await database.transact(exhaustLeads);
    const { rows } = await sql<{ queued: number[]; out: number[] }>`
      select array(select attempts from lead_queue where list_id = ${list} order by 1) as queued,
        array(select attempts from leads where list_id = ${list} and status = 'done'
          and status_reason = 'attempt-limit' order by 1) as out`.execute(db);
    return rows[0]!;
  };
  const [three, five] = [await make(3, [shared, other]), await make(5, [shared])];
  assert.deepEqual((await look(shared)).out, [], "nobody dials the list");
  await set(three, { status: "running" });
  // The other campaign of the list may try five times, though it stands still.
  assert.deepEqual(await look(shared), { queued: [0, 1, 2, 3, 4], out: [5] });
  assert.deepEqual(await look(other), { queued: [0, 1, 2], out: [3, 4, 5] });
  await set(five, { perLead: 2 });
  assert.deepEqual(await look(shared), { queued: [0, 1, 2], out: [3, 4, 5] });
  await set(three, { perLead: 4 });
  assert.deepEqual(await look(shared), { queued: [0, 1, 2, 3], out: [4, 5] });
  await set(five, { untilReached: true });
  assert.deepEqual(await look(shared), { queued: [0, 1, 2, 3, 4, 5], out: [] });
  // Leads that their own rules ended stay ended.
  await sql`update leads set status = 'done', status_reason = 'attempts' where list_id = ${shared}`.execute(
    db,
  );
  assert.deepEqual(await look(shared), { queued: [], out: [] });
});
