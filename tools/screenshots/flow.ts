/** The picture of a flow: drawn through the API, walked by real callers, seen with its figures. */
import type { Language } from "../../shared/common.ts";
import { aroundTheClock } from "../../shared/week.ts";
import { openBrowser, signIn } from "../../test/kit/browser.ts";
import { type CallBed, callBed } from "../../test/kit/call-bed.ts";
import { until } from "../../test/kit/until.ts";
import type { take } from "../screenshots.ts";

const number = "+8675512340000";
/** What each caller keys, three seconds after the answer. */
const keyed = ["1", "1", "1", "1", "1", "2", "2", "3", "4", "4", "", "9"];

const words = {
  en: {
    name: "Service line",
    titles: ["Welcome", "Opening hours", "Main menu", "Agents", "Leave a message", "Call me back", "Goodbye"],
    keys: ["Agent", "Message", "Call-back", "Rate us"],
    closed: "We are closed",
    rate: "Satisfaction",
    figures: "Figures",
    day: "Last 1 day",
    fit: "Show all",
    wide: "The editor alone in the window",
  },
  zh: {
    name: "服务热线",
    titles: ["问候", "服务时间", "主菜单", "人工坐席", "留言", "预约回电", "再见"],
    keys: ["人工", "留言", "回电", "评价"],
    closed: "非服务时间",
    rate: "满意度",
    figures: "统计",
    day: "最近 1 天",
    fit: "显示全部",
    wide: "编辑器占满窗口",
  },
};

async function draw(bed: CallBed, language: Language, queueId: number): Promise<number> {
  const say = words[language];
  const [welcome, hours, menu, agents, message, back, bye] = say.titles;
  const said = { speech: { zh: "您好", en: "Hello" } };
  const document = {
    start: "hello",
    languages: [language],
    blocks: [
      { kind: "greeting", id: "hello", title: welcome, ...said, exits: { next: "open" }, x: 0, y: 60 },
      {
        kind: "hours",
        id: "open",
        title: hours,
        hours: aroundTheClock,
        exits: { open: "menu", closed: "closed" },
        x: 0,
        y: 220,
      },
      {
        kind: "menu",
        id: "menu",
        title: menu,
        ...said,
        waitMs: 4000,
        tries: 1,
        keys: say.keys.map((label, index) => ({ key: String(index + 1), label })),
        exits: { "1": "agents", "2": "box", "3": "back", "4": "rate", timeout: "agents", invalid: "agents" },
        x: 290,
        y: 0,
      },
      { kind: "prompt", id: "closed", title: say.closed, ...said, exits: { next: "box" }, x: 290, y: 330 },
      {
        kind: "queue",
        id: "agents",
        title: agents,
        queueId,
        waitMs: 5000,
        exits: { timeout: "back" },
        x: 580,
        y: -190,
      },
      { kind: "callback", id: "back", title: back, ...said, exits: { next: "bye" }, x: 860, y: -100 },
      {
        kind: "satisfaction",
        id: "rate",
        title: say.rate,
        ...said,
        waitMs: 2000,
        tries: 1,
        exits: { rated: "bye", unrated: "bye" },
        x: 580,
        y: 140,
      },
      { kind: "voicemail", id: "box", title: message, userId: bed.manager.userId, x: 580, y: 280 },
      { kind: "hang-up", id: "bye", title: bye, ...said, x: 860, y: 150 },
    ],
  };
  const { id, problems } = await bed.manager.ask("POST", "/ivr/flows", { name: say.name, document });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, { note: "" });
  await bed.manager.ask("PUT", "/inbound-routes", {
    items: [{ phone: number, target: { type: "flow", id } }],
  });
  return id;
}

export async function takeFlow(language: Language, keep: typeof take): Promise<void> {
  const say = words[language];
  await using bed = await callBed();
  await bed.seed.trunk();
  const { id: queueId } = await bed.manager.ask("POST", "/queues", { name: say.titles[3] });
  const id = await draw(bed, language, queueId);
  const calls = keyed.map((keys, index) =>
    bed.carrier.callIn({
      from: `+861380013${String(index).padStart(4, "0")}`,
      to: number,
      target: { transport: "udp", ...bed.server.sip },
      plan: [
        { do: "wait", ms: 3000 },
        ...(keys === "" ? [] : [{ do: "press", keys } as const]),
        ...(keys === "4"
          ? ([
              { do: "wait", ms: 1500 },
              { do: "press", keys: "5" },
            ] as const)
          : []),
        { do: "talk", sound: "talk-zh", ms: 15_000 },
        { do: "hangup" },
      ],
    }),
  );
  await until("all have called", () => calls.every(({ phase }) => phase === "ended"), 120_000);
  await using office = await openBrowser({ hz: 440, language });
  const { page } = office;
  await signIn(page, bed.server.url, "manager", `/ivr/${id}`);
  await page.locator('.react-flow__node[data-id="bye"]').waitFor();
  await page.getByRole("button", { name: say.wide }).click();
  await page.getByRole("combobox", { name: say.figures }).click();
  await page.getByTitle(say.day).click();
  await page.locator(".ant-select-dropdown").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: say.fit }).first().click();
  await page.waitForLoadState("networkidle");
  await keep(page, "flow", language);
}
