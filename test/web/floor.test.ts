import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "../kit/axe.ts";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeCall, takeDesk } from "../kit/desk-page.ts";
import { person } from "../kit/person.ts";
import { until } from "../kit/until.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";

const phone = "+8613700000072";
const [anaHz, benHz, eveHz, customerHz] = [700, 1100, 1500, 1900];

test("a supervisor at the floor listens, whispers, is heard, takes over; pauses an agent and sends a message, by keyboard", async () => {
  await using bed = await callBed();
  const agents = [await browserAgent(bed, "ana"), await browserAgent(bed, "ben")];
  await person(bed.database, bed.server.url, "eve", "administrator");
  const campaign = await bed.seed.campaign({ phones: [phone], agents });
  await using ana = await openDesk(bed, "ana", { hz: anaHz });
  await using ben = await openDesk(bed, "ben", { hz: benHz });
  await using eve = await openDesk(bed, "eve", { hz: eveHz });
  await takeDesk(ana);
  await takeDesk(ben);
  await campaign.command("start");
  const call = await takeCall(bed, ana, customerHz);
  const { page } = eve;
  const customerHears = (what: string, hears: Record<number, boolean>) => untilCustomer(call, what, hears);

  await page.goto(`${bed.server.url}/floor`);
  const line = (name: string) => page.locator(`[data-agent="${name}"]`);
  await page.locator('[data-agent="ana"][data-agent-state="talking"]').getByText("person 0").waitFor();

  // No headset yet: listening connects it first.
  await line("ana").click();
  await page.keyboard.press("l");
  const strip = page.getByRole("region", { name: "我的监听" });
  await page.locator('.floor-supervising[data-mode="listen"]').waitFor();
  await eve.browser.hears(anaHz);
  await eve.browser.hears(customerHz);
  await customerHears("listening", { [anaHz]: true, [eveHz]: false });
  await page.keyboard.press("w");
  await page.locator('.floor-supervising[data-mode="whisper"]').waitFor();
  await ana.browser.hears(eveHz);
  await customerHears("whispering", { [anaHz]: true, [eveHz]: false });
  await ana.page.getByText("班长 · 耳语").waitFor();
  await page.keyboard.press("b");
  await page.locator('.floor-supervising[data-mode="barge"]').waitFor();
  await customerHears("barging", { [anaHz]: true, [eveHz]: true });
  await page.keyboard.press("x");
  await strip.waitFor({ state: "detached" });
  await customerHears("gone out", { [anaHz]: true, [eveHz]: false });

  // A pause with its reason; the other agent sees by whom.
  await line("ben").click();
  await page.keyboard.press("p");
  await page.getByRole("dialog").getByRole("button", { name: "用餐" }).click();
  await ben.page.getByText("eve 让您示忙：用餐。").waitFor();
  await page.locator('[data-agent="ben"]').getByText("由 eve 操作").waitFor();
  await ben.page.getByRole("button", { name: "知道了" }).click();
  await ben.page.getByText("eve 让您示忙：用餐。").waitFor({ state: "detached" });

  // A message; unread it is there after a reload, and the answer comes back.
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("m");
  await page.locator("#floor-message-text").fill("请留意话术");
  await page.getByRole("dialog").getByRole("button", { name: "发送", exact: true }).click();
  await ben.page.getByText("请留意话术").waitFor();
  await ben.page.reload();
  await ben.page.getByText("请留意话术").waitFor();
  await ben.page.getByPlaceholder("回复").fill("好的");
  await ben.page.getByRole("button", { name: "知道了" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("m");
  await page.getByText("ben: 好的").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });

  // Taken over: the customer hears the supervisor alone, the agent is free and told.
  await line("ana").click();
  await page.keyboard.press("t");
  const ask = page.getByRole("dialog").filter({ hasText: "接管 ana 的通话" });
  await ask.getByRole("button", { name: "接管" }).click();
  await customerHears("taken over", { [eveHz]: true, [anaHz]: false });
  await ana.until("ready");
  await eve.browser.hears(customerHz);
  assert.deepEqual([ana.browser.errors, ben.browser.errors, eve.browser.errors], [[], [], []]);
  call.hangup();
  // What wraps up has a word of its own colour.
  await page.locator(".ant-tag-purple").first().waitFor();
  assert.deepEqual(await axeFaults(page, "dark"), []);
});

/** Loud or silent, by tone; one look at all of them, again until all is so. */
async function untilCustomer(call: CarrierCall, what: string, hears: Record<number, boolean>): Promise<void> {
  await until(`the customer hears who they should: ${what}`, async () => {
    const heard = await call.stream!.listen(300);
    return Object.entries(hears).every(([hz, wanted]) =>
      wanted ? heard.toneDbm0(Number(hz)) > -30 : heard.toneDbm0(Number(hz)) < -35,
    );
  });
}
