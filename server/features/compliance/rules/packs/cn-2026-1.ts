import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay } from "../../../../../shared/week.ts";

export const cn20261: RulePackInput[] = [
  {
    id: "cn",
    version: "2026.1",
    validFrom: "2026-01-01",
    name: { zh: "中国大陆", en: "Mainland China" },
    note: {
      zh: "商业营销电话须征得同意。全国性法律没有规定营销外呼的钟点；9:00–20:00、法定节日不拨打是行业惯例。运营商和地方通信管理局可能有更严的要求。",
      en: "Commercial calls need consent. No national law names hours for marketing; 9:00 to 20:00 and no statutory holidays are custom. Carriers and provincial authorities may ask more.",
    },
    countries: ["CN"],
    rules: {
      hours: [
        {
          week: everyDay(["09:00", "20:00"]),
          closedOn: "CN",
          purposes: ["marketing", "survey"],
          source: "custom-hours",
        },
        { week: everyDay(["08:00", "22:00"]), purposes: ["collection"], source: "collection" },
      ],
      attempts: [
        {
          of: "person",
          max: 3,
          windowHours: 24,
          purposes: ["marketing", "survey"],
          source: "custom-frequency",
        },
      ],
      consent: [{ purposes: ["marketing"], form: "express", source: "consent" }],
    },
    sources: {
      consent: {
        title:
          "《中华人民共和国民法典》；《中华人民共和国广告法》；工业和信息化部等十三部门《综合整治骚扰电话专项行动方案》（2018）",
        section: "民法典第一千零三十三条；广告法第四十三条；方案“全面规范营销外呼业务”",
        note: {
          zh: "方案要求征得用户同意、建立白名单并留存依据；《通信短信息和语音呼叫服务管理规定》自 2020 年起为征求意见稿。法条编号凭记忆。",
          en: "The plan asks for consent, a list of those who gave it, and proof kept; the rules on messages and voice calls are a draft of 2020. Article numbers are from memory.",
        },
        checked: "2026-11-21",
      },
      "custom-hours": {
        title: "行业惯例",
        section: "营销外呼时段",
        note: {
          zh: "2018 年方案要求“规范外呼时段、行为”，未定钟点；节日见《全国年节及纪念日放假办法》，调休未编入。",
          en: "The plan of 2018 asks for regulated hours and names none; holidays by the national regulation, moved days not encoded.",
        },
        checked: null,
      },
      "custom-frequency": {
        title: "行业惯例",
        section: "营销外呼频次",
        note: { zh: "运营商通常按此或更严。", en: "Carriers usually ask this or less." },
        checked: null,
      },
      collection: {
        title: "互联网金融贷后催收规范（GB/T 45251-2025）",
        section: "催收时段",
        note: { zh: "凭记忆。", en: "From memory." },
        checked: null,
      },
    },
  },
];
