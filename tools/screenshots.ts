/** Takes the pictures of README.md into docs/images: `node tools/screenshots.ts [en|zh [flow]]`. Real calls on a fresh system. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import type { Language } from "../shared/common.ts";
import { openBrowser, signIn } from "../test/kit/browser.ts";
import type { BedAgent } from "../test/kit/bed-agent.ts";
import { type CallBed, callBed } from "../test/kit/call-bed.ts";
import { openDesk } from "../test/kit/desk-page.ts";
import { person } from "../test/kit/person.ts";
import { until } from "../test/kit/until.ts";
import { takeFlow } from "./screenshots/flow.ts";
import { words } from "./screenshots/words.ts";

const folder = join(import.meta.dirname, "../docs/images");
const leads = 160;
const numberOf = (index: number) => `+86137${String(10_000_000 + index * 37).padStart(8, "0")}`;
const phones = Array.from({ length: leads }, (_, index) => numberOf(index));

/** People who answer in two calls of three and talk a little; the rest are busy or do not answer. */
function behave(bed: CallBed): void {
  for (const [index, phone] of phones.entries())
    bed.carrier.behave(
      phone,
      index % 3 === 0 && index > 3
        ? [{ do: "ring" }, { do: "wait", ms: 300 }, { do: "refuse", status: index % 2 ? 486 : 480 }]
        : [
            { do: "ring" },
            { do: "wait", ms: 400 },
            { do: "answer" },
            { do: "talk", sound: "talk-zh", ms: 600_000 },
          ],
    );
}

/** Works through calls of a second or two until told to stop; the last call is left as it is. */
async function work(agent: BedAgent, dispositionIds: readonly number[], over: () => boolean): Promise<void> {
  for (let turn = 0; !over(); turn++) {
    await agent.until("talking");
    if (over()) return;
    await new Promise((resolve) => setTimeout(resolve, 300 + 500 * (turn % 4)));
    await agent.command("hangup", {}).catch(() => undefined);
    await agent.finish(dispositionIds[(turn * 7 + agent.userId) % dispositionIds.length]);
  }
}

/** Spreads the closed calls over the working hours of the days before, so that the report has days and hours to show. */
async function spread(bed: CallBed): Promise<void> {
  const columns = [
    "planned_at",
    "dialled_at",
    "ringing_at",
    "answered_at",
    "connected_at",
    "ended_at",
    "wrap_ended_at",
  ];
  const midnight = sql`date_trunc('day', planned_at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'`;
  const days = sql`(1 + (hashtext(id) & 1023) % 5) * interval '1 day'`;
  const minutes = sql`(540 + (hashtext(id || 'h') & 1023) % 540) * interval '1 minute'`;
  const shift = sql`(${midnight} - ${days} + ${minutes} - planned_at)`;
  const sets = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(column)} + ${shift}`);
  await sql`update calls set ${sql.join(sets)} where state = 'closed'`.execute(bed.database.db);
}

/** At every hour it is working time in one of these. */
const zones = [
  "Asia/Shanghai",
  "Asia/Dubai",
  "Europe/London",
  "America/Sao_Paulo",
  "America/New_York",
  "America/Los_Angeles",
  "Pacific/Honolulu",
  "Pacific/Auckland",
];

/** A zone where it is working time now: nobody is called at night in a picture. */
function workingZone(): string {
  const now = new Date();
  const hourIn = (timeZone: string) =>
    Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }).format(now));
  return zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 18) ?? "Asia/Shanghai";
}

export async function take(page: Page, name: string, language: Language): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate("document.fonts.ready");
  await page.screenshot({ path: join(folder, `${name}-${language}.png`) });
}

async function takeAll(language: Language): Promise<void> {
  const say = words[language];
  await using bed = await callBed();
  behave(bed);
  const main = await person(bed.database, bed.server.url, "agent0", "agent");
  const others: BedAgent[] = [];
  for (const index of say.agents.slice(1).keys()) others.push(await bed.agent(`agent${index + 1}`));
  for (const [index, name] of say.agents.entries())
    await sql`update users set name = ${name} where login = ${`agent${index}`}`.execute(bed.database.db);
  const campaign = await bed.seed.campaign({ phones, agents: [main, ...others], ...say.campaign });
  const preview = await bed.seed.campaign({
    phones: ["+8613999999999"],
    agents: others.slice(3),
    ...say.preview,
  });
  await say.fill(bed.database.db, campaign.listId, workingZone());
  const made = await bed.manager.ask("GET", `/campaigns/${campaign.id}`);
  const leaves: number[] = made.dispositions.flatMap((node: { id: number; children: { id: number }[] }) =>
    node.children.length > 0 ? node.children.map((child) => child.id) : [node.id],
  );
  for (const agent of others) await agent.work(campaign.id, preview.id);
  await others[4]!.command("pause", { reasonId: 2 });
  await campaign.command("start");
  let isOver = false;
  const working = others.slice(0, 4).map((agent) => work(agent, leaves, () => isOver));
  const dialled = () => bed.carrier.counts.offered >= leads * 0.7;
  await until("enough calls", dialled, 180_000);
  isOver = true;
  await Promise.all(working);
  await spread(bed);

  await using desk = await openDesk(bed, "agent0", { hz: 440, language });
  const { page } = desk;
  await page.getByText(say.heard).waitFor();
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
  await desk.until("paused");
  await page.getByRole("button", { name: say.ready, exact: true }).click();
  await page.mouse.move(0, 0);
  await desk.until("talking");
  await page.keyboard.press("2");
  await page.getByLabel(say.noteLabel, { exact: true }).fill(say.note);
  await page.getByText(say.goodLine).waitFor();
  await take(page, "desk", language);

  for (const phone of phones) bed.carrier.behave(phone, [{ do: "ring" }, { do: "stay" }]);
  for (const agent of others.slice(2, 4)) await agent.command("hangup", {});
  await others[2]!.finish(leaves[0]);
  await until("a line rings", () => bed.carrier.calls.some((call) => call.phase === "offered"));
  await using office = await openBrowser({ hz: 440, language });
  await signIn(office.page, bed.server.url, "manager", "/floor");
  await office.page.getByText(say.agents[1]!).first().waitFor();
  await office.page.waitForLoadState("networkidle");
  await take(office.page, "floor", language);
  await office.page.goto(`${bed.server.url}/reports?campaignId=${campaign.id}`);
  await office.page.locator("canvas").first().waitFor();
  await office.page.waitForLoadState("networkidle");
  await take(office.page, "report", language);
  for (const call of bed.carrier.calls) call.hangup();
}

await mkdir(folder, { recursive: true });
const [only, what] = process.argv.slice(2);
for (const language of ["zh", "en"] as const) {
  if (only && only !== language) continue;
  if (what !== "flow") await takeAll(language);
  await takeFlow(language, take);
}
