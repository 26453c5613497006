import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { deskPhone } from "../kit/desk-phone.ts";
import { openOffice } from "../kit/office-page.ts";
import { pageFaults } from "../kit/page-faults.ts";

test("a draft is walked on a telephone: what is needed is said, blocks light up, secrets are masked, keys count", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  const speech = { zh: "您好" };
  const document = {
    start: "hello",
    blocks: [
      { kind: "prompt", id: "hello", speech, exits: { next: "pin" } },
      {
        kind: "collect",
        id: "pin",
        speech,
        variable: "pin",
        secret: true,
        waitMs: 60_000,
        exits: { next: "line", timeout: "bye", invalid: "bye" },
        x: 300,
      },
      { kind: "queue", id: "line", exits: { timeout: "bye" }, x: 600 },
      { kind: "hang-up", id: "bye", x: 900, y: 200 },
    ],
  };
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Line", document });
  await office.open(`/ivr/${id}`);
  const call = async () => {
    await page.getByRole("button", { name: "Test call" }).click();
    await page.getByRole("dialog").getByText("Your desk has no line now.", { exact: false }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Call", exact: true }).click();
  };
  await call();
  await page.getByText("There is no telephone to call", { exact: false }).first().waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // That refusal is what was wanted.
  office.complaints.length = 0;

  const made = await page.request.post(`${bed.server.url}/api/v1/desk/phone`, {
    headers: { "x-waihu": "1" },
  });
  await using phone = await deskPhone(await made.json(), bed.server.sip, null);
  await call();
  const panel = page.getByRole("region", { name: "Test call" });
  await page.locator('.react-flow__node[data-id="pin"] .ivr-walked-now').waitFor();
  assert.deepEqual(
    (await pageFaults(page, { language: "en", theme: "light" })).filter(
      (fault) => !/read out as - img:?$|shows Chinese/.test(fault),
    ),
    [],
  );
  phone.peer.sendDtmf("47");
  await panel.getByRole("group", { name: "Keys" }).getByRole("button", { name: "1", exact: true }).click();
  await panel.getByRole("group", { name: "Keys" }).getByRole("button", { name: "#", exact: true }).click();
  await panel.getByText("The caller would now be with: Queue").waitFor();
  await panel.getByText("••••").waitFor();
  await page.locator('.react-flow__edge[data-id="pin next"].ivr-walked').waitFor();
  await panel.getByRole("button", { name: "no answer in time" }).click();
  await panel.getByText("Over: to an end of the flow").waitFor();
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "detached" });

  await call();
  await panel.getByRole("button", { name: "Hang up" }).click();
  await panel.getByText("Over: hung up").waitFor();
  assert.deepEqual(office.complaints, []);
});
