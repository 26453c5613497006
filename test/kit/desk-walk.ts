import type { Page } from "playwright-core";
import type { FormField } from "../../shared/campaigns.ts";
import type { BedAgent } from "./bed-agent.ts";
import type { BrowserOptions } from "./browser.ts";
import type { CallBed } from "./call-bed.ts";
import { type AgentDesk, browserAgent, openDesk } from "./desk-page.ts";

type Language = "zh" | "en";
const phone = "+8613700000061";
const previewPhone = "+8613700000062";

const sayIn = (language: Language) => (zh: string, en: string) => (language === "zh" ? zh : en);

const leaf = (label: string) => ({ label, effect: "done" as const, success: false, children: [] });

const field = (key: string, type: FormField["type"], label: string, options: string[] = []) => ({
  key,
  label,
  type,
  required: key === "interest",
  options,
});

/** More results than need a search, and a form with every kind of field. */
function campaignIn(language: Language, scriptId: number) {
  const say = sayIn(language);
  const plain = say(
    "考虑 已购买 价格高 打错 听不清 挂断 投诉 非本人",
    "Thinking Bought Price Wrong-number Unclear Hung-up Complaint Not-them",
  );
  const repair = {
    ...leaf(say("报修", "Repair")),
    children: [say("不制冷", "Warm"), say("漏水", "Leaks")].map(leaf),
  };
  return {
    scriptId,
    wrapUpLimitMs: 3_600_000,
    dispositions: [
      { ...leaf(say("成交", "Sold")), success: true },
      { ...leaf(say("约定回拨", "Call back")), effect: "callback" as const },
      repair,
      ...plain.split(" ").map(leaf),
    ],
    form: [
      field("interest", "choice", say("意向", "Interest"), [say("高", "High"), say("低", "Low")]),
      field("needs", "choices", say("关注点", "Cares about"), [say("价格", "Price"), say("服务", "Service")]),
      field("city", "choice", say("城市", "City"), ["A", "B", "C", "D", "E", "F"]),
      field("quoted", "yes-no", say("已报价", "Quoted")),
      field("amount", "money", say("金额", "Amount")),
      field("day", "date", say("日期", "Day")),
      field("agreed", "checkbox", say("同意条款", "Terms agreed")),
      field("mail", "email", say("邮箱", "E-mail")),
      field("more", "long-text", say("说明", "Remarks")),
    ],
  };
}

function scriptIn(language: Language) {
  const say = sayIn(language);
  const options = [
    { key: "o1", label: say("方便", "Yes") },
    { key: "o2", label: say("不方便", "Not now") },
  ];
  const label = say("现在方便吗？", "Have you got a minute?");
  return {
    name: say("续保话术", "Renewals"),
    kind: "script",
    document: {
      start: "p1",
      pages: [
        {
          id: "p1",
          title: say("开场", "Opening"),
          text: say(
            "您好，请问是 **{{lead.name}}** 吗？\n\n> 先确认是本人。",
            "Is that **{{lead.name}}**?\n\n> Make sure.",
          ),
          questions: [{ key: "time", type: "single", label, required: true, options }],
          next: "p2",
        },
        { id: "p2", title: say("结束", "Goodbye"), text: say("再见。", "Goodbye."), end: {} },
      ],
    },
  };
}

/** A desk on its way through every state, and what it shows at each stop. */
export type DeskStop =
  | "signed-out"
  | "devices"
  | "paused"
  | "cheat-sheet"
  | "ready"
  | "script"
  | "summary"
  | "keypad"
  | "send"
  | "consult"
  | "conference"
  | "wrap-up"
  | "found"
  | "faults"
  | "preview";

/**
 * One agent, by keyboard, from the device check through a call with a script, a consultation and three parties to the
 * wrap-up and a preview. `visit` looks at each stop and leaves the page as it was.
 */
export async function walkDesk(
  bed: CallBed,
  options: Omit<BrowserOptions, "hz" | "deaf"> & { language: Language },
  visit: (stop: DeskStop, desk: AgentDesk) => Promise<void>,
): Promise<void> {
  const script = await bed.manager.ask("POST", "/scripts", scriptIn(options.language));
  await bed.manager.ask("POST", `/scripts/${script.id}/publish`, { note: "" });
  const own = campaignIn(options.language, script.id as number);
  const agents = [await browserAgent(bed, "ana")];
  const colleague = await bed.agent("ben");
  const campaign = await bed.seed.campaign({ phones: [phone], agents, ...own });
  const preview = await bed.seed.campaign({ phones: [previewPhone], agents, ...own, mode: "preview" });
  await colleague.work();
  await using desk = await openDesk(bed, "ana", { hz: 700, ...options });
  const { page } = desk;
  await beforeCalls(desk, visit);
  const offered = bed.carrier.nextCall();
  await campaign.command("start");
  const call = await offered;
  call.answer();
  await desk.until("talking");
  await inCall(desk, colleague, visit);
  call.hangup();
  await desk.until("wrap-up");
  await visit("wrap-up", desk);
  await page.keyboard.press(",");
  await page.keyboard.type(options.language === "zh" ? "报修" : "repair");
  await page.getByRole("radio", { name: " / " }).first().waitFor();
  await visit("found", desk);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await page.locator("[data-field=interest]").getByRole("alert").waitFor();
  await visit("faults", desk);
  await preview.command("start");
  await page.keyboard.press("1");
  await page.locator("[data-field=interest] input").first().check();
  await page.keyboard.press("Control+Enter");
  await desk.until("preview");
  await visit("preview", desk);
}

/** Shortcuts rest until a dialog has faded out. */
const closed = (page: Page) => page.locator(".ant-modal-wrap").waitFor({ state: "detached" });

async function beforeCalls(desk: AgentDesk, visit: (stop: DeskStop, desk: AgentDesk) => Promise<void>) {
  const { page } = desk;
  const start = page.locator(".desk-sign-in-start button:enabled");
  await start.waitFor();
  await visit("signed-out", desk);
  await start.click();
  await desk.until("paused");
  await page.keyboard.press("z");
  await page.getByRole("dialog").waitFor();
  await visit("devices", desk);
  await page.keyboard.press("Escape");
  await closed(page);
  await visit("paused", desk);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await visit("cheat-sheet", desk);
  await page.keyboard.press("Escape");
  await closed(page);
  await page.keyboard.press("r");
  await desk.until("ready");
  await visit("ready", desk);
}

async function inCall(
  desk: AgentDesk,
  colleague: BedAgent,
  visit: (stop: DeskStop, desk: AgentDesk) => Promise<void>,
) {
  const { page } = desk;
  await page.locator(".desk-script .script-head").waitFor();
  await visit("script", desk);
  await page.keyboard.press("t");
  await page.locator("[data-field=more]").waitFor();
  await visit("summary", desk);
  await page.keyboard.press("v");
  await page.locator(".desk-keypad-grid").waitFor();
  await visit("keypad", desk);
  await page.keyboard.press("v");
  await page.locator(".desk-keypad-grid").waitFor({ state: "detached" });
  await page.keyboard.press("f");
  const option = page.getByRole("dialog").getByRole("option", { name: /ben/ });
  await option.waitFor();
  await visit("send", desk);
  await page.keyboard.type("ben");
  await page.getByRole("dialog").getByRole("option", { name: /ben/, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await colleague.until("talking");
  await page.locator('[data-party="agent"][data-party-state="here"]').waitFor();
  await closed(page);
  await visit("consult", desk);
  await page.keyboard.press("j");
  await page.locator('[data-party="customer"][data-party-state="here"]').waitFor();
  await visit("conference", desk);
}
