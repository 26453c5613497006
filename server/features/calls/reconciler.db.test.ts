import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { manualClock } from "../../kernel/clock.ts";
import { silentLog } from "../../kernel/log.ts";
import { claimLead } from "../lists/index.ts";
import { markAlive } from "./queries.ts";
import { reconcileAtStart, startReconciler } from "./reconciler.ts";

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

const clock = manualClock();

/** A call that stands open and holds a lead, as a fault leaves it. */
async function leaveOpen(id: string, talked: boolean): Promise<number> {
  return database.transact(async (tx) => {
    const list = await tx
      .insertInto("lists")
      .values({ name: id, country: "CN", columns: "[]", created_by: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    const lead = await tx
      .insertInto("leads")
      .values({
        list_id: list.id,
        phone: "+8613800000001",
        time_zone: "Asia/Shanghai",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await claimLead(tx, lead.id, id);
    const at = new Date(clock.now());
    await tx
      .insertInto("calls")
      .values({
        id,
        direction: "outbound",
        origin: "ratio",
        state: talked ? "talking" : "ringing",
        lead_id: lead.id,
        phone: "+8613800000001",
        planned_at: at,
        dialled_at: at,
        connected_at: talked ? at : null,
      } as never)
      .execute();
    return lead.id;
  });
}

const callOf = (id: string) =>
  database.db.selectFrom("calls").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const leadOf = (id: number) =>
  database.db.selectFrom("leads").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

test("at the start: open calls get a named cause, leads their next try", async () => {
  const leads = [await leaveOpen("c1", true), await leaveOpen("c2", false)];
  const found = await reconcileAtStart(database, clock, silentLog);
  assert.deepEqual(found, { calls: 2, leads: 0, agents: 0 });
  const [talked, rang] = [await callOf("c1"), await callOf("c2")];
  assert.deepEqual([talked.state, talked.outcome, talked.cause], ["closed", "connected", "crashed"]);
  assert.deepEqual([rang.state, rang.outcome, rang.cause], ["closed", "crashed", "crashed"]);
  const [first, second] = [await leadOf(leads[0]!), await leadOf(leads[1]!)];
  assert.deepEqual([first.status, second.status, second.attempts], ["done", "ready", 1]);
  const events = await database.db
    .selectFrom("call_events")
    .selectAll()
    .where("call_id", "=", "c2")
    .execute();
  assert.deepEqual(
    events.map((event) => [event.type, event.to_state, event.data]),
    [["reconciled", "closed", { cause: "crashed" }]],
  );
});

test("at the start: leads that were held for a choice are ready again, as if nobody had touched them", async () => {
  await leaveOpen("c7", false);
  await database.pool.query("delete from calls where id = 'c7'");
  await database.pool.query("update lead_claims set buffered = true where call_id = 'c7'");
  assert.equal((await reconcileAtStart(database, clock, silentLog)).leads, 0);
  const { rows } = await database.pool.query("select from lead_claims where buffered");
  assert.equal(rows.length, 0);
});

test("at the start: talk ends when the server was last alive, not after the time it was down", async () => {
  await leaveOpen("c9", true);
  await database.transact((tx) => markAlive(tx, new Date(clock.now() + 7_000)));
  clock.advance(3_600_000);
  const talkedFrom = (await callOf("c9")).connected_at!.getTime();
  await reconcileAtStart(database, clock, silentLog);
  const { ended_at: endedAt, wrap_ended_at: wrapEndedAt } = await callOf("c9");
  assert.deepEqual([endedAt!.getTime() - talkedFrom, wrapEndedAt], [7_000, endedAt]);
});

test("at the start: what the agent had typed is kept, and a wish not to be called again holds", async () => {
  const leadId = await leaveOpen("c4", true);
  const { rows } = await database.pool.query<{ id: number; campaign: number }>(
    `with made as (insert into campaigns (name, mode, hours, attempts, retries)
       values ('c', 'ratio', '{}', '{"perLead": 5, "perNumberPerDay": 5, "minGapMs": 0}', '{}') returning id)
     insert into dispositions (campaign_id, label, effect) select id, 'Never again', 'do-not-call' from made
     returning id, campaign_id as campaign`,
  );
  const { id: dispositionId, campaign } = rows[0]!;
  const draft = { dispositionId, form: { city: "北京" }, note: "stop", callbackAt: null, callbackMine: true };
  await database.pool.query("update calls set campaign_id = $1, draft = $2 where id = 'c4'", [
    campaign,
    JSON.stringify(draft),
  ]);
  await reconcileAtStart(database, clock, silentLog);
  const call = await callOf("c4");
  assert.deepEqual([call.note, call.form, call.disposition_id], ["stop", { city: "北京" }, dispositionId]);
  assert.equal((await leadOf(leadId)).status, "done");
  const forbidden = await database.pool.query("select phone, reason from do_not_call");
  assert.deepEqual(forbidden.rows, [{ phone: "+8613800000001", reason: "stop" }]);
});

test("while running: what is stuck at two looks is freed, what was only on its way is left alone", async () => {
  const leadId = await leaveOpen("c3", false);
  using reconciler = startReconciler({
    database,
    switch: { legs: () => [] },
    agents: { get: () => undefined },
    runner: {
      all: () => [],
      get: () => undefined,
      note: () => undefined,
      feed: () => false,
      forget: () => {},
    },
    conversations: () => ({ step: () => undefined }),
    alone: () => undefined,
    isWriting: () => false,
    heldCallIds: () => [],
    clock,
    log: silentLog,
  });
  await reconciler.look();
  assert.equal((await callOf("c3")).state, "ringing");
  await reconciler.look();
  const call = await callOf("c3");
  assert.deepEqual([call.state, call.outcome, call.cause], ["closed", "crashed", "error"]);
  assert.equal((await leadOf(leadId)).status, "ready");
});
