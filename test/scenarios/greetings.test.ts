import assert from "node:assert/strict";
import { test } from "node:test";
import { everyDay } from "../../shared/week.ts";
import { callBed } from "../kit/call-bed.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { brokenAtRest, callsTo } from "../kit/story.ts";
import { hears, tonePrompt, toneSound } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const [vipHz, orderHz, usualHz, musicHz] = [800, 1050, 1500, 600];
const [vip, ordered, known, stranger] = [
  "+8613800138401",
  "+8613800138402",
  "+8613800138403",
  "+8613800138404",
];
const direct = "+8675512340001";

test("who they are, their VIP level and their order decide what callers hear first, in a queue and before a message", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const root = await bed.agent("root", { role: "administrator" });
  const ben = await bed.agent("ben");
  const customer = (name: string, phone: string, change: object = {}) =>
    bed.manager.ask("POST", "/customers", { name, phones: [{ phone }], ...change });
  await customer("Grace", vip, { vip: 5, fields: { order: "open" } });
  await customer("Henry", ordered, { fields: { order: "open" } });
  await customer("Iris", known);
  const says = async (hz: number) => ({ promptId: await tonePrompt(bed, hz, 1500) });
  const where = ["queue", "voicemail"];
  const closed = { hours: everyDay() };
  await root.ask("PUT", "/greetings", {
    rules: [
      { name: "never", where, when: closed, says: await says(2000) },
      { name: "vip", where, when: { vipFrom: 3 }, says: await says(vipHz) },
      {
        name: "order",
        where,
        when: { field: { name: "order", value: "open" } },
        says: await says(orderHz),
      },
      {
        name: "known",
        where: ["queue"],
        when: { customer: "known" },
        says: { zh: "{{customer.name}}，您好。", en: "Hello {{customer.name}}." },
      },
    ],
  });
  const queues = queueBed(bed);
  const greetingPromptId = await tonePrompt(bed, usualHz, 1500);
  const musicSoundId = await toneSound(bed, musicHz, 2000);
  const line = await queues.queue("line", [], { waiting: { greetingPromptId, musicSoundId } });
  await bed.manager.ask("PUT", `/users/${ben.userId}/direct-number`, { directNumber: direct });
  await ben.ask("PUT", "/forwarding", { always: { type: "voicemail" } });
  const callIn = async (from: string, to: string) => {
    const target = { transport: "udp", ...bed.server.sip } as const;
    const call = bed.carrier.callIn({ from, to, target, plan: [{ do: "stay" }] });
    await call.until("answered");
    return call;
  };
  const greetedAs = (phone: string, n: number) =>
    until(`call ${n} of ${phone} was greeted`, async () => {
      const call = (await callsTo(bed.database, phone))[n - 1];
      const row =
        call &&
        (await bed.database.db
          .selectFrom("call_events")
          .select("data")
          .where("call_id", "=", call.id)
          .where("type", "=", "greeted")
          .executeTakeFirst());
      return row && (row.data as { rule: string }).rule;
    });

  for (const [phone, hz, name] of [
    [vip, vipHz, "vip"],
    [ordered, orderHz, "order"],
  ] as const) {
    const waits = await callIn(phone, line.phone);
    await hears(waits, hz, usualHz, musicHz);
    await hears(waits, usualHz, hz);
    assert.equal(await greetedAs(phone, 1), name);
    waits.hangup();
    const speaks = await callIn(phone, direct);
    await hears(speaks, hz, usualHz);
    assert.equal(await greetedAs(phone, 2), name);
    speaks.hangup();
  }

  const named = await callIn(known, line.phone);
  await until("somebody speaks", async () => {
    const heard = await named.stream!.listen(200);
    return heard.levelDbm0 > -40 && heard.toneDbm0(usualHz) < -40 && heard.toneDbm0(musicHz) < -40;
  });
  await hears(named, usualHz);
  assert.equal(await greetedAs(known, 1), "known");
  named.hangup();

  const unknown = await callIn(stranger, line.phone);
  await hears(unknown, usualHz, vipHz, orderHz);
  unknown.hangup();
  await until("all have gone", async () => (await brokenAtRest(bed.database)).length === 0);
  const [call] = await callsTo(bed.database, stranger);
  assert.ok(!call!.events.includes("greeted"));
});
