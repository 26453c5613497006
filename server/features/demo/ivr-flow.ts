import { weekdays } from "../../../shared/campaigns.ts";
import { ivrDocument } from "../../../shared/ivr/flow.ts";
import type { Tx } from "../../kernel/db.ts";
import { createFlow, publishFlow } from "../ivr/index.ts";

const said = (zh: string, en: string) => ({ speech: { zh, en } });
const keys = (...labels: string[]) => labels.map((label, index) => ({ key: String(index + 1), label }));

/** Greeting, hours, a menu, a queue, voicemail and a call-back, all drawn from left to right. */
const drawing = (queueId: number, keeperId: number) =>
  ivrDocument.parse({
    start: "greeting",
    languages: ["zh", "en"],
    blocks: [
      {
        id: "greeting",
        kind: "greeting",
        title: "问候 Greeting",
        ...said("您好，欢迎致电演示公司。", "Hello, and welcome to the demo company."),
        variants: [
          {
            when: { match: "all", tests: [{ key: "caller.known", op: "is", value: "yes" }] },
            ...said(
              "{{caller.name}}，您好，欢迎再次致电演示公司。",
              "Hello {{caller.name}}, and welcome back to the demo company.",
            ),
          },
        ],
        exits: { next: "hours" },
        x: 0,
        y: 180,
      },
      {
        id: "hours",
        kind: "hours",
        title: "服务时间 Hours",
        // Around the clock, for the demonstration is tried at any hour.
        hours: Object.fromEntries(weekdays.map((day) => [day, [["00:00", "24:00"]]])),
        exits: { open: "menu", closed: "closed" },
        x: 300,
        y: 170,
      },
      {
        id: "menu",
        kind: "menu",
        title: "主菜单 Main menu",
        ...said(
          "人工服务请按 1，留言请按 2，预约回电请按 3。",
          "For an agent press 1, to leave a message press 2, to be called back press 3.",
        ),
        keys: keys("人工 Agent", "留言 Message", "回电 Call-back"),
        exits: { "1": "queue", "2": "voicemail", "3": "callback", timeout: "queue", invalid: "queue" },
        x: 600,
        y: 0,
      },
      {
        id: "closed",
        kind: "prompt",
        title: "非服务时间 Closed",
        ...said(
          "现在是非服务时间，请在提示音后留言。",
          "We are closed now. Please leave a message after the tone.",
        ),
        exits: { next: "voicemail" },
        x: 600,
        y: 330,
      },
      {
        id: "queue",
        kind: "queue",
        title: "客服队列 Service",
        queueId,
        waitMs: 120_000,
        exits: { timeout: "busy" },
        x: 900,
        y: 0,
      },
      {
        id: "busy",
        kind: "prompt",
        title: "坐席忙 Busy",
        ...said("坐席正忙，我们会尽快给您回电。", "All agents are busy. We will call you back soon."),
        exits: { next: "callback" },
        x: 1200,
        y: 0,
      },
      {
        id: "callback",
        kind: "callback",
        title: "预约回电 Call-back",
        ...said("已登记，我们将在一小时内回电。", "Noted. We will call you within an hour."),
        afterMinutes: 60,
        exits: { next: "bye" },
        x: 1200,
        y: 150,
      },
      { id: "voicemail", kind: "voicemail", title: "留言 Voicemail", userId: keeperId, x: 900, y: 330 },
      {
        id: "bye",
        kind: "hang-up",
        title: "再见 Goodbye",
        ...said("感谢来电，再见。", "Thank you for calling. Goodbye."),
        x: 1500,
        y: 160,
      },
    ],
  });

/** A published flow that leads callers to this queue, or to a mailbox. */
export async function seedFlow(
  tx: Tx,
  { queueId, keeperId, userId }: { queueId: number; keeperId: number; userId: number | null },
  at: Date,
): Promise<number> {
  const name = "客服热线 Service line";
  const flowId = await createFlow(tx, { name, document: drawing(queueId, keeperId) }, userId);
  await publishFlow(tx, flowId, { note: "演示流程 Demonstration", userId, at });
  return flowId;
}
