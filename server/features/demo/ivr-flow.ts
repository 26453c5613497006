import { weekdays } from "../../../shared/campaigns.ts";
import { ivrDocument } from "../../../shared/ivr/flow.ts";
import type { Tx } from "../../kernel/db.ts";
import { createFlow, publishFlow } from "../ivr/index.ts";

const said = (zh: string, en: string) => ({ speech: { zh, en } });
const keys = (...labels: string[]) => labels.map((label, index) => ({ key: String(index + 1), label }));

export interface FlowParts {
  queueId: number;
  /** Whose voicemail takes the messages. */
  keeperId: number;
  /** The database of policies; null: there is none, and nobody is verified. */
  databaseId: number | null;
}

const policyShown = [
  { variable: "policy", label: "保单号 Policy number" },
  { variable: "product", label: "险种 Product" },
  { variable: "due", label: "到期日 Due" },
];

/** Who keys the number of a policy hears of it, and the agent sees that it is verified. */
const verification = (databaseId: number) => [
  {
    id: "policy",
    kind: "verify",
    title: "保单验证 Policy number",
    what: "order",
    variable: "policy",
    secret: false,
    min: 8,
    max: 8,
    ...said("请输入八位保单号。", "Please key the eight digits of your policy number."),
    wrong: { zh: "没有找到这个保单。", en: "There is no such policy." },
    by: {
      kind: "sql",
      databaseId,
      query: "select product, to_char(due, 'YYYY-MM-DD') as due from demo.policies where number = :policy",
    },
    saves: [
      { variable: "product", from: "product" },
      { variable: "due", from: "due" },
    ],
    exits: { verified: "told", failed: "queue", timeout: "queue", unavailable: "queue" },
    x: 900,
    y: -260,
  },
  {
    id: "told",
    kind: "prompt",
    title: "保单信息 Policy",
    ...said(
      "您的{{product}}保单，到期日为{{due}}。现在为您转接坐席。",
      "Your policy is due on {{due}}. We now connect you with an agent.",
    ),
    exits: { next: "queue" },
    x: 1200,
    y: -260,
  },
];

/** Greeting, hours, a menu, verification, a queue, voicemail and a call-back, all drawn from left to right. */
const drawing = ({ queueId, keeperId, databaseId }: FlowParts) =>
  ivrDocument.parse({
    start: "greeting",
    languages: ["zh", "en"],
    shown: databaseId === null ? [] : policyShown,
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
          `人工服务请按 1，留言请按 2，预约回电请按 3${databaseId === null ? "" : "，查询保单请按 4"}。`,
          `For an agent press 1, to leave a message press 2, to be called back press 3${databaseId === null ? "" : ", for your policy press 4"}.`,
        ),
        keys: keys(
          "人工 Agent",
          "留言 Message",
          "回电 Call-back",
          ...(databaseId === null ? [] : ["保单 Policy"]),
        ),
        exits: {
          "1": "queue",
          "2": "voicemail",
          "3": "callback",
          ...(databaseId !== null && { "4": "policy" }),
          timeout: "queue",
          invalid: "queue",
        },
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
      ...(databaseId === null ? [] : verification(databaseId)),
    ],
  });

/** A published flow that leads callers to this queue, or to a mailbox. */
export async function seedFlow(
  tx: Tx,
  { userId, ...parts }: FlowParts & { userId: number | null },
  at: Date,
): Promise<number> {
  const name = "客服热线 Service line";
  const flowId = await createFlow(tx, { name, document: drawing(parts) }, userId);
  await publishFlow(tx, flowId, { note: "演示流程 Demonstration", userId, at });
  return flowId;
}
