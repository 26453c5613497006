import assert from "node:assert/strict";
import { test } from "node:test";
import type { BedAgent } from "../kit/bed-agent.ts";
import { startBaresip } from "../kit/baresip.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { person } from "../kit/person.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const customerHz = 1900;
/** The microphone of `startBaresip`. */
const telephoneHz = 440;
const key = (agent: BedAgent, keys: string) => void agent.phone.peer.sendDtmf(keys);

async function extension(bed: CallBed, agent: BedAgent, number: string) {
  await bed.database.db
    .updateTable("users")
    .set({ extension: number })
    .where("id", "=", agent.userId)
    .execute();
}

test("by the keypad alone: forwarding and do-not-disturb between calls; consult, swap, merge, hold and park within one, unheard by the customer", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  await extension(bed, ben, "102");
  const customer = "+8613800138101";
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana, ben] });
  bed.carrier.behave(customer, [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [customerHz] }, ms: 120_000 },
  ]);
  await ben.work(campaign.id);
  await ben.command("pause", { reasonId: 1 });
  await ana.work(campaign.id);
  await ana.command("pause", { reasonId: 1 });
  key(ana, "*72102#");
  await until("forwarded", async () => (await ana.ask("GET", "/forwarding")).always?.userId === ben.userId);
  key(ana, "*73*78");
  await until("disturbed by nobody", async () => {
    const { always, doNotDisturb } = await ana.ask("GET", "/forwarding");
    return always === null && doNotDisturb;
  });
  ben.phone.dial("*74");
  await until("dialled by a phone", async () => {
    return (await ben.ask("GET", "/forwarding")).always?.type === "voicemail";
  });
  ben.phone.dial("*75");
  await until("and taken back", async () => (await ben.ask("GET", "/forwarding")).always === null);
  key(ana, "*87102#");
  await until("a refusal is told in words", async () => (await ana.state()).notice?.code === "nothing-rings");

  const coming = bed.carrier.seeCall(customer);
  await ana.command("ready", {});
  await campaign.command("start");
  await ana.until("talking");
  const far = await coming;
  await ben.command("ready", {});
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("customer", customerHz, far)];
  const hears = (what: string, who: Record<string, string[]>) => untilHeard(what, ears, who);
  await hears("in the talk", { ana: ["customer"], ben: [], customer: ["ana"] });
  key(ana, "*2102#");
  await hears("consulting", { ana: ["ben"], ben: ["ana"], customer: [] });
  key(ana, "*5");
  await hears("swapped", { ana: ["customer"], ben: [], customer: ["ana"] });
  key(ana, "*6");
  await hears("merged", {
    ana: ["ben", "customer"],
    ben: ["ana", "customer"],
    customer: ["ana", "ben"],
  });
  assert.ok(!far.stream!.received.digits.includes("2102"), "what was keyed is not heard");
  await ben.command("call/leave", {});
  key(ana, "*1");
  await hears("held", { ana: [], customer: [] });
  key(ana, "*1");
  await hears("resumed", { ana: ["customer"], customer: ["ana"] });
  key(ana, "12");
  await until("keys that are no code reach the customer", () => far.stream!.received.digits.endsWith("12"));
  key(ana, "*87#");
  await until("parked at 7", async () => (await ana.state()).parked[0]?.slot === 7);
  key(ben, "*857#");
  await hears("retrieved", { ana: [], ben: ["customer"], customer: ["ben"] });
  far.hangup();
  await ben.finish(Object.values(campaign.dispositions)[0]);
  await closedCall(bed.database, customer);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("what rings at a colleague is picked up by code; a parked customer is back in time; a busy colleague is asked when free", async () => {
  await using bed = await callBed();
  const [ana, ben, eve] = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("eve")];
  await extension(bed, ben, "102");
  await bed.manager.ask("PATCH", "/settings", { parkSeconds: 5 });
  const [one, two] = ["+8613800138102", "+8613800138103"];
  const campaign = await bed.seed.campaign({ phones: [one, two], agents: [ana, ben, eve] });
  for (const phone of [one, two])
    bed.carrier.behave(phone, [
      { do: "answer" },
      { do: "talk", sound: { tonesHz: [customerHz] }, ms: 120_000 },
    ]);
  for (const agent of [ana, ben, eve]) {
    await agent.work(campaign.id);
    await agent.command("pause", { reasonId: 1 });
  }
  await ana.command("ready", {});
  await campaign.command("start");
  const { call } = await ana.until("talking");
  await campaign.command("pause");
  await ana.command("call/transfer", { target: { type: "agent", userId: ben.userId } });
  await until("it rings at ben", async () => (await ben.state()).announced.length === 1);
  key(eve, "*87102#");
  await until("eve has it", async () => (await eve.state()).call?.callId === call!.callId);
  assert.deepEqual((await ben.state()).announced, []);

  await ana.command("pause", { reasonId: 1 });
  await eve.command("call/park", { slot: 9 });
  await until("it is back at eve", async () => (await eve.state()).announced.length === 1);
  key(eve, "**");
  await until("eve has it again", async () => (await eve.state()).call?.callId === call!.callId);

  await campaign.command("start");
  await ben.command("ready", {});
  await ben.until("talking");
  await eve.command("call/call-back", { userId: ben.userId, on: true });
  assert.deepEqual(
    (await eve.state()).awaited.map(({ userId }) => userId),
    [ben.userId],
  );
  await ben.command("hangup", {});
  await ben.finish(Object.values(campaign.dispositions)[0]);
  await until("ben is asked", async () => (await eve.state()).call?.consultId);
  assert.equal((await ben.state()).call?.callId, call!.callId);
  assert.deepEqual((await eve.state()).awaited, []);
  await eve.command("hangup", {});
  await eve.finish(Object.values(campaign.dispositions)[0]);
  await until("all is at rest", async () => (await brokenAtRest(bed.database)).length === 0);
});

test("a real telephone: *61 and an extension, keyed in its call with us and dialled as a number, call the colleague", async () => {
  await using bed = await callBed();
  const ben = await bed.agent("ben");
  await extension(bed, ben, "102");
  const ana = await person(bed.database, bed.server.url, "ana", "agent");
  const { user, password } = await ana.ask("POST", "/desk/phone");
  const { host, port } = bed.server.sip;
  await using phone = await startBaresip({ user, password, registrar: `${host}:${port}`, autoAnswer: true });
  await ana.ask("POST", "/desk/sign-in", { deskId: "desk-of-ana", endpoint: "phone", campaignIds: [] });
  await until("her telephone is her line", async () => (await ana.ask("GET", "/desk")).legUp);
  await ben.work();
  const talk = (how: string) =>
    until(`she talks with ben, ${how}`, async () => {
      const { state, call } = await ana.ask("GET", "/desk");
      return state === "talking" && call.direction === "internal" && call.lead.name === "ben";
    });

  await phone.command("sndcode", "*61102#");
  await talk("keyed");
  await ben.until("talking");
  await until("ben hears her telephone", () => ben.phone.peer.toneLevel(telephoneHz) > -30);
  await ben.command("hangup", {});
  await ben.until("ready");
  await until("she is free", async () => (await ana.ask("GET", "/desk")).call === null);

  await phone.command("dial", "*61102");
  await talk("dialled");
  await ben.until("talking");
  await until("ben hears her telephone", () => ben.phone.peer.toneLevel(telephoneHz) > -30);
  await ana.ask("POST", "/desk/hangup", {});
  await ben.until("ready");
  await until("all is at rest", async () => (await brokenAtRest(bed.database)).length === 0);
});
