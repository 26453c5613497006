import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { campaignInput, weekdays, type WeekHours } from "../../../shared/campaigns.ts";
import { silentLog } from "../../kernel/log.ts";
import type { Tx } from "../../kernel/db.ts";
import { createAgentRegistry } from "../agents/index.ts";
import { callbackRules, createCampaign } from "../campaigns/index.ts";
import {
  callbackRoutes,
  claimCallback,
  closeCallback,
  insertCallback,
  keepPromises,
  releaseCallbacks,
  watchCallbacks,
} from "./index.ts";

const minute = 60_000;
const hours = Object.fromEntries(weekdays.map((day) => [day, [["00:00", "24:00"]]])) as WeekHours;

async function bed() {
  const http = await testHttp((app, parts) => callbackRoutes(app, parts));
  const { database, clock, events } = http;
  const [ana, ben, boss] = [await http.as("agent"), await http.as("agent"), await http.as("supervisor")];
  const agents = createAgentRegistry({ database, clock, events, log: silentLog });
  const input = campaignInput.parse({
    name: "renewals",
    mode: "progressive",
    hours,
    attempts: { perLead: 5, perNumberPerDay: 5, minGapMs: 0 },
    retries: {},
    agentIds: [ana.userId, ben.userId],
    afterCall: { remindBeforeMs: 5 * minute, toTeamAfterMs: 15 * minute, toSupervisorsAfterMs: 60 * minute },
  });
  const made = await database.transact(async (tx) => {
    const campaign = await createCampaign(tx, input, null);
    const list = await tx
      .insertInto("lists")
      .values({ name: "people", country: "CN", columns: "[]", created_by: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    const lead = await tx
      .insertInto("leads")
      .values({
        list_id: list.id,
        name: "Li",
        phone: "+8613800000001",
        time_zone: "Asia/Shanghai",
        status: "callback",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { campaignId: campaign.id, leadId: lead.id };
  });
  const promise = (change: { inMs: number; userId?: number | null; leadId?: number }) =>
    database.transact((tx) =>
      insertCallback(tx, {
        ...made,
        customerId: null,
        callId: null,
        phone: "+8613800000001",
        timeZone: "Asia/Shanghai",
        userId: ana.userId,
        promisedBy: ana.userId,
        note: "",
        at: new Date(clock.now()),
        ...change,
        dueAt: new Date(clock.now() + change.inMs),
      }),
    );
  const watch = () =>
    watchCallbacks({
      database,
      agents,
      rulesOf: (ids) => callbackRules(database.db, ids),
      clock,
      events,
      log: silentLog,
    });
  const claim = (userId: number) =>
    database.transact((tx: Tx) =>
      claimCallback(tx, { userId, campaignIds: [made.campaignId], now: new Date(clock.now()) }),
    );
  const callbackOf = (id: number) =>
    database.db.selectFrom("callbacks").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const signIn = (userId: number) =>
    agents.signIn({
      userId,
      name: "ana",
      sipUser: "ana",
      endpoint: "browser",
      deskId: "a desk of hers",
      campaignIds: [made.campaignId],
    });
  const end = async () => {
    await agents[Symbol.asyncDispose]();
    await http[Symbol.asyncDispose]();
  };
  return {
    http,
    ...made,
    database,
    clock,
    ana,
    ben,
    boss,
    agents,
    promise,
    watch,
    claim,
    callbackOf,
    signIn,
    [Symbol.asyncDispose]: end,
  };
}

test("an agent is reminded once, over a restart; who does not come gives the promise to the team, then up", async () => {
  await using made = await bed();
  const { ana, ben, agents, clock, promise, watch, claim, callbackOf, signIn } = made;
  const id = await promise({ inMs: 10 * minute });
  {
    await using before = watch();
    await before.look();
    clock.advance(6 * minute);
    await before.look();
    // Not signed in: nobody to remind yet.
    assert.equal((await callbackOf(id)).reminded_at, null);
    signIn(ana.userId);
    await before.look();
    const { notice } = agents.get(ana.userId)!;
    assert.deepEqual(
      [notice?.code, notice?.detail["callbackId"], notice?.detail["timeZone"]],
      ["callback-soon", id, "Asia/Shanghai"],
    );
  }
  const first = agents.get(ana.userId)!.notice;
  await using again = watch();
  await again.look();
  assert.equal(agents.get(ana.userId)!.notice, first);
  clock.advance(4 * minute);
  assert.equal(await claim(ben.userId), undefined);
  clock.advance(15 * minute);
  await again.look();
  assert.deepEqual([(await callbackOf(id)).level, (await callbackOf(id)).user_id], [1, null]);
  assert.equal(agents.get(ana.userId)!.notice?.code, "callback-handed-up");
  clock.advance(45 * minute);
  await again.look();
  assert.equal((await callbackOf(id)).level, 2);
  // Late is better than never, and only once.
  const taken = await Promise.all([claim(ana.userId), claim(ben.userId)]);
  assert.equal(taken.filter(Boolean).length, 1);
});

test("nobody is called twice: a newer promise, or a talk in another call, ends the older one", async () => {
  await using made = await bed();
  const { database, clock, leadId, promise, callbackOf, claim, ana } = made;
  const older = await promise({ inMs: minute });
  const newer = await promise({ inMs: 2 * minute });
  assert.deepEqual(
    [(await callbackOf(older)).close_reason, (await callbackOf(newer)).state],
    ["replaced", "waiting"],
  );
  clock.advance(2 * minute);
  assert.equal((await claim(ana.userId))?.id, newer);
  // A server that died while it dialled finds it again.
  await database.transact(releaseCallbacks);
  const at = new Date(clock.now());
  await database.transact((tx) => keepPromises(tx, { leadId, phone: "+86", callId: "another", at }));
  assert.deepEqual(
    [(await callbackOf(newer)).state, (await callbackOf(newer)).close_reason],
    ["done", "reached"],
  );
  assert.equal(await claim(ana.userId), undefined);
});

test("who does not answer is tried six times, a refusal waits for the gate's time without counting", async () => {
  await using made = await bed();
  const { database, clock, promise, callbackOf } = made;
  const id = await promise({ inMs: 0 });
  const close = (end: Parameters<typeof closeCallback>[2]) =>
    database.transact((tx) => closeCallback(tx, id, end, clock.now()));
  const opens = clock.now() + 8 * 60 * minute;
  assert.equal(await close({ type: "refused", retryAt: opens }), true);
  assert.deepEqual([(await callbackOf(id)).tries, (await callbackOf(id)).due_at.getTime()], [0, opens]);
  const stands = [];
  for (let i = 0; i < 7; i++) stands.push(await close({ type: "missed" }));
  assert.deepEqual(stands, [true, true, true, true, true, false, false]);
  assert.equal((await callbackOf(id)).close_reason, "unreached");
});

test("agents move and take what is theirs or the team's; supervisors give to anybody, and cancel", async () => {
  await using made = await bed();
  const { database, clock, ana, ben, boss, leadId, promise, callbackOf } = made;
  const id = await promise({ inMs: -30 * minute });
  const path = `/api/v1/callbacks/${id}`;
  const seen = async (who: typeof ana, query = "") => {
    const answer = await who.get(`/api/v1/callbacks${query}`);
    return answer.body.items.map((row: { id: number }) => row.id);
  };
  assert.deepEqual([await seen(ana), await seen(ben), await seen(boss, "?state=overdue")], [[id], [], [id]]);
  assert.equal((await ben.patch(path, { note: "mine" })).status, 404);
  assert.equal((await ana.patch(path, { userId: ben.userId })).status, 403);
  const past = await ana.patch(path, { dueAt: new Date(clock.now() - 5 * minute).toISOString() });
  assert.equal(past.body.error.code, "callback-in-the-past");
  assert.equal((await ana.patch(path, { userId: null })).status, 200);
  assert.deepEqual(await seen(ben), [id]);
  const given = await boss.patch(path, {
    userId: ben.userId,
    dueAt: new Date(clock.now() + minute).toISOString(),
  });
  assert.deepEqual(
    [given.body.agent.id, given.body.level, given.body.promisedBy],
    [ben.userId, "agreed", "agent1"],
  );
  assert.equal((await boss.post(`${path}/cancel`, { reason: "moved away", lead: "done" })).status, 200);
  assert.equal(
    (await boss.post(`${path}/cancel`, { reason: "again" })).body.error.code,
    "callback-not-waiting",
  );
  const closed = await callbackOf(id);
  assert.deepEqual(
    [closed.state, closed.close_reason, closed.closed_by],
    ["cancelled", "moved away", boss.userId],
  );
  const lead = await database.db
    .selectFrom("leads")
    .select(["status"])
    .where("id", "=", leadId)
    .executeTakeFirst();
  assert.equal(lead?.status, "done");
  assert.deepEqual(await seen(boss, "?state=closed"), [id]);
});
