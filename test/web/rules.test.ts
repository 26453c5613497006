import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

const phone = "+8613800138000";
const week = (from: string, to: string) =>
  Object.fromEntries(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [
      day,
      [[from, to]],
    ]),
  );
const packOf = (from: string, to: string) => ({
  id: "own-mornings",
  version: "1",
  validFrom: "2026-01-01",
  name: { zh: "只在早上", en: "Mornings only" },
  rules: { hours: [{ week: week(from, to), source: "council" }] },
  sources: { council: { title: "Agreement", section: "§ 3", checked: null } },
});

test("a pack of our own is refused with its contradiction and taken without", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  await office.open("/compliance");
  await page.getByRole("button", { name: "Add a pack of our own" }).click();
  const form = page.getByRole("dialog", { name: "Add a pack of our own" });
  const save = form.getByRole("button", { name: "Save" });
  await form.getByLabel("JSON").fill("{ hours: nine }");
  await save.click();
  await form.getByRole("alert").waitFor();
  await form.getByLabel("JSON").fill(JSON.stringify(packOf("11:00", "09:00")));
  await save.click();
  await form
    .getByText(/Hours end before they begin: /)
    .first()
    .waitFor();
  await form.getByLabel("JSON").fill(JSON.stringify(packOf("09:00", "11:00")));
  await save.click();
  await form.waitFor({ state: "hidden" });
  await page.getByText("own-mornings 1").waitFor();
  assert.deepEqual(
    // The console tells of each answer that is no success: the contradiction.
    office.complaints.filter((text) => !/status of 422/.test(text)),
    [],
  );
});

test("a consent is recorded with its proof and withdrawn; a register's file is loaded, and says so of a number", async () => {
  await using bed = await callBed();
  const campaign = await bed.seed.campaign({ phones: [phone] });
  await using office = await openOffice(bed, "olga", { role: "manager", language: "en" });
  const { page } = office;
  await office.open(`/lists/${campaign.listId}?lead=${campaign.leadIds[0]}`);
  await page.getByRole("tab", { name: "Consent" }).click();
  await page.getByText("No consent is recorded.").waitFor();
  await page.getByRole("button", { name: "Record consent" }).click();
  const form = page.getByRole("dialog", { name: "Record consent" });
  await form.getByLabel("Proof").fill("Form 12 of the fair");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("In force").waitFor();
  await page.getByText("Form 12 of the fair").waitFor();
  await page.getByRole("button", { name: "Withdraw" }).click();
  const question = page.getByRole("dialog", { name: "Did the person withdraw this consent?" });
  await question.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Withdrawn", { exact: true }).first().waitFor();
  await page.getByText("Form 12 of the fair").waitFor();

  await office.open("/do-not-call");
  await page.getByRole("button", { name: "Add a register" }).click();
  const add = page.getByRole("dialog", { name: "Add a register" });
  await add.getByLabel("Name").fill("Quiet homes");
  await add.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("row", { name: /Quiet homes/ });
  await row.getByText("nothing loaded").waitFor();
  await row.locator("input[type=file]").setInputFiles({
    name: "quiet.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(`${phone}\nno number\n`),
  });
  await row.getByText("1 numbers, 1 lines without one").waitFor();
  const search = page.getByRole("searchbox", { name: "Number" });
  const look = async (number: string) => {
    await search.fill(number);
    await search.press("Enter");
  };
  await look(phone);
  await page.getByText("Quiet homes: listed").waitFor();
  await look("+8613800138001");
  await page.getByText("Quiet homes: not listed").waitFor();
  assert.deepEqual(office.complaints, []);
});
