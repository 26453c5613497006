import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, takeDesk } from "../kit/desk-page.ts";
import { pageFaults } from "../kit/page-faults.ts";
import { person } from "../kit/person.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { brokenAtRest } from "../kit/story.ts";

test("a supervisor at the board sees who waits, brings one to the front, moves one and takes one", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  await person(bed.database, bed.server.url, "sue", "supervisor");
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("客服", [ana]);
  const other = await queues.queue("售后", [ana]);
  await using desk = await openDesk(bed, "sue", { hz: 500 });
  const { page } = desk;
  await takeDesk(desk);
  const callers = [];
  for (const hz of [1100, 1300, 1500]) {
    const call = queues.callIn(line.phone, hz);
    await queues.waits(call);
    callers.push(call);
  }
  const [first, second, third] = callers;

  await page.getByRole("link", { name: "实时监控" }).click();
  await page.getByRole("button", { name: "客服 的等待者" }).filter({ hasText: "3" }).click();
  const list = page.getByRole("dialog");
  const shown = (call: { from: string }) => list.getByRole("row").filter({ hasText: call.from.slice(-4) });
  const order = () =>
    list
      .getByRole("row")
      .filter({ hasText: "+86" })
      .allInnerTexts()
      .then((rows) => rows.map((row) => /\+86 138 0013 (\d{4})/.exec(row)?.[1]));
  await shown(third!).waitFor();
  assert.deepEqual(
    await order(),
    [first, second, third].map((call) => call!.from.slice(-4)),
  );
  assert.deepEqual(await pageFaults(page, { language: "zh", theme: "light" }), []);

  await shown(third!).getByRole("button", { name: "置顶" }).click();
  await list
    .getByRole("row")
    .nth(1)
    .filter({ hasText: third!.from.slice(-4) })
    .waitFor();
  await shown(second!).getByRole("combobox").focus();
  await page.keyboard.type("售后");
  await page.keyboard.press("Enter");
  await shown(second!).waitFor({ state: "detached" });
  // She serves no queue, and has the caller all the same.
  await shown(first!).getByRole("button", { name: "我来接" }).click();
  assert.equal(await queues.takenBy(first!), "sue");
  await desk.browser.hears(1100);
  await page.getByRole("button", { name: "售后 的等待者" }).filter({ hasText: "1" }).waitFor();
  for (const call of callers) call.hangup();
  for (const call of callers) await queues.over(call);
  const moved = await bed.manager.ask("GET", "/audit?action=queue.caller-moved");
  assert.deepEqual(moved.items.map(({ detail }: { detail: { to: string } }) => detail.to).toSorted(), [
    "front",
    "me",
    "queue",
  ]);
  assert.equal(other.id > 0, true);
  assert.deepEqual(desk.browser.errors, []);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
