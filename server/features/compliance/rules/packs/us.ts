import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay } from "../../../../../shared/week.ts";
import { usStates, usStateSources } from "./us-states.ts";

const read = "2026-11-21";

/** Federal rules and the states that ask more. Accounts of state law differ; where they do, the stricter stands here. */
export const us: RulePackInput[] = [
  {
    id: "us",
    version: "2026.2",
    validFrom: "2026-11-21",
    name: { zh: "美国（联邦及部分州）", en: "United States (federal and some states)" },
    note: {
      zh: "营销电话须在被叫人当地时间 8:00–21:00；所列各州另有更严的时段和次数。未列出的州只适用联邦规则，请自行核对。",
      en: "Marketing between 8:00 and 21:00 of the person called; the states listed ask more. A state that is not listed has the federal rules here alone: check it.",
    },
    countries: ["US"],
    rules: {
      hours: [
        { week: everyDay(["08:00", "21:00"]), purposes: ["marketing"], source: "tcpa-hours" },
        { week: everyDay(["08:00", "21:00"]), purposes: ["collection"], source: "reg-f-hours" },
      ],
      attempts: [
        { of: "person", max: 7, windowHours: 168, purposes: ["collection"], source: "reg-f-frequency" },
      ],
      abandon: [
        {
          maxShare: 0.03,
          windowHours: 720,
          window: "campaign-periods",
          formula: "live-answers",
          source: "tcpa-abandon",
        },
      ],
      minRing: [{ seconds: 15, source: "tcpa-ring" }],
      consent: [
        { kinds: ["recorded-message"], purposes: ["marketing"], form: "written", source: "tcpa-consent" },
        {
          kinds: ["recorded-message"],
          purposes: ["service", "collection", "survey"],
          form: "express",
          source: "tcpa-prerecorded",
        },
      ],
      registers: [{ key: "us-dnc", maxAgeDays: 31, purposes: ["marketing"], source: "dnc" }],
    },
    regions: usStates,
    sources: {
      "tcpa-hours": {
        title: "TCPA rules; Telemarketing Sales Rule",
        section: "47 CFR § 64.1200(c)(1); 16 CFR § 310.4(c)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        checked: null,
        account: read,
      },
      "tcpa-abandon": {
        title: "TCPA rules; Telemarketing Sales Rule",
        section: "47 CFR § 64.1200(a)(7); 16 CFR § 310.4(b)(4)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        note: {
          zh: "每个任务按真人应答计不超过 3%，从任务开始起每 30 天为一期逐期计算，任务更短则按其全程；问候结束后 2 秒内须有坐席，否则播放身份信息。",
          en: "Of calls answered by a person, per campaign, over each successive 30 days from its beginning, or over its length if shorter; within two seconds of the greeting an agent, or a message that identifies the caller.",
        },
        checked: null,
        account: read,
      },
      "tcpa-ring": {
        title: "TCPA rules",
        section: "47 CFR § 64.1200(a)(6)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        note: { zh: "或响铃四声。", en: "Or four rings." },
        checked: null,
        account: read,
      },
      "tcpa-consent": {
        title: "TCPA rules; Telemarketing Sales Rule",
        section: "47 CFR § 64.1200(a)(2)–(3), (f)(9); 16 CFR § 310.4(b)(1)(v)",
        checked: null,
      },
      "tcpa-prerecorded": {
        title: "TCPA; TCPA rules",
        section: "47 U.S.C. § 227(b)(1); 47 CFR § 64.1200(a)(1)(iii)",
        note: {
          zh: "对手机号码；对住宅固话的若干豁免未编入。",
          en: "To wireless numbers; some exemptions for residential lines are not encoded.",
        },
        checked: null,
      },
      dnc: {
        title: "National Do Not Call Registry",
        section: "47 CFR § 64.1200(c)(2); 16 CFR § 310.4(b)(1)(iii)(B), (b)(3)(iv)",
        note: {
          zh: "名单须不早于呼叫前 31 天取得。既有业务关系的豁免未编入，可用同意依据说明。",
          en: "A version obtained no more than 31 days before the call. The established business relationship is not encoded; say it as the basis of consent.",
        },
        checked: null,
        account: read,
      },
      "reg-f-hours": { title: "Regulation F", section: "12 CFR § 1006.6(b)(1)", checked: null },
      "reg-f-frequency": {
        title: "Regulation F",
        section: "12 CFR § 1006.14(b)(2)",
        note: {
          zh: "按每笔债务计七天七次的推定；此处按人计，更严。通话后连续七天（通话当日为第一天）内不再拨打，请用小结锁定实现。",
          en: "A presumption of seven calls in seven days per debt; counted per person here, which is stricter. No call within seven days of a conversation, its day being the first: use a lock on dispositions.",
        },
        checked: read,
      },
      ...usStateSources,
    },
  },
];
