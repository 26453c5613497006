import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageRow } from "../../shared/voicemail.ts";
import { mailServer, mailUser } from "../kit/mail-server.ts";
import { speechService } from "../kit/speech-service.ts";
import { brokenAtRest } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { leaveMessage, ownBoxOf, voicemailOffice } from "../kit/voicemail-office.ts";

test("what callers say is written down, mailed and found; where that fails it is said why, the mail goes all the same, and it is tried again", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  await using service = await speechService();
  await using mail = await mailServer();
  const root = await bed.agent("root", { role: "administrator" });
  const { port } = mail;
  await root.ask("PUT", "/mail", {
    host: "127.0.0.1",
    port,
    security: "none",
    from: "calls@example.com",
    ...mailUser,
  });
  await root.ask("PUT", "/speech", {
    recognition: "service",
    url: service.url,
    transcriptionModel: "asr",
    timeoutSeconds: 60,
  });
  const { id: boxId } = await ownBoxOf(ben);
  await ben.ask("PUT", `/voicemail/boxes/${boxId}`, { email: "first@example.com" });
  const listed = async (query = ""): Promise<MessageRow[]> =>
    (await ben.ask("GET", `/voicemail/messages${query}`)).items;
  const written = (id: string) =>
    until("it is written down", async () => {
      const found = (await listed()).find((one) => one.id === id);
      return found?.transcript != null && found;
    });

  service.manner = "refuses";
  const first = await leaveMessage(bed, ben, callIn("+8613800138301"));
  const failed = await until("it failed", async () => {
    const found = (await listed()).find((one) => one.id === first.id);
    return found?.transcriptError != null && found;
  });
  assert.deepEqual(
    [failed.transcriptState, failed.transcriptError, failed.transcript],
    ["waiting", "speech-refused", null],
  );
  const without = await mail.mailTo("first@example.com");
  assert.equal(without.attachments.length, 1);

  service.manner = "well";
  service.hears = "Please call me back about invoice 471.";
  await ben.ask("PATCH", `/voicemail/messages/${first.id}`, { transcribe: true });
  assert.equal((await written(first.id)).transcript, service.hears);
  const upload = service.asked.findLast(({ path }) => path.endsWith("/transcriptions"))!;
  assert.ok(upload.body.includes("RIFF") && upload.body.length > 16_000, "the sound itself was sent");

  service.hears = "你好，请回电。";
  await ben.ask("PUT", `/voicemail/boxes/${boxId}`, { email: "second@example.com" });
  const second = await leaveMessage(bed, ben, callIn("+8613800138302"));
  assert.equal((await written(second.id)).transcriptState, null);
  const { text } = await mail.mailTo("second@example.com");
  assert.ok(text?.includes("你好，请回电。"), text);
  const found = async (search: string) =>
    (await listed(`?search=${encodeURIComponent(search)}`)).map(({ id }) => id);
  assert.deepEqual(await found("INVOICE"), [first.id]);
  assert.deepEqual(await found("回电"), [second.id]);
  assert.deepEqual(await found("100%"), []);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
