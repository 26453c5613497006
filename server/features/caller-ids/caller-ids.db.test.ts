import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import {
  type CallerIdPoolDetail,
  type CallerIdPoolInput,
  callerIdPoolInput,
} from "../../../shared/caller-ids.ts";
import { trunkInput } from "../../../shared/trunks.ts";
import { type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { newId } from "../../kernel/ids.ts";
import { allTrunkSettings, ensureTrunk } from "../trunks/index.ts";
import { createCallerIds } from "./caller-ids.ts";
import { callerIdRoutes } from "./routes.ts";
import { watchOnce } from "./watch.ts";

const numbers = ["+8675510000001", "+8675510000002", "+862010000003"];
const given = (change: object = {}): CallerIdPoolInput =>
  callerIdPoolInput.parse({ name: "south", numbers: numbers.map((number) => ({ number })), ...change });

const of = (number: string) => ({ numbers: [{ number }] });
const byNumber = (body: CallerIdPoolDetail, number: string) =>
  body.numbers.find((row) => row.number === number)!;

async function bed() {
  const http = await testHttp((app, parts) => callerIdRoutes(app, parts));
  const { database, clock, events } = http;
  const trunk = trunkInput.parse({ name: "carrier", host: "127.0.0.1", country: "CN", callerIds: numbers });
  const trunkId = await database.transact((tx) => ensureTrunk(tx, trunk));
  const trunks = await allTrunkSettings(database.db);
  const callerIds = createCallerIds({ database, trunks: () => trunks, clock, events });
  const manager = await http.as("manager");
  let phone = 13800000000;

  /** Places calls from the pool as the door does, in one transaction; answers the numbers shown. */
  async function place(poolId: number, count: number, to?: string, avoid: string[] = []) {
    return database.transact(async (tx) => {
      const asked = Array.from({ length: count }, () => ({
        callId: newId(),
        phone: to ?? `+86${++phone}`,
        poolId,
        leadId: null,
        trunkIds: [trunkId],
        avoid,
      }));
      const choices = await callerIds.choose(tx, asked, clock.now());
      const shown: string[] = [];
      for (const { callId, phone } of asked) {
        const number = choices.get(callId)!.chosen?.number;
        if (number === undefined) continue;
        shown.push(number);
        await sql`insert into calls (id, direction, origin, state, phone, caller_id, planned_at, dialled_at)
          values (${callId}, 'outbound', 'ratio', 'dialling', ${phone}, ${number}, ${new Date(clock.now())},
            ${new Date(clock.now())})`.execute(tx);
      }
      await callerIds.count(tx, shown, clock.now());
      return { shown, choices };
    });
  }
  return Object.assign(http, { callerIds, manager, trunkId, place });
}

async function make(http: TestHttp & { manager: Awaited<ReturnType<TestHttp["as"]>> }, input: object) {
  const made = await http.manager.post("/api/v1/caller-id-pools", given(input));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id as number;
}

test("caps hold however many claims run at once, count again in the next hour, and survive a restart", async () => {
  await using http = await bed();
  const id = await make(http, { maxPerHour: 7, maxPerDay: 10 });
  const rounds = await Promise.all(Array.from({ length: 10 }, () => http.place(id, 3)));
  const used = Object.groupBy(
    rounds.flatMap((round) => round.shown),
    (number) => number,
  );
  assert.deepEqual(
    numbers.map((number) => used[number]?.length),
    [7, 7, 7],
  );
  assert.equal(await http.callerIds.room(id, [http.trunkId]), 0);
  const refused = rounds.flatMap((round) => [...round.choices.values()]).filter((choice) => !choice.chosen);
  assert.equal(refused.length, 9);
  for (const choice of refused)
    assert.deepEqual(choice, { chosen: null, retryAt: Math.ceil((http.clock.now() + 1) / 3.6e6) * 3.6e6 });

  http.clock.advance(3_600_000);
  // A new server knows nothing but the database.
  const trunks = await allTrunkSettings(http.database.db);
  const { database, clock, events } = http;
  using restarted = createCallerIds({ database, trunks: () => trunks, clock, events });
  assert.equal(await restarted.room(id, [http.trunkId]), 9, "three of each are left of the day's ten");
  assert.equal((await http.place(id, 30)).shown.length, 9);
  const { body } = await http.manager.get("/api/v1/caller-id-pools");
  assert.deepEqual(
    body.items.map((pool: { usedToday: number; leftToday: number; ready: number }) => [
      pool.usedToday,
      pool.leftToday,
      pool.ready,
    ]),
    [[30, 0, 0]],
  );
});

test("a retry that asks for another number shows one the person did not see, until all were seen", async () => {
  await using http = await bed();
  const id = await make(http, {});
  const phone = "+8613900000001";
  const seen = [...(await http.place(id, 1, phone)).shown];
  assert.deepEqual((await http.place(id, 1, phone)).shown, seen, "else it is kept");
  for (let retry = 0; retry < 2; retry++) {
    http.clock.advance(60_000);
    seen.push(...(await http.place(id, 1, phone, [...seen])).shown);
  }
  assert.deepEqual([...seen].sort(), [...numbers].sort());
  http.clock.advance(60_000);
  assert.deepEqual((await http.place(id, 1, phone, [...seen])).shown, [seen[0]], "the longest ago");
});

test("a person keeps the number; a number that joins a pool brings its calls of the day along", async () => {
  await using http = await bed();
  const first = await make(http, { numbers: [{ number: numbers[0] }], maxPerDay: 5 });
  await http.place(first, 3, "+8613900000000");
  const input = given({ maxPerDay: 5 });
  const changed = await http.manager.put(`/api/v1/caller-id-pools/${first}`, input);
  assert.equal(changed.status, 200);
  const { shown } = await http.place(first, 3, "+8613900000000");
  assert.deepEqual(shown, [numbers[0], numbers[0], numbers[2]], "kept up to its cap");
  await http.manager.put(`/api/v1/caller-id-pools/${first}`, given({ numbers: [] }));
  const second = await make(http, { name: "other", maxPerDay: 5 });
  const { body } = await http.manager.get(`/api/v1/caller-id-pools/${second}`);
  assert.deepEqual(
    body.numbers.map((row: { number: string; usedToday: number; status: string }) => [
      row.number,
      row.usedToday,
      row.status,
    ]),
    [
      [numbers[2], 1, "ready"],
      [numbers[0], 5, "day-cap"],
      [numbers[1], 0, "ready"],
    ],
  );
});

test("a pool says what is wrong with its numbers", async () => {
  await using http = await bed();
  const id = await make(http, { numbers: [{ number: numbers[0] }] });
  const refusal = async (input: object) => {
    const { status, body } = await http.manager.post("/api/v1/caller-id-pools", input);
    return [status, body.error.code, body.error.detail.numbers];
  };
  assert.deepEqual(await refusal(given()), [409, "caller-id-pool-name-taken", undefined]);
  const other = { name: "other" };
  assert.deepEqual(await refusal(given(other)), [422, "caller-id-elsewhere", numbers[0]]);
  const foreign = "+8675599999999";
  assert.deepEqual(await refusal(given({ ...other, ...of(foreign) })), [422, "caller-id-no-trunk", foreign]);
  const twice = { ...other, numbers: [{ number: numbers[1] }, { number: numbers[1] }] };
  assert.deepEqual(await refusal(given(twice)), [422, "caller-id-repeated", numbers[1]]);
  assert.equal((await refusal({ ...given(other), numbers: [{ number: "075512345" }] }))[0], 400);
  const fallback = { ...other, numbers: [], fallback: foreign };
  assert.deepEqual(await refusal(given(fallback)), [422, "caller-id-no-trunk", foreign]);

  await sql`insert into campaigns (name, mode, hours, attempts, retries, caller_id_pool_id)
    values ('spring', 'ratio', '{}', '{}', '{}', ${id})`.execute(http.database.db);
  const removed = await http.manager.delete(`/api/v1/caller-id-pools/${id}`);
  assert.deepEqual([removed.status, removed.body.error.code], [409, "caller-id-pool-in-use"]);
});

test("a number whose answers fall raises an alarm with its figures, rests, and is judged anew", async () => {
  await using http = await bed();
  const id = await make(http, { restOnAlarm: true, restDays: 3 });
  const campaign = await sql<{ id: number }>`insert into campaigns (name, mode, hours, attempts, retries)
    values ('spring', 'ratio', '{}', '{}', '{}') returning id`.execute(http.database.db);
  const from = new Date(http.clock.now());
  // Twelve hours, 20 calls an hour and number; 40 % are answered, of the first number one in ten.
  await sql`
    insert into calls (id, direction, origin, state, phone, caller_id, campaign_id, planned_at, dialled_at, answered_at,
      outcome)
    select 'c' || n || '-' || h || '-' || k, 'outbound', 'ratio', 'closed', '+8613900000000', (${numbers}::text[])[n],
      ${campaign.rows[0]!.id}, at, at, case when answered then at end, case when answered then 'connected' else 'no-answer' end
    from generate_series(1, 3) n, generate_series(0, 11) h, generate_series(1, 20) k,
      lateral (select ${from}::timestamptz + h * interval '1 hour' + k * interval '1 minute' as at,
        case when n = 1 then k <= 2 else k <= 8 end as answered) as made`.execute(http.database.db);
  await sql`update calls set outcome = 'congestion' where id = 'c2-0-20'`.execute(http.database.db);
  http.clock.advance(12 * 3_600_000 + 10 * 60_000);
  const manager = await http.as("manager");
  assert.deepEqual(await watchOnce(http.database, http.clock.now()), [id]);
  assert.deepEqual(await watchOnce(http.database, http.clock.now()), [], "once");
  const read = async (): Promise<CallerIdPoolDetail> => {
    const { status, body } = await manager.get(`/api/v1/caller-id-pools/${id}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const { alarm, status, days } = byNumber(await read(), numbers[0]!);
  assert.ok(alarm);
  assert.equal(status, "resting");
  assert.deepEqual([alarm.calls, alarm.answered, alarm.blocks], [240, 24, 12]);
  assert.ok(alarm.p <= 0.01 && alarm.expected > 70 && alarm.expected < 74);
  assert.equal(days.length, 14);
  assert.equal(
    days.reduce((sum, day) => sum + day.rated, 0),
    240,
  );
  const sound = byNumber(await read(), numbers[1]!);
  assert.deepEqual([sound.alarm, sound.drift?.p], [null, 1]);
  assert.equal(
    sound.days.reduce((sum, day) => sum + day.rated, 0),
    239,
    "congestion says nothing of the number",
  );
  const woken = await manager.post(`/api/v1/caller-ids/${numbers[0]}/rest`, { days: 0 });
  assert.equal(byNumber(woken.body, numbers[0]!).status, "ready");
  assert.deepEqual(await watchOnce(http.database, http.clock.now()), [], "its past is forgiven");
});
