import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoxRow } from "../../shared/voicemail.ts";
import type { BedAgent } from "../kit/bed-agent.ts";
import type { CallBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import {
  callerHz,
  callsOut,
  farHears,
  leaveMessage,
  ownBoxOf,
  sentDbm0,
  voicemailOffice,
} from "../kit/voicemail-office.ts";

const outside = "+8613800139100";

/** How calling stands for his box, once it is so. */
const standing = (
  ben: BedAgent,
  what: string,
  is: (now: BoxRow["callingOut"]) => boolean,
): Promise<BoxRow["callingOut"]> =>
  until(what, async () => {
    const { callingOut } = await ownBoxOf(ben);
    return is(callingOut) && { callingOut };
  }).then(({ callingOut }) => callingOut);

const over = (ben: BedAgent) => standing(ben, "nobody is called any more", (now) => now === null);

/** The pause is over. */
const dueNow = (bed: CallBed) =>
  bed.database.db
    .updateTable("voicemail_call_outs")
    .set({ due_at: new Date() })
    .where("state", "=", "due")
    .execute();

test("a number outside: busy is tried again; heard elsewhere it stops ringing; the PIN opens the box, the message is heard, and that was it", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  await assert.rejects(callsOut(ben, outside), /call-out-needs-pin/);
  const { id } = await ownBoxOf(ben);
  await ben.ask("PUT", `/voicemail/boxes/${id}/pin`, { pin: "4711" });
  await callsOut(ben, outside);

  bed.carrier.behave(outside, [{ do: "refuse", status: 486 }]);
  const first = await leaveMessage(bed, ben, callIn("+8613800138201"));
  const busy = await standing(ben, "the line was busy", (now) => now?.tries === 1);
  assert.deepEqual([busy?.state, busy?.lastResult], ["due", "busy"]);

  bed.carrier.behave(outside, [{ do: "ring" }, { do: "stay" }]);
  const ringing = bed.carrier.seeCall(outside);
  await dueNow(bed);
  const rings = await ringing;
  await ben.ask("PATCH", `/voicemail/messages/${first.id}`, { heard: true });
  await rings.until("ended");
  await over(ben);

  bed.carrier.behave(outside, [{ do: "answer" }, { do: "stay" }]);
  const coming = bed.carrier.seeCall(outside);
  await leaveMessage(bed, ben, callIn("+8613800138202"));
  const far = await coming;
  await until("it speaks", async () => ((await far.stream?.listen(200))?.levelDbm0 ?? -99) > -40);
  far.stream!.sendDtmf("4711#1");
  await farHears("the message", far, callerHz);
  far.hangup();
  assert.equal((await closedCall(bed.database, outside, 3)).outcome, "message-heard");
  await over(ben);
  const calls = await callsTo(bed.database, outside);
  assert.ok(calls[2]!.events.includes("voicemail-opened") && !calls[2]!.events.includes("dtmf"));
  const kept = await bed.database.db
    .selectFrom("recordings")
    .select("id")
    .where(
      "call_id",
      "in",
      calls.map((call) => call.id),
    )
    .execute();
  assert.deepEqual(kept, [], "a call about messages is not recorded");

  await bed.manager.ask("POST", "/do-not-call", { phones: outside, reason: "asked" });
  await leaveMessage(bed, ben, callIn("+8613800138203"));
  const refused = await standing(ben, "it gave up", (now) => now?.state === "given-up");
  assert.equal(refused?.lastResult, "refused-for-good");
  assert.equal((await closedCall(bed.database, outside, 4)).outcome, "refused");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("an extension: their telephone rings and plays the message without a PIN; signed in at the desk they are left alone", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  await callsOut(ben, "102");
  await leaveMessage(bed, ben, callIn("+8613800138204"));
  await until("their telephone picks up", () => ben.phone.calls.length === 1);
  await over(ben);
  ben.phone.peer.sendDtmf("1");
  await until("the message", () => Math.abs(ben.phone.peer.toneLevel(callerHz, 400) - sentDbm0) < 1.5);
  ben.phone.peer.sendDtmf("9");
  await until("it was heard", async () => (await ownBoxOf(ben)).unheard === 0);
  ben.phone.hangUp();

  await ben.work();
  await leaveMessage(bed, ben, callIn("+8613800138205"));
  const left = await standing(ben, "it waits", (now) => now?.lastResult === "at-desk");
  assert.deepEqual([left?.state, left?.tries], ["due", 0]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a killed server, while it calls: the call has its end, and the box calls again", async () => {
  const { bed, ben, callIn } = await voicemailOffice({ ownProcess: true });
  await using _bed = bed;
  const { id } = await ownBoxOf(ben);
  await ben.ask("PUT", `/voicemail/boxes/${id}/pin`, { pin: "4711" });
  await callsOut(ben, outside);
  bed.carrier.behave(outside, [{ do: "ring" }, { do: "stay" }]);
  const ringing = bed.carrier.seeCall(outside);
  await leaveMessage(bed, ben, callIn("+8613800138206"));
  await ringing;
  await standing(ben, "it calls", (now) => now?.state === "calling");
  await bed.crash();
  const after = await until("the fault is known", async () => {
    const row = await bed.database.db.selectFrom("voicemail_call_outs").selectAll().executeTakeFirst();
    return row?.state === "due" && row;
  });
  assert.deepEqual([after.tries, after.last_result], [0, "crashed"]);
  assert.equal((await closedCall(bed.database, outside)).outcome, "crashed");
  const again = bed.carrier.seeCall(outside);
  await dueNow(bed);
  (await again).refuse(486);
  await until("it was a try", async () => {
    const row = await bed.database.db.selectFrom("voicemail_call_outs").selectAll().executeTakeFirst();
    return row?.tries === 1;
  });
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
