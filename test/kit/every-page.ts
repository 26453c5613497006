import assert from "node:assert/strict";
import { newId } from "../../server/kernel/ids.ts";
import { callBed } from "./call-bed.ts";
import { openOffice } from "./office-page.ts";
import { pageFaults } from "./page-faults.ts";

interface Look {
  language: "zh" | "en";
  width: number;
  theme: "light" | "dark";
}

/**
 * Opens every second page, from the first or the second on, as an administrator: no untranslated word, nothing too wide
 * for the screen, nothing that axe-core finds serious, no complaint in the console.
 */
export async function lookAtPages(half: 0 | 1, { language, width, theme }: Look): Promise<void> {
  await using bed = await callBed();
  const campaign = await bed.seed.campaign({ phones: ["+8613800138000"], mode: "predictive" });
  const agentless = await bed.seed.campaign({ phones: ["+8613800138001"], mode: "agentless" });
  const customer = await bed.manager.ask("POST", "/customers", { name: "Grace", phones: [] });
  const pool = await bed.manager.ask("POST", "/caller-id-pools", {
    name: "South",
    maxPerDay: 100,
    numbers: [{ number: "+8675512345678" }],
  });
  const script = await bed.manager.ask("POST", "/scripts", {
    name: "Visit",
    kind: "questionnaire",
    document: { start: "p1", pages: [{ id: "p1", title: "One", text: "Two", end: {} }] },
  });
  const sized = { width: 3, height: 2 };
  const board = await bed.manager.ask("POST", "/wallboards", {
    name: "Hall",
    unitId: null,
    widgets: [
      { id: "w1", ...sized, type: "number", figure: "ready" },
      { id: "w2", ...sized, type: "hours" },
    ],
  });
  const callId = newId();
  await bed.database.pool.query(
    `insert into calls (id, direction, origin, state, outcome, campaign_id, lead_id, customer_id, phone, name, planned_at)
       values ($4, 'outbound', 'ratio', 'closed', 'busy', $1, $2, $3, '+8613800138000', 'Grace', now())`,
    [campaign.id, campaign.leadIds[0], customer.id, callId],
  );
  await using office = await openOffice(bed, "root", { language, viewport: { width, height: 800 } });
  const { page } = office;
  const paths = [
    "/floor",
    "/wallboards",
    `/wallboards/${board.id}`,
    "/my-line",
    "/call-rules",
    "/webhooks",
    "/ivr-sources",
    "/campaigns",
    "/campaigns/new",
    `/campaigns/${campaign.id}`,
    `/campaigns/${campaign.id}/edit`,
    `/campaigns/${campaign.id}/replay`,
    `/campaigns/${campaign.id}/message`,
    `/campaigns/${agentless.id}`,
    `/campaigns/${agentless.id}/edit`,
    `/campaigns/${agentless.id}/message`,
    "/queues",
    "/queues?tab=skills",
    "/queues?tab=kept",
    "/satisfaction",
    "/satisfaction?tab=surveys",
    "/numbers",
    "/numbers?tab=calendars",
    "/ivr",
    "/inbound-reports",
    "/inbound-reports?tab=ivr",
    "/inbound-reports?tab=voicemail",
    "/caller-ids",
    `/caller-ids/${pool.id}`,
    "/scripts",
    `/scripts/${script.id}`,
    `/scripts/${script.id}/results`,
    "/lists",
    `/lists/${campaign.listId}?lead=${campaign.leadIds[0]}`,
    `/lists/${campaign.listId}?tab=imports`,
    `/lists/${campaign.listId}/import`,
    "/customers",
    `/customers/${customer.id}`,
    "/callbacks",
    "/diary",
    "/diary?view=day&whose=team",
    "/callbacks?state=closed",
    "/calls",
    `/calls/${callId}`,
    "/reports",
    "/agent-time",
    `/agent-time/${office.userId}`,
    `/agent-time/${office.userId}?from=2026-01-01&to=2026-01-03`,
    "/shifts",
    "/trunks",
    "/trunks/new",
    "/announcements",
    "/sounds",
    "/speech",
    "/voicemail",
    `/trunks/${campaign.trunkId}`,
    "/users",
    "/users?tab=units",
    "/users?tab=roles",
    "/pause-reasons",
    "/do-not-call",
    "/compliance",
    `/leads/${campaign.leadIds[0]}/story`,
    "/settings",
    "/health",
    "/audit",
    "/profile",
  ];
  const wrong: string[] = [];
  for (const path of paths.filter((_, index) => index % 2 === half)) {
    await office.open(path);
    await page.waitForLoadState("networkidle");
    for (const fault of await pageFaults(page, { language, theme })) wrong.push(`${path} ${fault}`);
  }
  assert.deepEqual([...wrong, ...office.complaints], []);
}
