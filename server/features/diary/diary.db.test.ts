import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { manualClock } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/errors.ts";
import { createEventBus } from "../../kernel/events.ts";
import { silentLog } from "../../kernel/log.ts";
import { createAgentRegistry } from "../agents/index.ts";
import { insertCallback } from "../callbacks/index.ts";
import { type By, cancelItem, changeItem, createEntry, handOver, snoozeItem } from "./change-diary.ts";
import { historyOf } from "./history.ts";
import { openingAfter } from "./opening.ts";
import { diaryBetween, nextInDiary } from "./queries.ts";
import { watchDiary } from "./watch-diary.ts";

let database: TestDatabase;
let ana: number;
let bo: number;
const clock = manualClock(Date.parse("2026-11-20T02:00:00Z"));
const at = (minutes: number) => new Date(clock.now() + minutes * 60_000);
const iso = (minutes: number) => at(minutes).toISOString();
const by = (userId: number, userIds: "all" | number[] = [userId]): By => ({
  scope: { userId, userIds, teamOf: userId },
  supervises: userIds === "all",
  at: at(0),
});

before(async () => {
  database = await testDatabase();
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into users (login, name, role, password_hash) values ('ana', 'Ana', 'agent', ''), ('bo', 'Bo', 'agent', '')
     returning id`,
  );
  [ana, bo] = rows.map(({ id }) => id) as [number, number];
});
after(() => database[Symbol.asyncDispose]());

const refused = (run: Promise<unknown>, code: string) => assert.rejects(run, { code });
const own = { note: "", remindBeforeMs: 300_000 };

test("one diary of promises, calls and appointments: what is next, what others see, where it went and why", async () => {
  const promise = {
    leadId: null,
    customerId: null,
    campaignId: null,
    callId: null,
    promisedBy: ana,
    note: "renewal",
  };
  const callbackId = await database.transact((tx) =>
    insertCallback(tx, {
      ...promise,
      phone: "+14155550100",
      timeZone: "America/Los_Angeles",
      userId: ana,
      dueAt: at(-30),
      at: at(-90),
    }),
  );
  const [dentist, call] = await database.transact(async (tx) => [
    await createEntry(
      tx,
      { kind: "appointment", title: "dentist", ...own, note: "tooth", startsAt: iso(60), endsAt: iso(120) },
      by(ana),
    ),
    await createEntry(
      tx,
      { kind: "call", ...own, title: "Mr Li", startsAt: iso(30), endsAt: iso(45), phone: "13800138000" },
      by(ana),
    ),
  ]);
  assert.deepEqual([call.phone, call.timeZone], ["+8613800138000", "Asia/Shanghai"]);
  const range = { from: at(0), to: at(600), late: true };
  const seenBy = async (who: By) =>
    (await diaryBetween(database.db, range, who.scope, at(0))).map(({ kind, title, note, overdue }) => [
      kind,
      title,
      note,
      overdue,
    ]);
  assert.deepEqual(await seenBy(by(ana)), [
    ["callback", "", "renewal", true],
    ["call", "Mr Li", "", false],
    ["appointment", "dentist", "tooth", false],
  ]);
  assert.deepEqual(
    (await seenBy(by(bo, "all"))).at(-1),
    ["appointment", "", "", false],
    "a time that is taken, no more",
  );
  assert.deepEqual(await seenBy(by(bo)), []);
  assert.equal((await nextInDiary(database.db, by(ana).scope, at(0)))?.id, callbackId, "overdue first");

  await database.transact((tx) => changeItem(tx, "entry", call.id, { startsAt: iso(90) }, by(ana)));
  await database.transact((tx) => snoozeItem(tx, "callback", callbackId, at(15), by(ana)));
  const { rows } = await database.pool.query("select due_at, promised_at, snoozed_until from callbacks");
  assert.deepEqual(rows[0], { due_at: at(15), promised_at: at(-30), snoozed_until: at(15) });
  const mayReceive = new Set([bo]);
  const handed = await database.transact((tx) =>
    handOver(tx, "callback", callbackId, { userId: bo, why: "on leave" }, { ...by(ana), mayReceive }),
  );
  assert.deepEqual([handed.agent?.name, handed.handedOver], ["Bo", "on leave"]);
  const to = (noun: "callback" | "entry", id: number, userId: number | null) =>
    database.transact((tx) => handOver(tx, noun, id, { userId, why: "x" }, { ...by(ana), mayReceive }));
  await refused(to("callback", callbackId, null), "not-found");
  await refused(to("entry", dentist.id, bo), "diary-own-appointment");
  await refused(to("entry", call.id, null), "diary-without-team");
  await refused(to("entry", call.id, 999), "diary-unknown-colleague");
  await refused(
    database.transact((tx) => changeItem(tx, "entry", dentist.id, { title: "x" }, by(bo, "all"))),
    "not-found",
  );
  assert.deepEqual(
    (await historyOf(database.db, "callback", callbackId)).map(({ act, by, fromAgent, toAgent, why }) => [
      act,
      by,
      fromAgent,
      toAgent,
      why,
    ]),
    [
      ["handed", "Ana", "Ana", "Bo", "on leave"],
      ["snoozed", "Ana", null, null, ""],
    ],
  );
  const moved = (await historyOf(database.db, "entry", call.id))[0]!;
  assert.deepEqual([moved.act, moved.fromAt, moved.toAt], ["moved", iso(30), iso(90)]);
  await database.transact((tx) => cancelItem(tx, "entry", dentist.id, "", by(ana)));
  await refused(
    database.transact((tx) => cancelItem(tx, "entry", dentist.id, "", by(ana))),
    "diary-not-waiting",
  );
});

test("a call of the diary: the agent is reminded, then their line rings, then it is dialled once; whose time is snoozed waits", async () => {
  await database.pool.query("delete from diary_entries");
  const events = createEventBus(silentLog);
  await using agents = createAgentRegistry({ database, clock, events, log: silentLog });
  const rings: number[] = [];
  const dialled: string[] = [];
  events.on("agent.ring", ({ userId }) => void rings.push(userId));
  await using watch = watchDiary({
    database,
    agents,
    clock,
    events,
    log: silentLog,
    dial: async (_userId, { phone }, also) => {
      if (phone.endsWith("9")) throw new AppError("dial-refused", 409, "no", { rules: ["do-not-call"] });
      await database.transact((tx) => also!(tx, "the-call"));
      dialled.push(phone);
    },
  });
  const entry = await database.transact((tx) =>
    createEntry(
      tx,
      { kind: "call", ...own, title: "Mr Li", startsAt: iso(10), endsAt: iso(20), phone: "13800138000" },
      by(ana),
    ),
  );
  const seen = async () => {
    await watch.look();
    return [agents.get(ana)?.notice?.code ?? "none", rings.length, dialled.length];
  };
  clock.advance(6 * 60_000);
  assert.deepEqual(await seen(), ["none", 0, 0], "nobody is there to be reminded");
  agents.signIn({
    userId: ana,
    name: "Ana",
    sipUser: "web",
    endpoint: "browser",
    deskId: "d",
    campaignIds: [],
  });
  assert.deepEqual(await seen(), ["diary-soon", 0, 0]);
  await database.transact((tx) => snoozeItem(tx, "entry", entry.id, at(5), by(ana)));
  clock.advance(4.5 * 60_000);
  assert.deepEqual(await seen(), ["diary-soon", 0, 0], "its time is over, its snooze is not");
  clock.advance(60_000);
  assert.deepEqual(await seen(), ["diary-soon", 0, 0], "the line is not up");
  agents.feed(ana, { type: "leg-up" });
  assert.deepEqual(await seen(), ["diary-call-now", 1, 0]);
  assert.deepEqual(await seen(), ["diary-call-now", 1, 1]);
  assert.deepEqual(await seen(), ["diary-call-now", 1, 1]);
  const { rows } = await database.pool.query("select state, call_id from diary_entries");
  assert.deepEqual(rows, [{ state: "done", call_id: "the-call" }]);
  assert.deepEqual(dialled, ["+8613800138000"]);
  await database.transact((tx) =>
    createEntry(
      tx,
      { kind: "call", ...own, title: "No", startsAt: iso(0), endsAt: iso(5), phone: "13800138009" },
      by(ana),
    ),
  );
  assert.deepEqual(await seen(), ["diary-call-now", 2, 1]);
  assert.deepEqual(await seen(), ["diary-call-refused", 2, 1]);
  const refusedRow = await database.pool.query(
    "select state, close_reason from diary_entries where title = 'No'",
  );
  assert.deepEqual(refusedRow.rows, [{ state: "cancelled", close_reason: "dial-refused" }]);
});

test("tomorrow at opening: the first day that has hours, on the zone's clock; nine without any", () => {
  const friday = Date.parse("2026-11-20T02:00:00Z");
  const opening = (hours: Parameters<typeof openingAfter>[2], zone = "Asia/Shanghai") =>
    new Date(openingAfter(friday, zone, hours)).toISOString();
  const none = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
  assert.equal(opening(null), "2026-11-21T01:00:00.000Z");
  assert.equal(
    opening({
      ...none,
      monday: [
        ["14:00", "18:00"],
        ["08:30", "12:00"],
      ],
    }),
    "2026-11-23T00:30:00.000Z",
  );
  assert.equal(opening(none, "Europe/London"), "2026-11-21T09:00:00.000Z");
});
