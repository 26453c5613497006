import "../tables.ts";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { manualClock } from "../../../kernel/clock.ts";
import { type TestDatabase, testDatabase } from "../../../../test/kit/database.ts";
import {
  type LeadCondition,
  type LeadConditions,
  leadConditions,
} from "../../../../shared/lead-conditions.ts";
import { silentLog } from "../../../kernel/log.ts";
import { changeLead } from "../change-lead.ts";
import { findNumberKinds } from "../number-kinds.ts";
import { releaseLead } from "../queries-attempt.ts";
import { claimLeads } from "../queries-claim.ts";
import { findFilterHeads } from "../queries-counts.ts";
import { compileConditions } from "./compile.ts";
import { keepFilterSets } from "./keep-sets.ts";
import { filterSetOf, type WantedSet } from "./queries-sets.ts";

const now = Date.UTC(2026, 0, 5, 10);
const shanghai = "Asia/Shanghai";
const campaignId = 1;
let database: TestDatabase;
let listId: number;
before(async () => {
  database = await testDatabase();
  await sql`insert into campaigns (name, mode, hours, attempts, retries)
    values ('filtered', 'progressive', '{}', '{}', '{}')`.execute(database.db);
  const list = await sql<{
    id: number;
  }>`insert into lists (name, country) values ('l', 'CN') returning id`.execute(database.db);
  listId = list.rows[0]!.id;
});
after(() => database[Symbol.asyncDispose]());

interface Given {
  fields?: Record<string, string>;
  name?: string;
  attempts?: number;
}
let serial = 0;
async function addLead({ fields = {}, name = "", attempts = 0 }: Given): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into leads (list_id, phone, time_zone, name, fields, attempts) values (${listId},
      ${`+86138${String(++serial).padStart(8, "0")}`}, ${shanghai}, ${name}, ${JSON.stringify(fields)}, ${attempts})
    returning id`.execute(database.db);
  return rows[0]!.id;
}
const given = (field: string, op: LeadCondition["op"], ...values: string[]): LeadCondition => ({
  field,
  op,
  values,
});
const all = (...of: LeadConditions["of"]): LeadConditions => ({ match: "all", of });
const any = (...of: LeadConditions["of"]): LeadConditions => ({ match: "any", of });

test("conditions keep what they say, in groups, and text that is no number or day fails the comparison", async () => {
  const ids = [
    await addLead({ name: "张伟", fields: { city: "北京", amount: "1200.50", due: "2026-01-02" } }),
    await addLead({ name: "100% sure", fields: { city: "上海", amount: "80" }, attempts: 2 }),
    await addLead({ name: "O'Hara; drop table leads", fields: { amount: "much", due: "soon" } }),
  ];
  const keeps = async (conditions: LeadConditions) => {
    const parsed = leadConditions.parse(conditions);
    const { rows } = await sql<{ id: number }>`
      select id from leads l where id = any(${ids}::bigint[]) and ${compileConditions(parsed, "l", now)}
      order by id`.execute(database.db);
    return rows.map((row) => ids.indexOf(row.id));
  };
  assert.deepEqual(await keeps(all()), [0, 1, 2]);
  assert.deepEqual(await keeps(all(given("field:city", "is", "北京", "上海"))), [0, 1]);
  assert.deepEqual(await keeps(all(given("field:city", "is-not", "北京"))), [1, 2]);
  assert.deepEqual(await keeps(all(given("field:amount", "at-least", "100"))), [0]);
  assert.deepEqual(await keeps(all(given("field:amount", "at-most", "100"))), [1]);
  assert.deepEqual(await keeps(all(given("field:due", "in-last-days", "7"))), [0]);
  assert.deepEqual(await keeps(all(given("field:due", "before", "2026-01-02"))), []);
  assert.deepEqual(await keeps(all(given("name", "contains", "0%"))), [1]);
  assert.deepEqual(await keeps(all(given("name", "contains", "'hara; DROP"))), [2]);
  assert.deepEqual(await keeps(all(given("lastAttemptAt", "not-in-last-days", "3"))), [0, 1, 2]);
  assert.deepEqual(
    await keeps(
      any(given("attempts", "is", "2"), all(given("field:city", "is-filled"), given("name", "is", "张伟"))),
    ),
    [0, 1],
  );
  for (const wrong of [
    all(given("password", "is", "x")),
    all(given("attempts", "contains", "1")),
    all(given("attempts", "at-least", "many")),
    all(given("createdAt", "before", "yesterday")),
    all(all(all(all(all())))),
  ])
    assert.equal(leadConditions.safeParse(wrong).success, false, JSON.stringify(wrong));
});

test("the kind of a lead's first number is found for those that came without, and again when it changes", async () => {
  const insert = (phone: string, kinds: string[] = [], kind: string | null = null) =>
    sql<{ id: number }>`insert into leads (list_id, phone, phone_kinds, number_kind, time_zone)
      values (${listId}, ${phone}, ${kinds}, ${kind}, ${shanghai}) returning id`
      .execute(database.db)
      .then(({ rows }) => rows[0]!.id);
  const ids = [
    await insert("+8613700000001"),
    await insert("+861088886666"),
    await insert("+8613700000002", ["work"]),
    await insert("+8613700000003", [], "other"),
  ];
  const kept = async (kind: string) => {
    for (let last: number | null = 0; last !== null;)
      last = await database.transact((tx) => findNumberKinds(tx, last!));
    const where = compileConditions(leadConditions.parse(all(given("numberKind", "is", kind))), "l", now);
    const { rows } = await sql<{ id: number }>`
      select id from leads l where id = any(${ids}::bigint[]) and ${where} order by id`.execute(database.db);
    return rows.map((row) => ids.indexOf(row.id));
  };
  assert.deepEqual([await kept("mobile"), await kept("home"), await kept("work")], [[0], [1], [2]]);
  assert.deepEqual(await kept("other"), [3], "what an import wrote stays");
  await sql`update leads set phone = '+862188886666' where id = ${ids[0]}`.execute(database.db);
  await sql`update leads set phone_kinds = '{mobile}' where id = ${ids[2]}`.execute(database.db);
  assert.deepEqual([await kept("home"), await kept("mobile"), await kept("work")], [[0, 1], [2], []]);
});

const city = (name: string) => all(given("field:city", "is", name));

test("a claim takes what the filter keeps, whatever happens to leads, to the filter and to the server", async () => {
  await sql`delete from leads`.execute(database.db);
  const clock = manualClock(now);
  let wanted: WantedSet[] = [];
  const keeper = () => keepFilterSets({ database, clock, log: silentLog, wanted: async () => wanted });
  await using sets = keeper();
  const use = async (filter: LeadConditions) => {
    wanted = [{ campaignId, filter, listIds: [listId] }];
    await sets.settle();
  };
  const claim = async (filter: LeadConditions, count = 50) => {
    const setId = await filterSetOf(database.db, campaignId, filter);
    const where = compileConditions(filter, "l", now);
    const leads = await database.transact((tx) =>
      claimLeads(tx, {
        listIds: [listId],
        count,
        now,
        zones: [shanghai],
        maxAttempts: 5,
        filter: { setId, where },
      }),
    );
    return leads.map(({ id, callId }) => ({ id, callId }));
  };
  const north = [await addLead({ fields: { city: "north" } }), await addLead({ fields: { city: "north" } })];
  const south = await addLead({ fields: { city: "south" } });

  const findHeads = async () => assert.equal(await database.transact(findFilterHeads), true);
  // No set yet: nothing, rather than everything.
  assert.deepEqual(await claim(city("north")), []);
  await use(city("north"));
  await findHeads();
  const first = await claim(city("north"), 1);
  assert.deepEqual(
    first.map((lead) => lead.id),
    [north[0]],
  );
  // Where the set begins is found behind it, and lowered for what comes back before that.
  await findHeads();
  // Given back, added and changed leads come in; one that was changed away does not, even before the set knows.
  await database.transact((tx) => releaseLead(tx, { leadId: first[0]!.id, callId: first[0]!.callId }));
  const added = await addLead({ fields: { city: "north" } });
  await sets.settle();
  const by = { userId: null, at: new Date(now) };
  await database.transact((tx) => changeLead(tx, north[1]!, { fields: { city: "east" } }, by));
  await sql`insert into filter_queue select q.lead_id, s.id, q.list_id, q.time_zone, q.priority, q.due_at
    from lead_queue q, filter_sets s where q.lead_id = ${north[1]}`.execute(database.db);
  assert.deepEqual(
    (await claim(city("north"))).map((lead) => lead.id),
    [north[0], added],
  );
  const { rows: queued } = await sql<{ n: number }>`
    select count(*) as n from lead_queue where lead_id = ${north[1]}`.execute(database.db);
  assert.equal(queued[0]!.n, 1);

  // Another filter takes effect with the next step, after a restart as well; the old set is swept away.
  wanted = [{ campaignId, filter: city("south"), listIds: [listId] }];
  await using again = keeper();
  await again.settle();
  assert.deepEqual(
    (await claim(city("south"))).map((lead) => lead.id),
    [south],
  );
  const { rows: left } = await sql<{ sets: number; members: number }>`
    select (select count(*) from filter_sets) as sets, (select count(*) from filter_queue) as members`.execute(
    database.db,
  );
  assert.deepEqual(left, [{ sets: 1, members: 0 }]);
  // Without campaigns that filter, changes to leads leave no work behind.
  wanted = [];
  await again.settle();
  await addLead({ fields: { city: "south" } });
  const { rows: work } = await sql`select from filter_work`.execute(database.db);
  assert.equal(work.length, 0);
});
