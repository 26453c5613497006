import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall } from "../kit/desk-page.ts";
import { deskPhone } from "../kit/desk-phone.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000081";

test("a desk phone in place of the browser: its account from the profile, a call, click-to-dial from another page", async () => {
  await using bed = await callBed();
  await runningCampaign(bed, phone, { summaryRequired: false });
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  const { page } = ana;
  await page.getByRole("link", { name: "前往个人资料" }).click();
  await ana.press("建立话机账号");
  const row = async (label: string) => {
    const text = await page.getByRole("row", { name: new RegExp(`^${label} *:`) }).innerText();
    return text.split("\n").at(-1)!;
  };
  const server = await row("服务器");
  assert.equal(server, `localhost:${bed.server.sip.port}`);
  const account = { user: await row("SIP 用户名"), password: await row("密码"), domain: "waihu" };
  await using telephone = await deskPhone(account, bed.server.sip, 1100);

  await page.getByRole("link", { name: "坐席工作台" }).click();
  await page.getByText("桌面话机", { exact: true }).click();
  await ana.press("签入");
  await ana.until("paused");
  const call = await takeCall(bed, ana, 1500);
  await ana.sees("person 0");
  await until("the agent's telephone hears the customer", () => telephone.peer.toneLevel(1500) > -30);
  assert.ok((await call.stream!.listen(300)).toneDbm0(1100) > -30);
  await ana.press("静音");
  await page.getByText("您已静音", { exact: true }).waitFor();
  await until("muted at the server", async () => (await call.stream!.listen(100)).toneDbm0(1100) < -50);
  call.hangup();
  await ana.until("wrap-up");
  await ana.press("保存并就绪");
  await ana.until("ready");

  await page.getByRole("link", { name: "通话记录" }).click();
  const bar = page.getByRole("region", { name: "当前坐席状态" });
  await bar.getByText("空闲").waitFor();
  const dialled = bed.carrier.nextCall();
  await page
    .getByRole("button", { name: /0000 0081/ })
    .first()
    .click();
  const second = await dialled;
  second.ring();
  await ana.until("ringing");
  await page.getByRole("link", { name: "通话记录" }).click();
  await bar.getByText("呼叫中").waitFor();
  second.answer();
  await bar.getByText("通话中").waitFor();
  await bar.getByRole("button", { name: "挂断" }).click();
  await second.until("ended");
  assert.equal(second.end?.by, "peer");
  assert.deepEqual(ana.browser.errors, []);
});
