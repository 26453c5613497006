import type { RetryRules } from "../../../shared/after-call.ts";
import type { CampaignTemplate, DispositionNode, WeekHours } from "../../../shared/campaigns.ts";
import type { Language } from "../../../shared/common.ts";

const minute = 60_000;
const hour = 60 * minute;

const workday: [string, string][] = [
  ["09:00", "12:00"],
  ["13:30", "20:00"],
];
const hours: WeekHours = {
  monday: workday,
  tuesday: workday,
  wednesday: workday,
  thursday: workday,
  friday: workday,
  saturday: [["10:00", "17:00"]],
  sunday: [],
};

const retries: RetryRules = {
  busy: { delayMs: 10 * minute, tries: 3 },
  "no-answer": { delayMs: 3 * hour, tries: 4 },
  unreachable: { delayMs: 4 * hour, tries: 3 },
  "powered-off": { delayMs: 4 * hour, tries: 3 },
  suspended: { delayMs: 72 * hour, tries: 1 },
  machine: { delayMs: 3 * hour, tries: 4 },
  screener: { delayMs: 24 * hour, tries: 1 },
  rejected: { delayMs: 24 * hour, tries: 1 },
  "customer-left": { delayMs: 2 * hour, tries: 2 },
  abandoned: { delayMs: 4 * hour, tries: 2 },
  congestion: { delayMs: 5 * minute, tries: 5 },
  "trunk-failed": { delayMs: 5 * minute, tries: 10 },
  "agent-lost": { delayMs: 2 * minute, tries: 5 },
  crashed: { delayMs: 5 * minute, tries: 5 },
  cancelled: { delayMs: 5 * minute, tries: 5 },
  failed: { delayMs: 30 * minute, tries: 3 },
};

type Words = Record<
  | "interested"
  | "sold"
  | "wantsMaterial"
  | "thinking"
  | "callback"
  | "notInterested"
  | "price"
  | "hasProduct"
  | "noReason"
  | "notReached"
  | "wrongPerson"
  | "voicemail"
  | "badLine"
  | "doNotCall"
  | "summary"
  | "amount",
  string
>;

const words: Record<Language, Words> = {
  zh: {
    interested: "有意向",
    sold: "成交",
    wantsMaterial: "索取资料",
    thinking: "考虑中",
    callback: "约定回拨",
    notInterested: "无意向",
    price: "价格原因",
    hasProduct: "已有同类产品",
    noReason: "未说明原因",
    notReached: "未联系到本人",
    wrongPerson: "非本人接听",
    voicemail: "语音信箱",
    badLine: "线路不清",
    doNotCall: "要求不再来电",
    summary: "沟通要点",
    amount: "意向金额",
  },
  en: {
    interested: "Interested",
    sold: "Sold",
    wantsMaterial: "Wants material",
    thinking: "Thinking about it",
    callback: "Callback agreed",
    notInterested: "Not interested",
    price: "Price",
    hasProduct: "Has one already",
    noReason: "No reason given",
    notReached: "Right person not reached",
    wrongPerson: "Somebody else answered",
    voicemail: "Voicemail",
    badLine: "Bad line",
    doNotCall: "Wants no more calls",
    summary: "What was said",
    amount: "Amount",
  },
};

function leaf(label: string, effect: DispositionNode["effect"], success = false): DispositionNode {
  return { label, effect, success, rightParty: true, children: [] };
}
const unreached = (label: string): DispositionNode => ({ ...leaf(label, "retry"), rightParty: false });

function dispositions(w: Words): DispositionNode[] {
  return [
    {
      ...leaf(w.interested, "done", true),
      children: [
        leaf(w.sold, "done", true),
        leaf(w.wantsMaterial, "done", true),
        leaf(w.thinking, "retry", false),
      ],
    },
    leaf(w.callback, "callback"),
    {
      ...leaf(w.notInterested, "done"),
      children: [leaf(w.price, "done"), leaf(w.hasProduct, "done"), leaf(w.noReason, "done")],
    },
    {
      ...unreached(w.notReached),
      children: [unreached(w.wrongPerson), unreached(w.voicemail), unreached(w.badLine)],
    },
    leaf(w.doNotCall, "do-not-call"),
  ];
}

/** What a new campaign begins with. Its words are the user's to change, so they come in the user's language. */
export function campaignTemplateIn(language: Language): CampaignTemplate {
  const w = words[language];
  return {
    hours,
    attempts: { perLead: 6, perNumberPerDay: 2, minGapMs: 10 * minute },
    retries,
    form: [
      { key: "summary", label: w.summary, type: "long-text", required: false, options: [] },
      { key: "amount", label: w.amount, type: "number", required: false, options: [] },
    ],
    dispositions: dispositions(w),
  };
}
