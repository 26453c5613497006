import type { RulePackInput } from "../../../../../shared/rule-packs.ts";

/** No law: the campaign's own settings and the do-not-call lists alone. For tests and demonstrations. */
export const none: RulePackInput[] = [
  {
    id: "none",
    version: "1",
    validFrom: "2000-01-01",
    name: { zh: "不使用规则包", en: "No rule pack" },
    note: {
      zh: "仅适用任务自身的时段、次数限制和免打扰名单，不检查任何法律规则。",
      en: "Only the campaign's own hours, limits and the do-not-call lists apply; no rule of law is checked.",
    },
    rules: {},
    sources: {},
  },
];
