import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { callBed } from "../kit/call-bed.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { brokenAtRest } from "../kit/story.ts";
import { until } from "../kit/until.ts";

interface Wait {
  phone: string;
  came: Date;
  how: string;
  agent: number | null;
  outcome: string;
}

const [people, agents, leavers] = [200, 20, 15];

test("two hundred wait for twenty agents: each is answered once in turn, or hangs up, and no agent is left out", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const desks = await Promise.all(Array.from({ length: agents }, (_, n) => bed.agent(`a${n}`)));
  const queues = queueBed(bed);
  const line = await queues.queue("line", desks, { record: false });
  const callers = new Map(
    Array.from({ length: people }, () => {
      const call = queues.callIn(line.phone);
      return [call.from, call] as const;
    }),
  );
  const inLine = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from queue_visits where left_at is null`.execute(bed.database.db);
    return rows[0]!.n;
  };
  await until("all of them wait", async () => (await inLine()) === people);
  for (const call of [...callers.values()].slice(-leavers)) call.hangup();
  await until("some have gone", async () => (await inLine()) === people - leavers);

  for (const desk of desks) await desk.work();
  const done = new Set<string>();
  await until("everybody was served", async () => {
    const { rows } = await sql<{ phone: string; open: number }>`
      select c.phone, (count(*) over ())::int as open from calls c where c.state = 'talking'`.execute(
      bed.database.db,
    );
    for (const { phone } of rows) {
      if (done.has(phone)) continue;
      done.add(phone);
      callers.get(phone)?.hangup();
    }
    const { rows: left } = await sql<{ n: number }>`
      select count(*)::int as n from calls where state <> 'closed'`.execute(bed.database.db);
    return left[0]!.n === 0;
  });

  const { rows: waits } = await sql<Wait>`
    select c.phone, v.entered_at as came, v.how, v.agent_user_id as agent, c.outcome from queue_visits v join calls c on c.id = v.call_id
    order by v.left_at, v.entered_at, v.id`.execute(bed.database.db);
  assert.equal(new Set(waits.map(({ phone }) => phone)).size, people, "nobody is lost");
  assert.equal(waits.length, people, "nobody waits twice");
  const answered = waits.filter(({ how }) => how === "answered");
  assert.deepEqual(
    waits.filter(({ how }) => how !== "answered").map(({ how, outcome }) => `${how} ${outcome}`),
    Array.from({ length: leavers }, () => "abandoned customer-left"),
  );
  assert.ok(answered.every(({ outcome }) => outcome === "connected"));
  assert.deepEqual(
    answered.map(({ phone }) => phone).toSorted(),
    [...callers.keys()].slice(0, -leavers).toSorted(),
  );
  const early = answered.filter(({ came }, index) => came < (answered[index - 1]?.came ?? came));
  assert.deepEqual(early, [], "in the order of their coming");
  const perAgent = Map.groupBy(answered, ({ agent }) => agent);
  assert.equal(perAgent.size, agents, "no agent is left out");
  const { rows: overlaps } = await sql<{ n: number }>`
    select count(*)::int as n from calls a join calls b on a.agent_user_id = b.agent_user_id and a.id < b.id
      and a.connected_at < b.ended_at and b.connected_at < a.ended_at`.execute(bed.database.db);
  assert.equal(overlaps[0]!.n, 0, "no agent has two");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
