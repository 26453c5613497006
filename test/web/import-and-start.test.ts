import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { person } from "../kit/person.ts";

const file = [
  "姓名,手机,余额",
  "李娜,138-0013-8000,120",
  "王伟,13900139000,55.5",
  "李娜,+86 138 0013 8000,120",
  '"=1+1",12,0',
  "赵敏,01062000000,8",
].join("\r\n");

test("a manager imports a file, makes a campaign of the list, and starts it", async () => {
  await using bed = await callBed();
  const agent = await person(bed.database, bed.server.url, "ana", "agent");
  await bed.seed.trunk({ name: "线路一", callerIds: ["+862162000000"] });
  await using office = await openOffice(bed, "mia", { role: "manager" });
  const { page } = office;
  // Its icon is part of a button's name.
  const button = (name: string) => page.getByRole("button", { name });

  await office.open("/lists");
  await button("新建名单").first().click();
  await page.getByRole("textbox", { name: "名单" }).fill("三月到期");
  await button("保存并导入").click();
  await page.waitForURL(/\/lists\/\d+\/import$/);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "三月.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByText("+86 138 0013 8000").first().waitFor();
  await page.getByText("无号码").waitFor();
  await button("开始导入").click();
  await page.getByText("导入完成").waitFor();
  const figure = (name: string) =>
    page.getByText(name, { exact: true }).locator("xpath=following-sibling::*[1]");
  for (const [name, count] of [
    ["已读行数", "5"],
    ["新增", "3"],
    ["重复", "1"],
    ["无效", "1"],
  ] as const)
    assert.equal(await figure(name).textContent(), count, name);
  await button("查看名单").click();
  await page.getByText("共 3 条").waitFor();
  await button("王伟").click();
  await page.getByText("没有任务使用此名单。").waitFor();
  await page.getByText("55.5").waitFor();

  await office.open("/campaigns/new");
  await page.getByLabel("名称", { exact: true }).fill("三月续费");
  const choose = async (field: string, option: string) => {
    await page.getByLabel(field, { exact: true }).click();
    await page.locator(".ant-select-item-option").filter({ hasText: option }).click();
  };
  await choose("名单", "三月到期");
  await choose("中继线路", "线路一");
  await choose("坐席", "ana (ana)");
  await page.keyboard.press("Escape");
  await button("保存").click();
  await page.waitForURL(/\/campaigns\/\d+$/);
  await page.getByText("100%").waitFor();
  await button("启动").click();
  await page.getByText("运行中").first().waitFor();
  const { rows } = await bed.database.pool.query(
    "select c.status, a.user_id from campaigns c join campaign_agents a on a.campaign_id = c.id",
  );
  assert.deepEqual(rows, [{ status: "running", user_id: agent.userId }]);
  assert.deepEqual(office.complaints, []);
});

test("a campaign that lacks something says what, and leads there", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "mia", { role: "manager" });
  const { page } = office;
  await office.open("/campaigns/new");
  await page.getByLabel("名称", { exact: true }).fill("空任务");
  await page.getByRole("button", { name: "保存" }).click();
  await page.waitForURL(/\/campaigns\/\d+$/);
  await page.getByRole("button", { name: "启动" }).click();
  const dialog = page.getByRole("dialog");
  for (const problem of ["没有选择名单。", "没有选择中继线路。", "没有坐席。"])
    await dialog.getByText(problem).waitFor();
  await dialog.getByRole("button", { name: "去完善" }).click();
  await page.waitForURL(/\/edit$/);
});
