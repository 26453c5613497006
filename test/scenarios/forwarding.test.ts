import assert from "node:assert/strict";
import { test } from "node:test";
import type { ForwardingInput } from "../../shared/forwarding.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { everyDay } from "../../shared/week.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const direct = "+8675512340001";
const callerHz = 1900;
const mobileHz = 1400;
const busy = { kind: "tone", signal: "busy" };
const busyHz = 620;
const paused = { reasonId: 1 };

async function office() {
  const bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  await bed.seed.trunk();
  await bed.manager.ask("PUT", `/users/${ben.userId}/direct-number`, { directNumber: direct });
  for (const agent of [ana, ben]) {
    await agent.work();
    await agent.command("pause", paused);
  }
  const target = { transport: "udp", ...bed.server.sip } as const;
  const callBen = (from: string) =>
    bed.carrier.callIn({
      from,
      to: direct,
      target,
      plan: [{ do: "talk", sound: { tonesHz: [callerHz] }, ms: 60_000 }],
    });
  const forwards = (input: Partial<ForwardingInput>) => ben.ask("PUT", "/forwarding", input);
  return { bed, ana, ben, callBen, forwards };
}

async function soundOf(bed: CallBed, headers: Record<string, string>, id: string) {
  const response = await fetch(`${bed.server.url}/api/v1/recordings/${id}/audio?format=wav`, { headers });
  assert.equal(response.status, 200);
  const file = Buffer.from(await response.arrayBuffer());
  return wavChannel(file, parseWav(file), 0);
}

test("a call for one person is announced to them; whom nobody answers leaves a message that is listed, told of and played", async () => {
  const { bed, ana, ben, callBen, forwards } = await office();
  await using _bed = bed;
  await forwards({ noAnswer: { type: "voicemail" }, noAnswerSeconds: 5 });
  const [taken, missed] = ["+8613800138081", "+8613800138082"];
  const first = callBen(taken);
  const announced = await until("it is announced", async () => (await ben.state()).announced[0]);
  assert.equal((await ana.state()).toPickUp[0]?.callId, announced.callId);
  await ben.command("call/accept", { callId: announced.callId });
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("caller", callerHz, first)];
  await untilHeard("accepted", ears, { ana: [], ben: ["caller"], caller: ["ben"] });
  first.hangup();
  const talked = await closedCall(bed.database, taken);
  assert.deepEqual([talked.outcome, talked.agent_user_id], ["connected", ben.userId]);

  // The company's own notice: of an American busy tone no other sound here has the upper frequency.
  const notice = { name: "Leave word", language: "en", parts: [1, 2, 3].map(() => busy) };
  const { id: voicemailPromptId } = await bed.manager.ask("POST", "/prompts", notice);
  await bed.manager.ask("PATCH", "/settings", { voicemailPromptId, defaultCountry: "US" });
  await assert.rejects(bed.manager.ask("DELETE", `/prompts/${voicemailPromptId}`), /in-use/);
  const second = callBen(missed);
  await until("the caller hears it", async () => {
    const heard = await second.stream?.listen(200);
    return heard !== undefined && heard.toneDbm0(busyHz) > -35;
  });
  await until("it is recorded", async () => {
    const row = await bed.database.db
      .selectFrom("recordings")
      .innerJoin("calls", "calls.id", "recordings.call_id")
      .select("recordings.state")
      .where("calls.phone", "=", missed)
      .executeTakeFirst();
    return row?.state === "recording";
  });
  const heard = second.stream!.received.packets;
  await until("two seconds are said", () => second.stream!.received.packets > heard + 100);
  second.hangup();
  const left = await closedCall(bed.database, missed);
  assert.equal(left.outcome, "message-heard");
  await until("ben is told", async () => {
    const now = await ben.state();
    return now.unheardMessages === 1 && now.notice?.code === "stored-message";
  });
  const { items } = await ben.ask("GET", "/voicemail/messages");
  assert.deepEqual([items.length, items[0].phone, items[0].heardAt], [1, missed, null]);
  assert.ok(items[0].durationMs >= 1500);
  const sound = await soundOf(bed, ben.headers, items[0].id);
  assert.ok(toneLevelDbm0(sound.subarray(-8000), callerHz) > -25, "the caller's voice is on it");
  await ben.ask("PATCH", `/voicemail/messages/${items[0].id}`, { heard: true });
  assert.equal((await ben.state()).unheardMessages, 0);
  assert.deepEqual((await ana.ask("GET", "/voicemail/messages")).items, []);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("who does not want to be disturbed is not: their calls go to a colleague, always to a mobile, or to a message", async () => {
  const { bed, ana, ben, callBen, forwards } = await office();
  await using _bed = bed;
  await forwards({ doNotDisturb: true, busy: { type: "agent", userId: ana.userId } });
  await ana.command("ready", {});
  const one = callBen("+8613800138083");
  await ana.until("talking");
  assert.deepEqual((await ben.state()).announced, []);
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("caller", callerHz, one)];
  await untilHeard("forwarded to ana", ears, { ana: ["caller"], ben: [], caller: ["ana"] });

  await assert.rejects(
    ana.command("call/consult", { target: { type: "agent", userId: ben.userId } }),
    /party-already-here|do-not-disturb/,
  );
  await forwards({ always: { type: "voicemail" } });
  await assert.rejects(
    ana.command("call/consult", { target: { type: "agent", userId: ben.userId } }),
    /colleague-diverted/,
  );
  await ana.command("call/transfer", { target: { type: "agent", userId: ben.userId } });
  await ana.until("ready");
  await until("a transfer ends at a message", async () => {
    const row = await bed.database.db
      .selectFrom("calls")
      .select("state")
      .where("phone", "=", "+8613800138083")
      .executeTakeFirst();
    return row?.state === "message";
  });
  one.hangup();
  assert.equal((await closedCall(bed.database, "+8613800138083")).outcome, "connected");

  const mobile = "+8613800138085";
  await forwards({ always: { type: "number", phone: mobile } });
  await bed.manager.ask("PATCH", "/settings", { manualHours: everyDay() });
  await assert.rejects(ana.command("dial", { phone: mobile }), /dial-refused/);
  bed.carrier.behave(mobile, [{ do: "answer" }, { do: "talk", sound: { tonesHz: [mobileHz] }, ms: 60_000 }]);
  const coming = bed.carrier.seeCall(mobile);
  const two = callBen("+8613800138084");
  const far = await coming;
  await far.until("answered");
  await untilHeard(
    "bridged to the mobile",
    [farEar("caller", callerHz, two), farEar("mobile", mobileHz, far)],
    { caller: ["mobile"], mobile: ["caller"] },
  );
  two.hangup();
  await far.until("ended");
  await closedCall(bed.database, "+8613800138084");
  await closedCall(bed.database, mobile);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
