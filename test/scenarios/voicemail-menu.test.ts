import assert from "node:assert/strict";
import { test } from "node:test";
import { startBaresip } from "../kit/baresip.ts";
import type { PhoneCall } from "../kit/desk-phone.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import {
  callerHz,
  direct,
  farHears,
  leaveMessage,
  ownBoxOf,
  sentDbm0,
  voicemailOffice,
} from "../kit/voicemail-office.ts";

const voicemail = "+8675512340009";
const [greetingHz, toneHz] = [700, 1000];

const heardAs = (phone: PhoneCall, hz: number) => phone.peer.toneLevel(hz, 400);
/** As loud as it was sent. */
const untilTone = (what: string, phone: PhoneCall, hz: number) =>
  until(what, () => Math.abs(heardAs(phone, hz) - sentDbm0) < 1.5);
test("at one's own telephone: the lamp is on, the message is heard as it was said and deleted, the lamp is off; a greeting is recorded, and callers hear it", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  const { user, password } = ben.phone.account;
  const { host, port } = bed.server.sip;
  await using lamp = await startBaresip({ user, password, registrar: `${host}:${port}`, messages: true });
  const shown = (waits: string) =>
    until(`the lamp shows ${waits}`, () =>
      lamp.past.findLast(({ type }) => type === "MWI_NOTIFY")?.param?.includes(`Voice-Message: ${waits}`),
    );
  await shown("0/0");
  const from = "+8613800138111";
  const { id } = await leaveMessage(bed, ben, callIn(from, direct));
  await shown("1/0");

  await using phone = await ben.phone.call("*97");
  await until("it is answered", () => phone.phase === "answered");
  phone.peer.sendDtmf("1");
  await untilTone("the message", phone, callerHz);
  phone.peer.sendDtmf("9");
  await shown("0/1");
  phone.peer.sendDtmf("2");
  await untilTone("the message again", phone, callerHz);
  phone.peer.sendDtmf("7");
  await shown("0/0");
  const row = await bed.database.db
    .selectFrom("voicemail_messages")
    .select(["deleted_at", "heard_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  assert.ok(row.deleted_at && row.heard_at);

  phone.peer.sendDtmf("*32");
  await until("the tone before the greeting", () => phone.peer.toneLevel(toneHz, 100) > sentDbm0 - 3);
  await until("and its end", () => phone.peer.toneLevel(toneHz, 100) < -40);
  phone.peer.sendTone(greetingHz, sentDbm0);
  const begun = phone.peer.received.length;
  await until("two seconds are said", () => phone.peer.received.length > begun + 100);
  phone.peer.sendSilence().sendDtmf("#1");
  await untilTone("what was recorded", phone, greetingHz);
  phone.peer.sendDtmf("2");
  const { greetingMs } = await until("it is kept", async () => {
    const box = await ownBoxOf(ben);
    return box.greetingMs !== null && box;
  });
  assert.ok(greetingMs! >= 1500, `${greetingMs} ms`);
  phone.peer.sendDtmf("#");
  await until("goodbye", () => phone.phase === "ended");
  const next = callIn("+8613800138112", direct);
  await farHears("the greeting", next, greetingHz);
  next.hangup();
  await closedCall(bed.database, "+8613800138112");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("who left a message is called back through the door, on the desk's line", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  const from = "+8613800138113";
  await leaveMessage(bed, ben, callIn(from, direct));
  await ben.work();
  bed.carrier.behave(from, [{ do: "answer" }, { do: "talk", sound: { tonesHz: [callerHz] }, ms: 60_000 }]);
  const coming = bed.carrier.seeCall(from);
  await using phone = await ben.phone.call("*97");
  await until("it is answered", () => phone.phase === "answered");
  phone.peer.sendDtmf("12");
  const far = await coming;
  await ben.until("talking");
  await until("the menu lets go", () => phone.phase === "ended");
  far.hangup();
  await until("all is at rest", async () => (await brokenAtRest(bed.database)).length === 0);
});

test("from outside: three wrong PINs end the call, six lock the box; the right one opens it, also over the greeting; nobody reads what was keyed", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  await bed.manager.ask("PATCH", "/settings", { voicemailNumber: voicemail });
  await leaveMessage(bed, ben, callIn("+8613800138114", direct));
  const { id, number, hasPin } = await ownBoxOf(ben);
  assert.deepEqual([number, hasPin], ["102", false]);
  const pin = (to: string | null) => ben.ask("PUT", `/voicemail/boxes/${id}/pin`, { pin: to });
  for (const weak of ["1111", "1234", "9876"]) await assert.rejects(pin(weak), /pin-weak/);
  await pin("4711");

  const opens = async (from: string, to: string, keys: string) => {
    const call = callIn(from, to);
    await until("it is answered", () => call.stream);
    if (to === direct) {
      await until("the greeting speaks", async () => (await call.stream!.listen(200)).levelDbm0 > -40);
    }
    call.stream!.quiet();
    call.stream!.sendDtmf(keys);
    return call;
  };
  const right = await opens("+8613800138115", voicemail, "102#4711#1");
  await farHears("the message", right, callerHz);
  right.hangup();
  assert.equal((await closedCall(bed.database, "+8613800138115")).outcome, "message-heard");
  const over = await opens("+8613800138116", direct, "*4711#2");
  await farHears("the message again", over, callerHz);
  over.hangup();
  await closedCall(bed.database, "+8613800138116");

  const last = "+8613800138120";
  for (const from of ["+8613800138117", "+8613800138118"]) {
    const wrong = await opens(from, voicemail, "");
    const refused = async () =>
      (await callsTo(bed.database, from))[0]!.events.filter((type) => type === "voicemail-refused").length;
    for (const time of [1, 2, 3]) {
      wrong.stream!.sendDtmf("102#9999#");
      await until(`refused ${time} times`, async () => (await refused()) === time);
    }
    await wrong.until("ended");
    await closedCall(bed.database, from);
  }
  const locked = await opens(last, voicemail, "102#4711#");
  await locked.until("ended");
  assert.ok(!(await closedCall(bed.database, last)).events.includes("voicemail-opened"));
  await pin("4711");
  const again = await opens("+8613800138121", voicemail, "102#4711#");
  await until("a new PIN unlocks", async () => {
    const [call] = await callsTo(bed.database, "+8613800138121");
    return call?.events.includes("voicemail-opened");
  });
  again.hangup();
  await closedCall(bed.database, "+8613800138121");

  const keyed = await bed.database.db
    .selectFrom("call_events")
    .select("id")
    .where("type", "=", "dtmf")
    .execute();
  assert.deepEqual(keyed, []);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
