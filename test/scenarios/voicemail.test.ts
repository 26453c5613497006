import assert from "node:assert/strict";
import { test } from "node:test";
import type { ForwardingInput } from "../../shared/forwarding.ts";
import type { MessageRow } from "../../shared/voicemail.ts";
import { sineSource, toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, toWav, wavChannel } from "../../server/media/wav.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { mailServer, mailUser } from "../kit/mail-server.ts";
import type { Person } from "../kit/person.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const direct = "+8675512340001";
/** What a carrier's tone is sent with. */
const sentDbm0 = -13;
const [callerHz, greetingHz] = [1900, 700];

async function office() {
  const bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  await bed.seed.trunk();
  await bed.manager.ask("PUT", `/users/${ben.userId}/direct-number`, { directNumber: direct });
  const forwarding: Partial<ForwardingInput> = { always: { type: "voicemail" } };
  await ben.ask("PUT", "/forwarding", forwarding);
  const callBen = (from: string) =>
    bed.carrier.callIn({
      from,
      to: direct,
      target: { transport: "udp", ...bed.server.sip },
      plan: [{ do: "talk", sound: { tonesHz: [callerHz] }, ms: 60_000 }],
    });
  return { bed, ana, ben, callBen };
}

/** Two seconds of speech, and the caller hangs up. */
async function leave(bed: CallBed, call: CarrierCall): Promise<void> {
  await until("it is recorded", async () => {
    const row = await bed.database.db
      .selectFrom("recordings")
      .innerJoin("voicemail_messages", "voicemail_messages.id", "recordings.id")
      .select("recordings.id")
      .where("recordings.state", "=", "recording")
      .executeTakeFirst();
    return row !== undefined;
  });
  const { packets } = call.stream!.received;
  await until("two seconds are said", () => call.stream!.received.packets > packets + 100);
  call.hangup();
}

const messagesOf = (who: Person, query = ""): Promise<{ items: MessageRow[] }> =>
  who.ask("GET", `/voicemail/messages${query}`);
const messageFrom = (who: Person, phone: string) =>
  until(`a message of ${phone}`, async () =>
    (await messagesOf(who)).items.find((one) => one.phone === phone),
  );

async function upload(bed: CallBed, who: Person, boxId: number, wav: Buffer) {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(wav)], { type: "audio/wav" }), "greeting.wav");
  return fetch(`${bed.server.url}/api/v1/voicemail/boxes/${boxId}/greeting`, {
    method: "POST",
    headers: who.headers,
    body: form,
  });
}

const toneWav = (hz: number, seconds: number) => {
  const samples = new Int16Array(seconds * 8000);
  sineSource(hz, sentDbm0)(samples);
  return toWav(samples);
};

test("a caller hears the person's own greeting, and what they say is in the box as it was said; a full box says so", async () => {
  const { bed, ana, ben, callBen } = await office();
  await using _bed = bed;
  const [own] = (await ben.ask("GET", "/voicemail/boxes")).items;
  assert.deepEqual([own.userId, own.greetingMs, own.messages], [ben.userId, null, 0]);
  assert.equal((await upload(bed, ana, own.id, toneWav(greetingHz, 1))).status, 404, "another's box");
  assert.equal((await upload(bed, ben, own.id, Buffer.from("no sound"))).status, 422);
  assert.equal((await upload(bed, ben, own.id, toneWav(greetingHz, 121))).status, 422, "too long");
  assert.equal((await upload(bed, ben, own.id, toneWav(greetingHz, 3))).status, 200);
  await using mail = await mailServer();
  const { port } = mail;
  const root = await bed.agent("root", { role: "administrator" });
  const from = { from: "calls@example.com", ...mailUser };
  await root.ask("PUT", "/mail", { host: "127.0.0.1", port, security: "none", ...from });
  const settings = { longestSeconds: 60, mostMessages: 1, keepDays: 0, email: "ben@example.com" };
  await ben.ask("PUT", `/voicemail/boxes/${own.id}`, settings);

  const first = callBen("+8613800138091");
  await until("the greeting is heard", async () => {
    const heard = await first.stream?.listen(200);
    return heard !== undefined && heard.toneDbm0(greetingHz) > sentDbm0 - 3;
  });
  await leave(bed, first);
  const message = await messageFrom(ben, "+8613800138091");
  const response = await fetch(`${bed.server.url}/api/v1/voicemail/messages/${message.id}/audio`, {
    headers: ben.headers,
  });
  const file = Buffer.from(await response.arrayBuffer());
  const said = wavChannel(file, parseWav(file), 0);
  assert.ok(message.durationMs >= 1500, `${message.durationMs} ms`);
  assert.ok(
    Math.abs(said.length / 8 - message.durationMs) <= 20,
    `${said.length / 8} of ${message.durationMs} ms`,
  );
  const windows = Math.floor(said.length / 2000) - 2;
  const levels = Array.from({ length: windows }, (_, i) =>
    toneLevelDbm0(said.subarray((i + 1) * 2000, (i + 2) * 2000), callerHz),
  ).sort((a, b) => a - b);
  // A packet that a loaded machine sends late is a gap in one of them.
  const typical = levels[Math.floor(windows / 2)]!;
  assert.ok(Math.abs(typical - sentDbm0) < 1.5, `${levels.join(", ")} dBm0`);

  const { subject, attachments } = await mail.mailTo("ben@example.com");
  assert.equal(subject, "Voicemail from +8613800138091");
  const attached = wavChannel(attachments[0]!.content, parseWav(attachments[0]!.content), 0);
  assert.deepEqual(attached, said, "the sound of the mail is the message");

  const second = callBen("+8613800138092");
  await second.until("ended");
  const turned = await closedCall(bed.database, "+8613800138092");
  assert.ok(turned.events.includes("voicemail-full") && !turned.events.includes("voicemail-recording"));
  assert.equal((await messagesOf(ben)).items.length, 1);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a box of several people: each sees its messages, gives them to one, or sends them on; nobody else does", async () => {
  const { bed, ana, ben, callBen } = await office();
  await using _bed = bed;
  const cleo = await bed.agent("cleo", { role: "administrator" });
  const box = await cleo.ask("POST", "/voicemail/boxes", { name: "Service", keeperIds: [ana.userId] });
  await assert.rejects(ana.ask("POST", "/voicemail/boxes", { name: "Mine", keeperIds: [] }), /forbidden/);
  await assert.rejects(
    cleo.ask("POST", "/voicemail/boxes", { name: "Service", keeperIds: [] }),
    /box-name-taken/,
  );
  await ben.ask("PUT", "/forwarding", { always: null });
  await ben.work();
  const call = callBen("+8613800138093");
  await ben.until("talking");
  await ben.command("call/transfer", { target: { type: "voicemail-box", boxId: box.id } });
  await ben.until("ready");
  await leave(bed, call);
  const message = await messageFrom(ana, "+8613800138093");
  assert.deepEqual([message.boxName, message.own, message.assignedTo], ["Service", false, null]);
  assert.equal((await ana.state()).unheardMessages, 1);
  assert.deepEqual((await messagesOf(ben)).items, []);
  await assert.rejects(ben.ask("DELETE", `/voicemail/messages/${message.id}`), /not-found/);

  await ana.ask("PATCH", `/voicemail/messages/${message.id}`, { assignedToId: ben.userId });
  assert.equal((await messagesOf(ben)).items[0]?.assignedTo?.id, ben.userId);
  assert.equal((await ben.state()).unheardMessages, 1);
  await ben.ask("PATCH", `/voicemail/messages/${message.id}`, { heard: true });
  assert.deepEqual((await messagesOf(ana, "?state=unheard")).items, []);
  assert.equal((await ana.state()).unheardMessages, 0);
  await ana.ask("PATCH", `/voicemail/messages/${message.id}`, { forwardToId: ben.userId });
  assert.deepEqual((await messagesOf(ana)).items, []);
  const [forwarded] = (await messagesOf(ben)).items;
  assert.deepEqual([forwarded?.own, forwarded?.heardAt, forwarded?.assignedTo], [true, null, null]);
  await ben.ask("DELETE", `/voicemail/messages/${message.id}`);
  assert.equal((await ben.state()).unheardMessages, 0);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
