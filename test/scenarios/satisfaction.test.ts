import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { brokenAtRest } from "../kit/story.ts";
import { hears, tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

interface Result {
  how: string;
  answers: number[];
  agent: string;
  phone: string;
}

const results = async ({ database }: CallBed): Promise<Result[]> =>
  (
    await sql<Result>`
      select r.how, r.answers, u.login as agent, c.phone from survey_results r
      join users u on u.id = r.agent_user_id join calls c on c.id = r.call_id
      where c.state = 'closed' order by r.id`.execute(database.db)
  ).rows;

const [scoreHz, whyHz] = [1100, 1300];
/** Days of the company's clock, whatever its zone. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("the customer stays when the agent leaves, is asked, and the agent is free meanwhile", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana]);
  const [score, why] = [await tonePrompt(bed, scoreHz, 3000), await tonePrompt(bed, whyHz, 3000)];
  const survey = {
    name: "Service",
    language: "en",
    questions: [
      { text: "How satisfied are you?", promptId: score },
      { text: "Was your question answered?", promptId: why, min: 1, max: 2, onlyUpTo: 3 },
    ],
    uses: [{ queueId: line.id, when: "after" }],
  };
  const { id } = await bed.manager.ask("POST", "/surveys", survey);
  await ana.work();
  await ana.until("ready");

  const low = queues.callIn(line.phone);
  assert.equal(await queues.takenBy(low), "ana");
  await ana.command("hangup", {});
  await ana.until("ready");
  await hears(low, scoreHz);
  low.stream!.sendDtmf("2");
  await hears(low, whyHz, scoreHz);
  low.stream!.sendDtmf("1");
  await low.until("ended");
  await queues.over(low);

  const rude = queues.callIn(line.phone);
  await queues.takenBy(rude);
  await ana.command("hangup", {});
  await hears(rude, scoreHz);
  rude.hangup();
  await queues.over(rude);

  // Who hangs up first is asked nothing; by button only, where it is set so.
  await bed.manager.ask("PUT", `/surveys/${id}`, { ...survey, uses: [{ queueId: line.id, when: "agent" }] });
  const plain = queues.callIn(line.phone);
  await queues.takenBy(plain);
  await ana.command("hangup", {});
  await plain.until("ended");
  await queues.over(plain);
  const sent = queues.callIn(line.phone);
  await queues.takenBy(sent);
  assert.equal((await ana.state()).call!.maySendToSurvey, true);
  await ana.command("survey", {});
  await ana.until("ready");
  await hears(sent, scoreHz);
  sent.stream!.sendDtmf("5");
  await sent.until("ended");
  await queues.over(sent);

  const all = await until("three results", async () => {
    const rows = await results(bed);
    return rows.length === 3 && rows;
  });
  assert.deepEqual(all, [
    { how: "answered", answers: [2, 1], agent: "ana", phone: low.from },
    { how: "refused", answers: [], agent: "ana", phone: rude.from },
    { how: "answered", answers: [5], agent: "ana", phone: sent.from },
  ]);
  const span = `from=${day(-1)}&to=${day(1)}`;
  const report = await bed.manager.ask("GET", `/survey-report?${span}&by=queue`);
  assert.deepEqual(report.items, [
    {
      id: line.id,
      name: "line",
      asked: 3,
      rated: 2,
      refused: 1,
      mean: 3.5,
      index: 0.625,
      counts: { 2: 1, 5: 1 },
    },
  ]);
  const trend = await bed.manager.ask("GET", `/survey-trend?${span}&by=agent`);
  const rated = trend.items.reduce((sum: number, row: { rated: number }) => sum + row.rated, 0);
  assert.deepEqual([rated, trend.items[0].name], [2, "ana"]);
  const further = await bed.manager.ask("GET", `/survey-follow-ups?${span}`);
  assert.deepEqual(further.items, [
    {
      surveyId: id,
      survey: "Service",
      number: 2,
      text: "Was your question answered?",
      answered: 1,
      counts: { 1: 1 },
    },
  ]);
  const behind = await bed.manager.ask("GET", `/survey-results?${span}&by=queue&id=${line.id}&rating=5`);
  assert.deepEqual(
    behind.items.map(({ answers }: { answers: number[] }) => answers),
    [[5]],
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("the agent writes the summary while the customer answers; the call is closed when both are done", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const phone = "+8613800138444";
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana], mode: "progressive" });
  const score = await tonePrompt(bed, scoreHz, 3000);
  await bed.manager.ask("POST", "/surveys", {
    name: "Campaign",
    language: "en",
    questions: [{ text: "How satisfied are you?", promptId: score, min: 0, max: 9 }],
    uses: [{ campaignId: campaign.id, when: "after" }],
  });
  const coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await campaign.command("start");
  const call = await coming;
  call.answer();
  await ana.until("talking");
  await ana.command("hangup", {});
  await ana.until("wrap-up");
  await hears(call, scoreHz);
  await ana.finish(Object.values(campaign.dispositions)[0]);
  await hears(call, scoreHz);
  call.stream!.sendDtmf("9");
  await call.until("ended");
  const [result] = await until("the result is written", async () => {
    const rows = await results(bed);
    return rows.length === 1 && rows;
  });
  assert.deepEqual([result!.how, result!.answers], ["answered", [9]]);
  await campaign.command("stop");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
