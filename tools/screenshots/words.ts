import { type Kysely, sql } from "kysely";
import type { CampaignInput } from "../../shared/campaigns.ts";
import type { Language } from "../../shared/common.ts";
import type { Tables } from "../../server/kernel/tables.ts";

interface Words {
  agents: string[];
  campaign: Partial<CampaignInput>;
  preview: Partial<CampaignInput>;
  /** What the tools read and press on the pages. */
  heard: string;
  signIn: string;
  ready: string;
  noteLabel: string;
  goodLine: string;
  note: string;
  /** Gives the list and its leads names and fields. */
  fill(db: Kysely<Tables>, listId: number, timeZone: string): Promise<void>;
}

const leaf = (label: string, effect: "done" | "callback" | "do-not-call" = "done", success = false) => ({
  label,
  effect,
  success,
  children: [],
});
const branch = (label: string, success: boolean, children: ReturnType<typeof leaf>[]) => ({
  ...leaf(label, "done", success),
  children,
});

interface People {
  list: string;
  labels: [string, string, string, string];
  first: string[];
  last: string[];
  cities: string[];
  plans: string[];
  join: (last: string, first: string) => string;
}

/** Names, places and plans by the lead's position in the list. */
async function fillWith(db: Kysely<Tables>, listId: number, timeZone: string, people: People): Promise<void> {
  const keys = ["plan", "due", "premium", "city"];
  const columns = JSON.stringify(keys.map((key, index) => ({ key, label: people.labels[index] })));
  await sql`update lists set name = ${people.list}, columns = ${columns}::jsonb where id = ${listId}`.execute(
    db,
  );
  const leads = await db
    .selectFrom("leads")
    .select("id")
    .where("list_id", "=", listId)
    .orderBy("id")
    .execute();
  for (const [index, { id }] of leads.entries()) {
    const at = <T>(from: T[], step: number): T => from[(index * step + (index >> 3)) % from.length]!;
    const fields = JSON.stringify({
      plan: at(people.plans, 3),
      due: `2027-0${1 + (index % 6)}-${String(1 + ((index * 7) % 28)).padStart(2, "0")}`,
      premium: `¥${(1800 + ((index * 173) % 2600)).toLocaleString("en")}`,
      city: at(people.cities, 7),
    });
    const name = people.join(at(people.last, 5), at(people.first, 3));
    await sql`update leads set name = ${name}, fields = ${fields}::jsonb, time_zone = ${timeZone} where id = ${id}`.execute(
      db,
    );
  }
}

export const words: Record<Language, Words> = {
  zh: {
    agents: ["王芳", "李娜", "陈杰", "赵敏", "孙强", "周涛"],
    campaign: {
      name: "车险续保（华东）",
      dispositions: [
        branch("成功", true, [leaf("已成交", "done", true), leaf("同意，待付款", "done", true)]),
        leaf("要求回拨", "callback"),
        branch("拒绝", false, [leaf("价格"), leaf("已在别处购买")]),
        leaf("非本人"),
        leaf("不再联系", "do-not-call"),
      ],
      form: [
        { key: "interest", label: "意向程度", type: "choice", required: true, options: ["高", "中", "低"] },
        {
          key: "needs",
          label: "关注点",
          type: "choices",
          required: false,
          options: ["价格", "服务", "理赔速度"],
        },
        { key: "quoted", label: "已报价", type: "yes-no", required: false, options: [] },
      ],
      summaryRequired: false,
    },
    preview: { name: "满意度回访", mode: "preview" },
    heard: "已听到您的声音",
    signIn: "签入",
    ready: "就绪",
    noteLabel: "备注",
    goodLine: "线路良好",
    note: "客户正在开车，希望下午再谈。想了解无赔款优惠。",
    fill: (db, listId, timeZone) =>
      fillWith(db, listId, timeZone, {
        list: "2027 上半年到期",
        labels: ["当前险种", "到期日", "年保费", "城市"],
        first: ["伟", "秀英", "敏", "静", "磊", "洋", "建国", "艳", "杰", "雪梅"],
        last: ["张", "刘", "杨", "黄", "吴", "徐", "朱", "林", "何", "郭", "马"],
        cities: ["上海", "杭州", "南京", "苏州", "宁波", "合肥"],
        plans: ["交强险 + 第三者", "全险", "第三者 200 万"],
        join: (last, first) => last + first,
      }),
  },
  en: {
    agents: ["Ana Silva", "Ben Carter", "Chen Jie", "Dana Moore", "Eli Novak", "Fay Owens"],
    campaign: {
      name: "Motor renewals",
      dispositions: [
        branch("Sold", true, [leaf("Renewed", "done", true), leaf("Agreed, payment to come", "done", true)]),
        leaf("Call back", "callback"),
        branch("Declined", false, [leaf("Price"), leaf("Insured elsewhere")]),
        leaf("Wrong person"),
        leaf("Never again", "do-not-call"),
      ],
      form: [
        {
          key: "interest",
          label: "Interest",
          type: "choice",
          required: true,
          options: ["High", "Medium", "Low"],
        },
        {
          key: "needs",
          label: "Cares about",
          type: "choices",
          required: false,
          options: ["Price", "Service", "Claims"],
        },
        { key: "quoted", label: "Quote given", type: "yes-no", required: false, options: [] },
      ],
      summaryRequired: false,
    },
    preview: { name: "Satisfaction survey", mode: "preview" },
    heard: "We hear you",
    signIn: "Sign in to the desk",
    ready: "Ready",
    noteLabel: "Note",
    goodLine: "Good line",
    note: "Driving now, prefers the afternoon. Asked about the no-claims bonus.",
    fill: (db, listId, timeZone) =>
      fillWith(db, listId, timeZone, {
        list: "Due first half of 2027",
        labels: ["Cover", "Due", "Premium", "City"],
        first: ["Wei", "Maria", "Jon", "Aisha", "Lena", "Omar", "Grace", "Ivan", "Ruth", "Tom"],
        last: [
          "Zhang",
          "Lopez",
          "Brown",
          "Khan",
          "Meyer",
          "Ali",
          "Wilson",
          "Petrov",
          "Adams",
          "Lee",
          "Green",
        ],
        cities: ["Shanghai", "Hangzhou", "Nanjing", "Suzhou", "Ningbo", "Hefei"],
        plans: ["Third party", "Comprehensive", "Third party, 2 million"],
        join: (last, first) => `${first} ${last}`,
      }),
  },
};
