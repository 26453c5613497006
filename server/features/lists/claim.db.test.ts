import "./tables.ts";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { until } from "../../../test/kit/until.ts";
import type { Tx } from "../../kernel/db.ts";
import { AppError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { seededRandom } from "../../kernel/random.ts";
import { leadAssignment, type LeadAssignment } from "../../../shared/assign-leads.ts";
import { assignLeads } from "./assign-leads.ts";
import { activateLead, changeLead, excludeLead } from "./change-lead.ts";
import { finishLead, releaseLead } from "./queries-attempt.ts";
import { claimLead, claimLeads, claimedLeads, zonesByList } from "./queries-claim.ts";
import { countLeads, findQueueHeads, foldLeadCounts } from "./queries-counts.ts";
import { leadStatus } from "./lead-row.ts";

const now = Date.UTC(2026, 0, 5, 10);
const shanghai = "Asia/Shanghai";
let database: TestDatabase;
before(async () => void (database = await testDatabase()));
after(() => database[Symbol.asyncDispose]());

async function makeList(name: string): Promise<number> {
  const row = await database.db
    .insertInto("lists")
    .values({ name, country: "CN", columns: "[]" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

let serial = 0;
interface Given {
  priority?: number;
  timeZone?: string;
  dueAt?: number;
  attempts?: number;
  owner?: number;
}
async function makeLead(listId: number, name: string, given: Given = {}): Promise<number> {
  const row = await database.db
    .insertInto("leads")
    .values({
      list_id: listId,
      name,
      phone: `+86138${String(++serial).padStart(8, "0")}`,
      time_zone: given.timeZone ?? shanghai,
      priority: given.priority ?? 5,
      attempts: given.attempts ?? 0,
      ...(given.dueAt !== undefined && { due_at: new Date(given.dueAt) }),
      owner_user_id: given.owner ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

const claim = (listIds: number[], change: Partial<Parameters<typeof claimLeads>[1]> = {}) =>
  database.transact((tx) =>
    claimLeads(tx, { listIds, count: 50, now, zones: [shanghai], maxAttempts: 5, ...change }),
  );

test("leads come by list, priority, due retries and age; what may not be dialled now stays", async () => {
  const [first, second] = [await makeList("first"), await makeList("second")];
  await makeLead(second, "other list", { priority: 9 });
  await makeLead(first, "fresh");
  await makeLead(first, "retry", { dueAt: now - 1000, attempts: 1 });
  await makeLead(first, "earlier retry", { dueAt: now - 2000, attempts: 1 });
  await makeLead(first, "urgent", { priority: 8 });
  await makeLead(first, "due later", { dueAt: now + 1 });
  await makeLead(first, "asleep", { timeZone: "America/New_York", priority: 9 });
  await makeLead(first, "used up", { attempts: 5 });

  assert.deepEqual((await zonesByList(database.db, [first])).get(first)!.sort(), [
    "America/New_York",
    shanghai,
  ]);
  const leads = await claim([first, second]);
  assert.deepEqual(
    leads.map((lead) => lead.name),
    ["urgent", "earlier retry", "retry", "fresh", "other list"],
  );
  assert.equal(new Set(leads.map((lead) => lead.callId)).size, 5);
  assert.deepEqual(await claim([first, second]), []);
  const held = new Map((await claimedLeads(database.db)).map((lead) => [lead.id, lead.callId]));
  for (const lead of leads) assert.equal(held.get(lead.id), lead.callId);
});

test("an agent's own leads come first, and to nobody else", async () => {
  const list = await makeList("owned");
  const user = await sql<{ id: number }>`insert into users (login, name, role, password_hash)
    values ('ana', 'Ana', 'agent', '') returning id`.execute(database.db);
  const ana = user.rows[0]!.id;
  await makeLead(list, "pool", { priority: 9 });
  await makeLead(list, "ana's", { owner: ana, priority: 1 });
  assert.deepEqual(
    (await claim([list], { count: 1 })).map((l) => l.name),
    ["pool"],
  );
  assert.deepEqual(await claim([list]), []);
  const own = await claim([list], { ownerUserIds: [ana] });
  assert.deepEqual(
    own.map((l) => [l.name, l.ownerUserId]),
    [["ana's", ana]],
  );
});

test("a unit's leads go to its free agents and those below, one each, and to nobody else", async () => {
  const list = await makeList("of units");
  const { rows: units } = await sql<{ id: number }>`insert into org_units (name, parent_id) values
    ('sales', null), ('care', null) returning id`.execute(database.db);
  const [sales, care] = units.map((unit) => unit.id) as [number, number];
  const { rows: below } = await sql<{ id: number }>`insert into org_units (name, parent_id)
    values ('north', ${sales}) returning id`.execute(database.db);
  const north = below[0]!.id;
  const { rows: users } = await sql<{
    id: number;
  }>`insert into users (login, name, role, password_hash, org_unit_id)
    values ('bo', 'Bo', 'agent', '', ${sales}), ('nia', 'Nia', 'agent', '', ${north}),
      ('cai', 'Cai', 'agent', '', ${care}) returning id`.execute(database.db);
  const [bo, nia, cai] = users.map((user) => user.id) as [number, number, number];
  const assign = async (name: string, unit: number) => {
    const id = await makeLead(list, name);
    await sql`update leads set owner_unit_id = ${unit} where id = ${id}`.execute(database.db);
  };
  for (const name of ["s1", "s2", "s3"]) await assign(name, sales);
  await assign("n1", north);
  assert.deepEqual(await claim([list]), []);
  assert.deepEqual(await claim([list], { ownerUserIds: [cai] }), []);
  const taken = await claim([list], { ownerUserIds: [nia, bo, cai] });
  assert.deepEqual(
    taken.map((lead) => [lead.name, lead.ownerUserId]),
    [
      ["s1", nia],
      ["s2", bo],
    ],
  );
  assert.deepEqual(
    (await claim([list], { ownerUserIds: [bo] })).map((lead) => lead.name),
    ["s3"],
  );
  assert.deepEqual(await claim([list], { ownerUserIds: [bo] }), []);
  // A unit that is dissolved gives its leads to everybody.
  await sql`update users set org_unit_id = null where org_unit_id = ${north}`.execute(database.db);
  await sql`delete from org_units where id = ${north}`.execute(database.db);
  assert.deepEqual(
    (await claim([list])).map((lead) => lead.name),
    ["n1"],
  );
});

test("leads are shared out evenly between agents, by filter, and go back to anybody", async () => {
  const list = await makeList("assigned");
  const { rows: users } = await sql<{ id: number }>`insert into users (login, name, role, password_hash)
    values ('eva', 'Eva', 'agent', ''), ('fred', 'Fred', 'agent', '') returning id`.execute(database.db);
  const userIds = users.map((user) => user.id);
  for (let i = 0; i < 6; i++) await makeLead(list, i < 5 ? `good ${i}` : "bad");
  const by = { userId: null, at: new Date(now) };
  const assign = (change: Partial<LeadAssignment>) =>
    database.transact((tx) =>
      assignLeads(tx, list, leadAssignment.parse({ to: { userIds }, ...change }), by),
    );
  const conditions = {
    match: "all" as const,
    of: [{ field: "name", op: "starts-with" as const, values: ["good"] }],
  };
  assert.equal(await assign({ conditions, limit: 4 }), 4);
  assert.equal(await assign({ conditions }), 1);
  await assert.rejects(assign({ to: { unitId: 999 } }), { code: "assign-unknown-target" });
  const owners = await sql<{ n: number }>`select count(*) as n from lead_queue
    where list_id = ${list} and owner_user_id is not null group by owner_user_id order by 1`.execute(
    database.db,
  );
  assert.deepEqual(
    owners.rows.map((row) => row.n),
    [2, 3],
  );
  assert.deepEqual(
    (await claim([list])).map((lead) => lead.name),
    ["bad"],
  );
  assert.equal(await assign({ to: { anybody: true }, onlyUnassigned: false }), 6);
  assert.equal((await claim([list])).length, 5);
});

test("eight clients at once never take one lead twice, and leave none", async () => {
  const list = await makeList("contended");
  await sql`insert into leads (list_id, phone, time_zone, priority)
    select ${list}, '+86139' || lpad(n::text, 8, '0'), ${shanghai}, 1 + n % 3 from generate_series(1, 2000) n`.execute(
    database.db,
  );
  const taken: number[] = [];
  const done = new AbortController();
  const heads = (async () => {
    while (!done.signal.aborted) await database.transact(findQueueHeads);
  })();
  const client = async () => {
    for (let empty = 0; empty < 3;) {
      const leads = await claim([list], { count: 25 });
      taken.push(...leads.map((lead) => lead.id));
      if (leads.length === 0) empty++;
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  done.abort();
  await heads;
  assert.equal(taken.length, 2000);
  assert.equal(new Set(taken).size, 2000);
});

test("a lead that is changed while a claim takes it is claimed once", async () => {
  const list = await makeList("changed meanwhile");
  for (const change of ["name = name || '!'", "priority = 9"]) {
    const id = await makeLead(list, "lead");
    const changer = await database.pool.connect();
    try {
      const changing = await database.transact(async (tx) => {
        const leads = await claimLeads(tx, {
          listIds: [list],
          count: 1,
          now,
          zones: [shanghai],
          maxAttempts: 5,
        });
        assert.deepEqual(
          leads.map((lead) => lead.id),
          [id],
        );
        const { rows } = await changer.query("select pg_backend_pid() as pid");
        const changed = changer.query(`update leads set ${change} where id = ${id}`);
        // It is through, or waits for the claim.
        await until("the change has come so far", async () => {
          const { rows: now } = await database.pool.query(
            "select 1 from pg_stat_activity where pid = $1 and (state = 'idle' or wait_event_type = 'Lock')",
            [rows[0].pid],
          );
          return now.length > 0;
        });
        return { changed };
      });
      await changing.changed;
    } finally {
      changer.release();
    }
    const { rows } = await sql`select from lead_queue where lead_id = ${id}`.execute(database.db);
    assert.equal(rows.length, 0, change);
  }
  assert.deepEqual(await claim([list]), []);
});

test("a queue that was empty gives what comes in afterwards: one lead that is given back, and thousands", async () => {
  const list = await makeList("emptied");
  const id = await makeLead(list, "only");
  const [lead] = await claim([list]);
  const empty = async () => {
    while (!(await database.transact(findQueueHeads)));
    assert.deepEqual(await claim([list]), []);
  };
  await empty();
  await database.transact((tx) => releaseLead(tx, { leadId: id, callId: lead!.callId }));
  assert.equal((await claim([list]))[0]?.id, id);
  await empty();
  await database.transact(async (tx) => {
    await sql`insert into leads (list_id, phone, time_zone)
      select ${list}, '+86137' || lpad(n::text, 8, '0'), ${shanghai} from generate_series(1, 3000) n`.execute(
      tx,
    );
    // While they are not seen yet, heads are found without them.
    while (!(await database.transact(findQueueHeads)));
  });
  assert.equal((await claim([list])).length, 50);
});

test("the counts follow every change, and folding keeps them", async () => {
  const list = await makeList("counted");
  const ids = [await makeLead(list, "a"), await makeLead(list, "b"), await makeLead(list, "c")];
  await claim([list], { count: 2 });
  await database.db.deleteFrom("leads").where("id", "=", ids[2]!).execute();
  const expected = { total: 2, ready: 0, claimed: 2, callback: 0, done: 0, excluded: 0 };
  assert.deepEqual((await countLeads(database.db, [list])).get(list), expected);
  await database.transact(foldLeadCounts);
  assert.deepEqual((await countLeads(database.db, [list])).get(list), expected);
  const rows = await database.db.selectFrom("lead_counts").selectAll().where("list_id", "=", list).execute();
  assert.equal(rows.length, 1);
});

const rules = {
  limits: { perLead: 3, perNumberPerDay: 3, minGapMs: 0 },
  retries: { busy: { delayMs: 60_000, tries: 1 } },
  hours: null,
  phoneOrder: [],
  curve: () => 0,
};

test("a finished attempt moves the lead on, once", async () => {
  const list = await makeList("finished");
  await makeLead(list, "x");
  const [lead] = await claim([list]);
  const attempt = {
    leadId: lead!.id,
    callId: lead!.callId,
    at: now,
    outcome: "busy" as const,
    effect: null,
    dialled: true,
    phone: lead!.phone,
    dispositionId: null,
    rules,
  };
  const step = await database.transact((tx) => finishLead(tx, attempt));
  assert.equal(step?.status, "ready");
  assert.equal(await database.transact((tx) => finishLead(tx, attempt)), undefined);
  assert.deepEqual(await claim([list], { now: now + 59_999 }), []);
  const [again] = await claim([list], { now: now + 60_000 });
  assert.equal(again!.attempts, 1);
  const last = await database.transact((tx) => finishLead(tx, { ...attempt, callId: again!.callId }));
  assert.deepEqual([last?.status, last?.reason], ["done", "tries"]);
});

test("a lead given back keeps its attempts; a lead in a call cannot be taken for another", async () => {
  const list = await makeList("released");
  const id = await makeLead(list, "x");
  const lead = await database.transact((tx) => claimLead(tx, id, "call-1"));
  assert.equal(lead?.callId, "call-1");
  assert.equal(await database.transact((tx) => claimLead(tx, id, "call-2")), undefined);
  assert.equal(await database.transact((tx) => releaseLead(tx, { leadId: id, callId: "call-2" })), false);
  const dueAt = now + 5000;
  assert.equal(
    await database.transact((tx) => releaseLead(tx, { leadId: id, callId: "call-1", dueAt })),
    true,
  );
  assert.deepEqual(await claim([list]), []);
  assert.equal((await claim([list], { now: dueAt }))[0]?.attempts, 0);
});

test("whatever happens to leads: the queue holds those that are ready and in no call, as they are now", async () => {
  const list = await makeList("shuffled");
  const seeded = seededRandom(7);
  const random = () => seeded.next();
  const ids: number[] = [];
  for (let i = 0; i < 12; i++) ids.push(await makeLead(list, `lead ${i}`));
  const by = { userId: null, at: new Date(now) };
  const acts: ((tx: Tx, id: number) => Promise<unknown>)[] = [
    findQueueHeads,
    (tx) => claimLeads(tx, { listIds: [list], count: 2, now, zones: [shanghai], maxAttempts: 5 }),
    (tx, id) => claimLead(tx, id, newId(now)),
    (tx, id) => changeLead(tx, id, { priority: 1 + Math.floor(random() * 9) }, by),
    (tx, id) => changeLead(tx, id, { dueAt: new Date(now + 1000).toISOString() }, by),
    (tx, id) => excludeLead(tx, id, "test", by),
    (tx, id) => activateLead(tx, id, by),
    (tx, id) => sql`delete from leads where id = ${id}`.execute(tx),
    async (tx, leadId) => {
      const held = (await claimedLeads(tx)).find((claimed) => claimed.id === leadId);
      if (held) await releaseLead(tx, { leadId, callId: held.callId, ...(random() < 0.5 && { dueAt: now }) });
    },
  ];
  for (let step = 0; step < 300; step++) {
    const id = ids[Math.floor(random() * ids.length)]!;
    const act = acts[Math.floor(random() * acts.length)]!;
    await database
      .transact((tx) => act(tx, id))
      .catch((error: unknown) => assert.ok(error instanceof AppError));
    const { rows: wrong } = await sql`
      select coalesce(l.id, q.lead_id) as id from (
        select * from leads where list_id = ${list} and status = 'ready'
          and id not in (select lead_id from lead_claims)
      ) l full join (select * from lead_queue where list_id = ${list}) q on q.lead_id = l.id
      where (q.list_id, q.time_zone, q.priority, q.due_at, q.attempts, q.owner_user_id, q.owner_unit_id)
        is distinct from
          (l.list_id, l.time_zone, l.priority, l.due_at, l.attempts, l.owner_user_id, l.owner_unit_id)`.execute(
      database.db,
    );
    assert.deepEqual(wrong, [], `after step ${step}`);
    const { rows: hidden } = await sql`
      select q.lead_id from lead_queue q
        join queue_heads h using (list_id, time_zone, priority)
      where list_id = ${list} and case when q.due_at = '-infinity'
        then h.fresh_from is null or q.lead_id < h.fresh_from else h.due_from is null or q.due_at < h.due_from end`.execute(
      database.db,
    );
    assert.deepEqual(hidden, [], `before the head after step ${step}`);
    if (random() < 0.1) ids.push(await makeLead(list, `lead ${ids.length}`));
  }
  const { rows } = await sql<{ status: string; n: number }>`
    select ${leadStatus} as status, count(*)::integer as n from leads where list_id = ${list}
    group by 1`.execute(database.db);
  const counted = (await countLeads(database.db, [list])).get(list)!;
  for (const { status, n } of rows) assert.equal(counted[status as "ready"], n, status);
});
