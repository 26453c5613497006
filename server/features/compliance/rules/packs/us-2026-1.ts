import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay, mondayToSaturday, weekOf } from "../../../../../shared/week.ts";

/** Federal rules and the states that ask more. Accounts of state law differ; where they do, the stricter stands here. */
export const us20261: RulePackInput[] = [
  {
    id: "us",
    version: "2026.1",
    validFrom: "2026-01-01",
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
      abandon: [{ maxShare: 0.03, windowHours: 720, source: "tcpa-abandon" }],
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
    regions: {
      "US-AL": {
        name: { zh: "亚拉巴马州", en: "Alabama" },
        prefixes: ["1205", "1251", "1256", "1334", "1659", "1938"],
        rules: {
          hours: [
            {
              week: weekOf(mondayToSaturday, ["08:00", "20:00"]),
              closedOn: "US",
              purposes: ["marketing"],
              source: "al",
            },
          ],
        },
      },
      "US-CT": {
        name: { zh: "康涅狄格州", en: "Connecticut" },
        prefixes: ["1203", "1475", "1860", "1959"],
        rules: { hours: [{ week: everyDay(["09:00", "20:00"]), purposes: ["marketing"], source: "ct" }] },
      },
      "US-FL": {
        name: { zh: "佛罗里达州", en: "Florida" },
        prefixes:
          "1239 1305 1321 1324 1352 1386 1407 1448 1561 1645 1656 1689 1727 1728 1754 1772 1786 1813 1850 1863 1904 1941 1954".split(
            " ",
          ),
        rules: {
          hours: [{ week: everyDay(["08:00", "20:00"]), purposes: ["marketing"], source: "fl" }],
          attempts: [
            {
              of: "person",
              max: 3,
              windowHours: 24,
              sameCampaign: true,
              purposes: ["marketing"],
              source: "fl",
            },
          ],
        },
      },
      "US-LA": {
        name: { zh: "路易斯安那州", en: "Louisiana" },
        prefixes: ["1225", "1318", "1337", "1504", "1985"],
        rules: {
          hours: [
            {
              week: weekOf(mondayToSaturday, ["08:00", "20:00"]),
              closedOn: "US",
              purposes: ["marketing"],
              source: "la",
            },
          ],
        },
      },
      "US-MD": {
        name: { zh: "马里兰州", en: "Maryland" },
        prefixes: ["1227", "1240", "1301", "1410", "1443", "1667"],
        rules: {
          hours: [{ week: everyDay(["08:00", "20:00"]), purposes: ["marketing"], source: "md" }],
          attempts: [
            {
              of: "person",
              max: 3,
              windowHours: 24,
              sameCampaign: true,
              purposes: ["marketing"],
              source: "md",
            },
          ],
        },
      },
      "US-OK": {
        name: { zh: "俄克拉何马州", en: "Oklahoma" },
        prefixes: ["1405", "1539", "1572", "1580", "1918"],
        rules: {
          hours: [{ week: everyDay(["08:00", "20:00"]), purposes: ["marketing"], source: "ok" }],
          attempts: [
            {
              of: "person",
              max: 3,
              windowHours: 24,
              sameCampaign: true,
              purposes: ["marketing"],
              source: "ok",
            },
          ],
        },
      },
      "US-TX": {
        name: { zh: "得克萨斯州", en: "Texas" },
        prefixes:
          "1210 1214 1254 1281 1325 1346 1361 1409 1430 1432 1469 1512 1682 1713 1726 1737 1806 1817 1830 1832 1903 1915 1936 1940 1945 1956 1972 1979".split(
            " ",
          ),
        rules: {
          hours: [
            {
              week: { ...everyDay(["09:00", "21:00"]), sunday: [["12:00", "21:00"]] },
              purposes: ["marketing"],
              source: "tx",
            },
          ],
        },
      },
      "US-WA": {
        name: { zh: "华盛顿州", en: "Washington" },
        prefixes: ["1206", "1253", "1360", "1425", "1509", "1564"],
        rules: { hours: [{ week: everyDay(["08:00", "20:00"]), purposes: ["marketing"], source: "wa" }] },
      },
    },
    sources: {
      "tcpa-hours": {
        title: "TCPA rules; Telemarketing Sales Rule",
        section: "47 CFR § 64.1200(c)(1); 16 CFR § 310.4(c)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        checked: null,
      },
      "tcpa-abandon": {
        title: "TCPA rules; Telemarketing Sales Rule",
        section: "47 CFR § 64.1200(a)(7); 16 CFR § 310.4(b)(4)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        note: {
          zh: "30 天内每个任务、按真人应答计不超过 3%；接通后 2 秒内须有坐席，否则播放身份信息。",
          en: "Of calls answered by a person, per campaign, over 30 days; within two seconds an agent, or a message that identifies the caller.",
        },
        checked: null,
      },
      "tcpa-ring": {
        title: "TCPA rules",
        section: "47 CFR § 64.1200(a)(6)",
        url: "https://www.ecfr.gov/current/title-47/section-64.1200",
        note: { zh: "或响铃四声。", en: "Or four rings." },
        checked: null,
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
      },
      "reg-f-hours": { title: "Regulation F", section: "12 CFR § 1006.6(b)(1)", checked: null },
      "reg-f-frequency": {
        title: "Regulation F",
        section: "12 CFR § 1006.14(b)(2)",
        note: {
          zh: "按每笔债务计七天七次的推定；此处按人计，更严。通话后七天内不再拨打请用小结锁定实现。",
          en: "A presumption of seven calls in seven days per debt; counted per person here, which is stricter. Seven days' rest after a conversation: use a lock on dispositions.",
        },
        checked: null,
      },
      al: { title: "Alabama", section: "Ala. Code § 8-19A-14", checked: "2026-11-21", note: secondary() },
      ct: {
        title: "Connecticut",
        section: "Conn. Gen. Stat. § 42-288a",
        checked: "2026-11-21",
        note: secondary(),
      },
      fl: {
        title: "Florida Telemarketing Act",
        section: "Fla. Stat. § 501.616(6)",
        checked: "2026-11-21",
        note: secondary(),
      },
      la: {
        title: "Louisiana",
        section: "La. Stat. § 45:844.11 et seq.",
        checked: "2026-11-21",
        note: secondary(),
      },
      md: {
        title: "Maryland Stop the Spam Calls Act of 2023",
        section: "Md. Code, Com. Law § 14-4501 et seq.",
        checked: "2026-11-21",
        note: secondary(),
      },
      ok: {
        title: "Oklahoma Telephone Solicitation Act of 2022",
        section: "Okla. Stat. tit. 15, § 775C.4",
        checked: "2026-11-21",
        note: secondary(),
      },
      tx: {
        title: "Texas",
        section: "Tex. Bus. & Com. Code § 301.051",
        checked: null,
      },
      wa: { title: "Washington", section: "Wash. Rev. Code § 80.36.390", checked: null },
    },
  },
];

function secondary() {
  return {
    zh: "依据二手资料核对，未核对法条原文。",
    en: "Checked against accounts of the law, not against its text.",
  };
}
