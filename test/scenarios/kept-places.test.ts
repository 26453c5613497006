import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { Plan } from "../../tools/carrier/plan.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { queueBed, visits } from "../kit/queue-bed.ts";
import { person } from "../kit/person.ts";
import { brokenAtRest, brokenInvariants } from "../kit/story.ts";
import { until } from "../kit/until.ts";

interface Kept {
  phone: string;
  state: string;
  how: string | null;
  tries: number;
  agent: string | null;
  sinceVisit: boolean;
}

/** Kept places in the order of their asking; `sinceVisit`: the age is that of the wait on the line. */
async function keptPlaces({ database }: CallBed): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select k.phone, k.state, k.how, k.tries, u.login as agent,
      k.since = (select v.since from queue_visits v where v.call_id = k.call_id and v.how = 'place-kept') as "sinceVisit"
    from kept_places k left join users u on u.id = k.agent_user_id order by k.id`.execute(database.db);
  return rows;
}

const callback = { key: "1", act: { type: "callback" } };
const other = "+8613900139555";
/** Somebody who says hello, and is known by a tone then. */
const talks: Plan = [
  { do: "answer" },
  { do: "wait", ms: 300 },
  { do: "play", sound: "hello-zh-1" },
  { do: "talk", sound: { tonesHz: [1500] }, ms: 60_000 },
];

test("a caller keeps the place, and is called back before those who came later, by an agent who is kept", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana], {
    waiting: { choices: [callback], callback: { tries: 2, minutesBetween: 1 } },
  });
  const first = queues.callIn(line.phone);
  await queues.waits(first);
  const second = queues.callIn(line.phone);
  await queues.waits(second);
  await first.until("answered");
  // The number that called is right.
  first.stream!.sendDtmf("1");
  first.stream!.sendDtmf("1");
  await first.until("ended");
  const [left] = await queues.over(first);
  assert.deepEqual([left!.how, left!.outcome], ["place-kept", "place-kept"]);
  assert.deepEqual(await keptPlaces(bed), [
    { phone: first.from, state: "waiting", how: null, tries: 0, agent: null, sinceVisit: true },
  ]);

  bed.carrier.behave(first.from, talks);
  await ana.work();
  const desk = await ana.until("talking");
  assert.equal(desk.call!.lead.phone, first.from, "who kept the place was before who waited on");
  assert.equal((await visits(bed, second.from))[0]!.how, null);
  await until("ana hears them", () => ana.phone.peer.toneLevel(1500) > -30);
  await ana.command("hangup", {});
  assert.equal(await queues.takenBy(second), "ana");
  const [reached] = await until("it is closed", async () => {
    const rows = await keptPlaces(bed);
    return rows[0]?.state === "closed" && rows;
  });
  assert.deepEqual([reached!.how, reached!.tries, reached!.agent], ["reached", 1, "ana"]);
  second.hangup();
  await queues.over(second);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("another number is entered and called before an agent is kept; whoever is not reached is tried again", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const campaign = await bed.seed.campaign({ phones: [], agents: [ana] });
  const line = await queues.queue("line", [ana], {
    campaignId: campaign.id,
    waiting: { choices: [callback], callback: { first: "customer", tries: 1 } },
  });
  const keep = async (number: string) => {
    const call = queues.callIn(line.phone);
    await queues.waits(call);
    await call.until("answered");
    // The call back, another number, its digits, and yes.
    for (const keys of ["1", "2", `${number}#`, "1"]) call.stream!.sendDtmf(keys);
    await call.until("ended");
    await queues.over(call);
  };
  await keep("13900139555");
  await keep("13900139555");
  await keep("13900139501");
  assert.deepEqual(
    (await keptPlaces(bed)).map(({ phone }) => phone),
    [other, "+8613900139501"],
    "nobody is called twice",
  );
  bed.carrier.behave(other, talks);
  bed.carrier.behave("+8613900139501", [{ do: "refuse", status: 486 }]);
  await ana.work();
  await ana.until("talking");
  await until("ana hears them", () => ana.phone.peer.toneLevel(1500) > -30);
  const sold = campaign.dispositions["sold"]!;
  await ana.command("hangup", {});
  await ana.finish(sold);
  const ends = await until("both are over", async () => {
    const rows = await keptPlaces(bed);
    return rows.every(({ state }) => state === "closed") && rows;
  });
  assert.deepEqual(
    ends.map(({ how }) => how),
    ["reached", "unreached"],
  );
  const counted = await until(
    "the call back stands in the queue's campaign, and the wait is counted once",
    async () => {
      const { rows } = await sql<{ campaign: number | null; disposition: number | null; visits: string[] }>`
      select c.campaign_id as campaign, c.disposition_id as disposition,
        array(select how from queue_visits order by id) as visits
      from calls c where c.phone = ${other} and c.state = 'closed'`.execute(bed.database.db);
      return rows[0];
    },
  );
  assert.deepEqual(counted, {
    campaign: campaign.id,
    disposition: sold,
    visits: ["place-kept", "place-kept", "place-kept"],
  });
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("kill -9 with fifty callers waiting: each has a named end, and kept places go on", async () => {
  await using bed = await callBed({ ownProcess: true });
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana], { waiting: { choices: [callback] } });
  const keeper = queues.callIn(line.phone);
  await queues.waits(keeper);
  await keeper.until("answered");
  keeper.stream!.sendDtmf("11");
  await keeper.until("ended");
  await queues.over(keeper);
  const callers = Array.from({ length: 50 }, () => queues.callIn(line.phone));
  for (const call of callers) await queues.waits(call);
  await bed.crash();

  assert.deepEqual(await brokenInvariants(bed.database), []);
  const ends = (await visits(bed)).map(({ how, state, outcome }) => [how, state, outcome].join(" "));
  assert.deepEqual(
    ends.toSorted(),
    ["place-kept closed place-kept", ...callers.map(() => "lost closed crashed")].toSorted(),
  );
  bed.carrier.behave(keeper.from, talks);
  const ben = await bed.agent("ben");
  const boss = await person(bed.database, bed.server.url, "boss", "administrator");
  const { id: _id, ...queue } = await boss.ask("GET", `/queues/${line.id}`);
  await boss.ask("PUT", `/queues/${line.id}`, { ...queue, members: [{ userId: ben.userId, rank: 1 }] });
  await ben.work();
  const desk = await ben.until("talking");
  assert.equal(desk.call!.lead.phone, keeper.from);
});
