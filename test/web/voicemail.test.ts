import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { decodeWav } from "../../server/media/wav.ts";
import type { MessageRow } from "../../shared/voicemail.ts";
import { openBrowser, signIn } from "../kit/browser.ts";
import { until } from "../kit/until.ts";
import { leaveMessage, ownBoxOf, voicemailOffice } from "../kit/voicemail-office.ts";

const greetingHz = 900;

/** In the page: an `<audio>`. */
interface Audio {
  play(): Promise<void>;
  ended: boolean;
  currentTime: number;
  addEventListener(type: "ended", listener: () => void): void;
}

test("messages are listened to, found, assigned, forwarded and deleted; a greeting is recorded with the microphone, and a full box is told of", async () => {
  const { bed, ben, callIn } = await voicemailOffice();
  await using _bed = bed;
  const cleo = await bed.agent("cleo");
  const own = await leaveMessage(bed, ben, callIn("+8613800138501"));
  const shared = await leaveMessage(bed, ben, callIn("+8613800138502"));
  const root = await bed.agent("root", { role: "administrator" });
  const box = await root.ask("POST", "/voicemail/boxes", {
    name: "Service",
    keeperIds: [ben.userId],
    mostMessages: 1,
  });
  const { db } = bed.database;
  const change = (id: string, columns: { name: string; transcript: string; box_id?: number }) =>
    db.updateTable("voicemail_messages").set(columns).where("id", "=", id).execute();
  await change(own.id, { name: "Grace", transcript: "Please call me back." });
  await change(shared.id, { name: "Henry", transcript: "Where is my parcel?", box_id: box.id });
  const messagesOf = async (who: typeof ben): Promise<MessageRow[]> =>
    (await who.ask("GET", "/voicemail/messages")).items;

  await using browser = await openBrowser({ hz: greetingHz, language: "en" });
  const { page } = browser;
  await signIn(page, bed.server.url, "ben", "/voicemail");
  const item = (name: string) =>
    page.getByRole("list", { name: "Messages" }).getByRole("listitem").filter({ hasText: name });
  await page.getByText("The box Service is full: 1 messages").waitFor();

  await item("Grace")
    .locator("audio")
    .evaluate((audio: Audio) => audio.play());
  await item("Grace").getByRole("button", { name: "Mark as new" }).waitFor();
  await until("it is heard", async () => (await messagesOf(ben)).find(({ id }) => id === own.id)?.heardAt);
  const playedMs = await item("Grace")
    .locator("audio")
    .evaluate(
      (audio: Audio) =>
        new Promise<number>((resolve) => {
          if (audio.ended) resolve(audio.currentTime * 1000);
          audio.addEventListener("ended", () => resolve(audio.currentTime * 1000));
        }),
    );
  assert.ok(playedMs > 1500, `${playedMs} ms were played`);

  const search = page.getByRole("searchbox", { name: "Words, name or number" });
  await search.fill("parcel");
  await search.press("Enter");
  await item("Grace").waitFor({ state: "detached" });
  await item("Henry").waitFor();
  await search.fill("");
  await search.press("Enter");

  const choose = async (select: Locator, what: string) => {
    await select.click();
    const list = await select.getAttribute("aria-controls");
    await page
      .locator(`.ant-select-dropdown:has([id="${list}"]) .ant-select-item-option`)
      .filter({ hasText: what })
      .click();
  };
  await choose(item("Henry").getByRole("combobox", { name: "Assign to…" }), "cleo");
  await until("it is cleo's to see to", async () =>
    (await messagesOf(cleo)).some(({ id, assignedTo }) => id === shared.id && assignedTo?.id === cleo.userId),
  );
  await choose(item("Grace").getByRole("combobox", { name: "Forward to…" }), "cleo");
  await item("Grace").waitFor({ state: "detached" });
  await until("it is in cleo's box", async () => (await messagesOf(cleo)).some(({ id }) => id === own.id));
  await item("Henry").getByRole("button", { name: "Delete the message of Henry" }).click();
  await page.getByText("No messages.").waitFor();
  assert.deepEqual(await messagesOf(ben), []);

  await choose(page.getByRole("combobox", { name: "Box", exact: true }), "My own box");
  await page.getByRole("button", { name: "Settings of the box" }).click();
  const form = page.getByRole("dialog", { name: "Box of ben" });
  await form.getByRole("button", { name: "Record" }).click();
  const stop = form.getByRole("button", { name: "Stop and save" });
  await stop.waitFor();
  const begunAt = Date.now();
  await until("two seconds are recorded", () => Date.now() - begunAt > 2000);
  await stop.click();
  const { id } = await until("it is kept", async () => {
    const now = await ownBoxOf(ben);
    return now.greetingMs !== null && now;
  });
  const response = await fetch(`${bed.server.url}/api/v1/voicemail/boxes/${id}/greeting`, {
    headers: ben.headers,
  });
  const greeting = decodeWav(Buffer.from(await response.arrayBuffer()));
  const middle = greeting.subarray(greeting.length / 2, greeting.length / 2 + 4000);
  assert.ok(toneLevelDbm0(middle, greetingHz) > -30, "what the microphone heard");
  assert.deepEqual(browser.errors, []);
});
