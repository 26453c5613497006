import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { createPolicy } from "../../server/features/dialer/predictive/policy.ts";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { until } from "../kit/until.ts";

const phones = Array.from({ length: 40 }, (_, i) => `+861380028${String(2000 + i)}`);
const pictures = process.env["WAIHU_PICTURES"];

/** A list on which one in four answers within ten seconds; talks of twenty. */
function learned() {
  const policy = createPolicy({
    ceiling: 0.03,
    patienceSeconds: 2,
    ringTimeoutSeconds: 30,
    cancelAfterSeconds: 15,
  });
  for (let i = 0; i < 400; i++) {
    const call = { id: `${i}`, list: 0, dialledAt: i, likelihood: 1 };
    if (i % 4 === 0) policy.answered(call, i + 4 + (i % 7));
    else policy.ended(call, i + 28);
    policy.talked(10 + (i % 20));
    policy.wrapped(4);
  }
  return policy.save();
}

for (const [language, width, dark] of [
  ["zh", 1440, false],
  ["en", 360, true],
] as const)
  test(`the live panel in ${language} at ${width} px: lines, forecast, abandons, and what holds it back`, async () => {
    await using bed = await callBed();
    const agents = await Promise.all(["ana", "ben", "cho"].map((name) => bed.agent(name)));
    const campaign = await bed.seed.campaign({ phones, agents, mode: "predictive", summaryRequired: false });
    for (const [i, phone] of phones.entries())
      bed.carrier.behave(
        phone,
        i % 4 === 0
          ? [
              { do: "ring" },
              { do: "wait", ms: 500 },
              { do: "answer" },
              { do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 },
            ]
          : [{ do: "ring" }, { do: "stay" }],
      );
    await bed.database.db
      .insertInto("pacing_states")
      .values({
        campaign_id: campaign.id,
        day: "2026-01-01",
        state: JSON.stringify(learned()),
        saved_at: new Date(),
      })
      .execute();
    await using office = await openOffice(bed, "root", { language, viewport: { width, height: 900 } });
    const { page } = office;
    if (dark) await page.emulateMedia({ colorScheme: "dark" });
    await office.open(`/campaigns/${campaign.id}`);
    for (const agent of agents) await agent.work(campaign.id);
    await campaign.command("start");
    const panel = page.locator(".ant-card").first();
    const forecast = language === "zh" ? "未来 30 秒" : "The next 30 seconds";
    const limits =
      language === "zh" ? /呼损上限：|呼损额度：|坐席：/ : /Abandon ceiling:|Abandon budget:|Agents:/;
    await panel.getByText(forecast).waitFor();
    await panel.getByText(limits).first().waitFor();
    await until("an answer is counted and the forecast drawn", async () => {
      const answers = await panel.locator(`a[href*="counted=answered"]`).innerText();
      return Number(answers) >= 1 && (await panel.locator("canvas").count()) === 1;
    });
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false, "nothing is too wide");
    if (pictures)
      await page.screenshot({ path: join(pictures, `panel-${language}-${width}.png`), fullPage: true });
    await panel.locator(`a[href*="counted=answered"]`).click();
    await page.waitForURL(/\/calls\?.*counted=answered/);
    await until(
      "the answered calls are listed",
      async () => (await page.locator("tbody tr[data-row-key]").count()) >= 1,
    );
    assert.deepEqual(office.complaints, []);
  });
