import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

test("an administrator adds a trunk and a test call proves it step by step", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  await office.open("/trunks/new");
  await page.getByText("By IP address", { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("Line one");
  await page.getByLabel("Host or address").fill(bed.carrier.host);
  await page.getByLabel("Port", { exact: true }).fill(String(bed.carrier.port));
  await page.getByLabel("Prefix before each number").fill("9");
  await page.getByText(/is sent to the provider as 9\+86/).waitFor();
  await page.getByLabel("Caller IDs").fill("021 6200 0000");
  await page.keyboard.press("Enter");
  await page.getByText("+86 21 6200 0000").last().waitFor();
  await page.getByLabel("Prefix before each number").fill("");
  await page.getByRole("button", { name: "Save and test" }).click();

  const drawer = page.getByRole("dialog", { name: "Test call through Line one" });
  await drawer.getByLabel("Number to call").fill("138 0013 8000");
  const offered = bed.carrier.nextCall("+8613800138000");
  await drawer.getByRole("button", { name: "Call", exact: true }).click();
  const call = await offered;
  call.answer();
  call.stream!.tone(800);
  await drawer.getByText("It works").waitFor();
  for (const step of ["The provider took the call", "Answered", "Sound came from the other side"])
    await drawer.getByText(step, { exact: true }).waitFor();
  await drawer.getByRole("button", { name: "Close" }).click();
  await page.locator("#main").getByText("It works").waitFor();

  await page.reload();
  await page.getByLabel("Host or address").waitFor();
  assert.equal(await page.getByLabel("Port", { exact: true }).inputValue(), String(bed.carrier.port));
  assert.deepEqual(office.complaints, []);
});
