import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { closedCall } from "../kit/story.ts";

test("a manager builds a flow by keyboard and mouse, walks through it, dials with it and reads what became of it", async () => {
  await using bed = await callBed();
  const phone = "+8613800138090";
  const parts = [{ kind: "silence", ms: 300 }];
  for (const name of ["Offer", "Thanks"])
    await bed.manager.ask("POST", "/prompts", { name, language: "en", parts });
  const campaign = await bed.seed.campaign({ phones: [phone], mode: "agentless" });
  await using office = await openOffice(bed, "mia", { role: "manager", language: "en" });
  const { page } = office;
  await office.open(`/campaigns/${campaign.id}/message`);
  const choose = async (label: string, option: string, nth = 0) => {
    await page.getByRole("combobox", { name: label, exact: true }).nth(nth).click();
    await page
      .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
      .filter({ hasText: option })
      .click();
  };
  const addStep = async (list: string, act: string) => {
    await page.getByRole("button", { name: `Add a step: ${list}` }).focus();
    await page.keyboard.press("Enter");
    // By keyboard: a menu that still opens moves under a pointer.
    await page.getByRole("menuitem", { name: act, exact: true }).last().press("Enter");
  };
  await page.getByText("It has no step yet.").waitFor();
  await addStep("What is said, and what keys do", "Ask for a key");
  await page.getByText("A step has no prompt.").waitFor();
  await choose("Question", "Offer");
  await page.getByRole("textbox", { name: "What key 1 means" }).fill("interested");
  await addStep("Key 1", "Set a result");
  await choose("Result", "sold");
  await addStep("Key 1", "Say");
  await choose("Prompt", "Thanks");
  await page.getByText("It can be saved, but not started yet.").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("Says: Offer").waitFor();
  await page.getByRole("button", { name: "Press 1", exact: true }).click();
  for (const line of [
    "Pressed 1: interested",
    "Result: sold",
    "Says: Thanks",
    "We hang up",
    "The call is over.",
  ])
    await page.getByText(line, { exact: true }).waitFor();
  await page.getByRole("button", { name: "From the start" }).click();
  await page.getByRole("button", { name: "Press 9", exact: true }).click();
  await page.getByText("No more calls: All campaigns").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").first().waitFor();

  const coming = bed.carrier.nextCall(phone);
  await campaign.command("start");
  const person = await coming;
  person.answer();
  person.stream!.sendDtmf("1");
  const call = await closedCall(bed.database, phone);
  assert.deepEqual([call.outcome, call.disposition_id], ["message-heard", campaign.dispositions["sold"]]);
  await office.open(`/campaigns/${campaign.id}/message`);
  await page.getByRole("row", { name: "1 interested 1" }).getByRole("link", { name: "1" }).click();
  await page.getByText("Keys 1", { exact: true }).waitFor();
  await page.getByText("Message heard").first().waitFor();
  await office.open(`/calls/${call.id}`);
  await page.getByText("Key pressed in the message").waitFor();
  assert.deepEqual(office.complaints, []);
});
