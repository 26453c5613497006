import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../server/kernel/ids.ts";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

test("an officer locks a lead and lifts the lock, records a complaint that the report counts, and verifies all proof", async () => {
  await using bed = await callBed();
  const campaign = await bed.seed.campaign({ phones: ["+8613800138000"] });
  const callId = newId();
  await bed.database.pool.query(
    `with call as (
       insert into calls (id, direction, origin, state, outcome, campaign_id, list_id, lead_id, phone, name, planned_at,
         dialled_at, answered_at, connected_at, ended_at)
       values ($1, 'outbound', 'progressive', 'closed', 'connected', $2, $3, $4, '+8613800138000', 'Grace', now(), now(),
         now(), now(), now()) returning id)
     insert into decisions (call_id, at, allowed, reasons, facts, rules_version)
     select id, now(), true, '[]', '{}', '2026.2' from call`,
    [callId, campaign.id, campaign.listId, campaign.leadIds[0]],
  );
  await using office = await openOffice(bed, "olga", { role: "manager", language: "en" });
  const { page } = office;
  const lead = `/lists/${campaign.listId}?lead=${campaign.leadIds[0]}`;

  await office.open(lead);
  await page.getByRole("button", { name: "Lock against dialling" }).click();
  const form = page.getByRole("dialog", { name: "Lock against dialling" });
  await form.getByRole("button", { name: "Lock against dialling" }).click();
  await form.getByText("Say why: it stands in the audit log.").waitFor();
  await form.getByLabel("Why").fill("moved abroad");
  await form.getByRole("button", { name: "Lock against dialling" }).click();
  await page.getByText(/for good · moved abroad/).waitFor();
  await page
    .getByText(/Locked, or resting/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Lift the lock" }).click();
  const lift = page.getByRole("dialog", { name: "Lift the lock" });
  await lift.getByLabel("Why it is lifted").fill("came back");
  await lift.getByRole("button", { name: "Lift the lock" }).click();
  await page.getByText(/for good · moved abroad/).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("Lock lifted: came back").waitFor();

  await office.open(`/calls/${callId}`);
  await page.getByRole("button", { name: "Record a complaint" }).click();
  const complaint = page.getByRole("dialog", { name: "Record a complaint" });
  await complaint.getByLabel("What the person said").fill("called at dinner");
  await complaint.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^Complaint, /).waitFor();
  await page.getByText("The person called complained").waitFor();
  await office.open(`/reports?campaignId=${campaign.id}`);
  await page
    .getByRole("row", { name: /^\d{4}-/ })
    .getByRole("link", { name: "1" })
    .last()
    .waitFor();
  await page.goto(`${bed.server.url}/calls?counted=complaints`);
  await page.getByText("1 in all").waitFor();
  await office.open("/do-not-call");
  await page.getByRole("row", { name: /Complaint.*called at dinner/ }).waitFor();

  await office.open("/compliance");
  const verified = page.getByText("1 decisions in 1 seals are as they were.");
  // A decision is sealed a second after it was made.
  for (let look = 0; look < 20 && (await verified.count()) === 0; look++) {
    const answer = page.waitForResponse(/compliance\/verification/);
    await page.getByRole("button", { name: "Verify" }).click();
    await answer;
    await page.getByText(/decisions in \d+ seals/).waitFor();
  }
  await verified.waitFor();
  await page.getByText(/^Intact from .* to /).waitFor();
  assert.deepEqual(office.complaints, []);
});
