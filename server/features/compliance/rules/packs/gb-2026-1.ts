import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay } from "../../../../../shared/week.ts";

export const gb20261: RulePackInput[] = [
  {
    id: "gb",
    version: "2026.1",
    validFrom: "2026-01-01",
    name: { zh: "英国", en: "United Kingdom" },
    note: {
      zh: "呼损率 3% 和 72 小时锁定来自 Ofcom 关于持续滥用的政策声明；时段来自行业守则，并非法律。",
      en: "The 3 per cent and the 72 hours follow Ofcom's policy on persistent misuse; the hours are a code of practice, not law.",
    },
    countries: ["GB"],
    rules: {
      hours: [
        {
          week: { ...everyDay(["08:00", "21:00"]), sunday: [["09:00", "21:00"]] },
          purposes: ["marketing", "survey"],
          source: "dma-hours",
        },
      ],
      abandon: [{ maxShare: 0.03, windowHours: 24, source: "ofcom" }],
      minRing: [{ seconds: 15, source: "ofcom" }],
      locks: [{ after: "abandoned", hours: 72, unlessAgent: true, source: "ofcom" }],
      consent: [
        { kinds: ["recorded-message"], purposes: ["marketing"], form: "express", source: "pecr-automated" },
      ],
      registers: [{ key: "gb-tps", maxAgeDays: 28, purposes: ["marketing"], source: "pecr-tps" }],
    },
    sources: {
      ofcom: {
        title: "Ofcom, Persistent Misuse: a statement of general policy",
        section: "20 December 2016, in force from 1 March 2017; Communications Act 2003, ss. 128–131",
        url: "https://www.ofcom.org.uk/consultations-and-statements/category-1/review-of-how-we-use-persistent-misuse-powers",
        note: {
          zh: "声明的日期已核对；3%、15 秒、72 小时的数字凭记忆，2008 年声明同样使用。2017 年后 3% 不再是安全港，只是 Ofcom 权衡的因素。",
          en: "The date was checked; 3 per cent, 15 seconds and 72 hours are from memory. Since 2017 the 3 per cent is no safe harbour but one thing that Ofcom weighs.",
        },
        checked: null,
      },
      "dma-hours": {
        title: "Direct Marketing Association, code of practice",
        section: "unsolicited calls",
        note: { zh: "凭记忆。", en: "From memory." },
        checked: null,
      },
      "pecr-automated": {
        title: "Privacy and Electronic Communications (EC Directive) Regulations 2003",
        section: "reg. 19",
        url: "https://www.legislation.gov.uk/uksi/2003/2426/regulation/19",
        checked: null,
      },
      "pecr-tps": {
        title: "Privacy and Electronic Communications (EC Directive) Regulations 2003",
        section: "regs. 21, 26",
        url: "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21",
        note: {
          zh: "登记满 28 天后生效，因此名单不得早于 28 天。",
          en: "An entry binds after 28 days, so a version is used for 28 days.",
        },
        checked: null,
      },
    },
  },
];
