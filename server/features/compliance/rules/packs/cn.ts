import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay } from "../../../../../shared/week.ts";

export const cn: RulePackInput[] = [
  {
    id: "cn",
    version: "2026.2",
    validFrom: "2026-11-21",
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
          zh: "方案要求征得用户同意、建立白名单并留存依据；《通信短信息和语音呼叫服务管理规定》自 2020 年起为征求意见稿。民法典第一千零三十三条（不得以电话侵扰私人生活安宁，权利人明确同意的除外）已按原文核对；方案依据转述，广告法条号凭记忆。",
          en: "The plan asks for consent, a list of those who gave it, and proof kept; the rules on messages and voice calls are a draft of 2020. The words of article 1033 (no disturbing of private peace by telephone without clear consent) were read; the plan is from an account, the article of the advertising law from memory.",
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
        title: "《互联网金融 个人网络消费信贷 贷后催收风控指引》（GB/T 45251-2025）",
        section: "5.3 业务管理：催收时段",
        note: {
          zh: "2025-02-28 发布并实施，封面和目次已读；每日 22:00 至次日 8:00 不催收依据转述。",
          en: "Issued and in force on 28 February 2025; its cover and contents were read, and that nobody is called from 22:00 to 8:00 is from an account.",
        },
        checked: null,
        account: "2026-11-21",
      },
    },
  },
];
