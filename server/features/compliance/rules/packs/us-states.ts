/**
 * States that ask more of marketing than the federal rules. Where accounts of a law differ, the stricter stands here;
 * what was read is the words of the law as those accounts quote them.
 */
import type { WeekHours } from "../../../../../shared/campaigns.ts";
import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { everyDay, mondayToSaturday, weekOf } from "../../../../../shared/week.ts";

type Region = NonNullable<RulePackInput["regions"]>[string];
type Source = RulePackInput["sources"][string];

interface State {
  name: [zh: string, en: string];
  /** Its area codes. */
  codes: string;
  week: WeekHours;
  /** Closed on federal holidays as well. */
  holidays?: true;
  /** Calls to a person in 24 hours on one subject. */
  callsPerDay?: number;
  /** Calls to sell need consent in writing. */
  written?: true;
  law: string;
  /** Its words were read as quoted; else an account of them. */
  quoted: boolean;
  note?: [zh: string, en: string];
}

const eightToEight: WeekHours = everyDay(["08:00", "20:00"]);
const nineToNine: WeekHours = everyDay(["09:00", "21:00"]);
const noSundays: WeekHours = weekOf(mondayToSaturday, ["08:00", "20:00"]);
const stateHolidays: [string, string] = [
  "州自己的节日未编入，只含联邦节日。",
  "Federal holidays only; the state's own are not encoded.",
];

const states: Record<string, State> = {
  AL: {
    name: ["亚拉巴马州", "Alabama"],
    codes: "205 251 256 334 659 938",
    week: noSundays,
    holidays: true,
    law: "Ala. Admin. Code r. 770-X-5-.17(2)",
    quoted: true,
    note: stateHolidays,
  },
  CT: {
    name: ["康涅狄格州", "Connecticut"],
    codes: "203 475 860 959",
    week: everyDay(["09:00", "20:00"]),
    written: true,
    law: "Conn. Gen. Stat. § 42-288a(c) (P.A. 23-98)",
    quoted: true,
    note: [
      "书面同意的要求依据转述；消费者主动询问等例外未编入。",
      "That it asks for consent in writing is from an account; exceptions, such as a consumer's own inquiry, are not encoded.",
    ],
  },
  FL: {
    name: ["佛罗里达州", "Florida"],
    codes: "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954",
    week: eightToEight,
    callsPerDay: 3,
    law: "Fla. Stat. § 501.616(6)",
    quoted: true,
    note: [
      "自动选号并拨号的营销电话另须书面同意（§ 501.059），未编入。",
      "Automated selection and dialing of numbers needs consent in writing besides (§ 501.059), which is not encoded.",
    ],
  },
  KY: {
    name: ["肯塔基州", "Kentucky"],
    codes: "270 364 502 606 859",
    week: everyDay(["10:00", "21:00"]),
    law: "KRS § 367.46955(16)",
    quoted: true,
  },
  LA: {
    name: ["路易斯安那州", "Louisiana"],
    codes: "225 318 337 504 985",
    week: noSundays,
    holidays: true,
    law: "LPSC General Order R-29617 § V(A); La. R.S. 45:844.12",
    quoted: false,
    note: stateHolidays,
  },
  MA: {
    name: ["马萨诸塞州", "Massachusetts"],
    codes: "339 351 413 508 617 774 781 857 978",
    week: eightToEight,
    law: "M.G.L. c. 159C § 3; 201 CMR 12.02(2)",
    quoted: false,
  },
  MD: {
    name: ["马里兰州", "Maryland"],
    codes: "227 240 301 410 443 667",
    week: eightToEight,
    callsPerDay: 3,
    law: "Md. Code, Com. Law § 14-4502(c)",
    quoted: true,
  },
  MI: {
    name: ["密歇根州", "Michigan"],
    codes: "231 248 269 313 517 586 616 679 734 810 906 947 989",
    week: nineToNine,
    law: "Mich. Comp. Laws § 750.540e(1)(f)",
    quoted: true,
    note: [
      "属骚扰罪条款，是否适用于普通营销电话有争议。",
      "Part of a law on malicious calls; whether it binds an ordinary sales call is argued.",
    ],
  },
  MN: {
    name: ["明尼苏达州", "Minnesota"],
    codes: "218 320 507 612 651 763 924 952",
    week: nineToNine,
    law: "Minn. Stat. § 325E.30",
    quoted: false,
  },
  MS: {
    name: ["密西西比州", "Mississippi"],
    codes: "228 601 662 769",
    week: noSundays,
    law: "Miss. Code § 77-3-723(1)",
    quoted: true,
  },
  NM: {
    name: ["新墨西哥州", "New Mexico"],
    codes: "505 575",
    week: nineToNine,
    law: "N.M. Stat. § 57-12-22(B)(5)",
    quoted: true,
  },
  NV: {
    name: ["内华达州", "Nevada"],
    codes: "702 725 775",
    week: everyDay(["09:00", "20:00"]),
    law: "NRS § 598.0918(3)",
    quoted: false,
  },
  OK: {
    name: ["俄克拉何马州", "Oklahoma"],
    codes: "405 539 572 580 918",
    week: eightToEight,
    callsPerDay: 3,
    law: "Okla. Stat. tit. 15, § 775C.4",
    quoted: false,
  },
  OR: {
    name: ["俄勒冈州", "Oregon"],
    codes: "458 503 541 971",
    week: eightToEight,
    callsPerDay: 3,
    law: "ORS § 646.563(1)(b)",
    quoted: false,
    note: [
      "转述只说“三次上限”，此处按 24 小时计。",
      "The account says a cap of three calls; it is taken as of 24 hours.",
    ],
  },
  PA: {
    name: ["宾夕法尼亚州", "Pennsylvania"],
    codes: "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878",
    week: weekOf(mondayToSaturday, ["09:00", "19:00"]),
    law: "73 P.S. § 2245(a)(1) (Act 47 of 2026)",
    quoted: true,
    note: [
      "2026-07-20 批准，90 天后生效；此前为 8:00–21:00。",
      "Approved 20 July 2026, in force after 90 days; before, 8:00 to 21:00.",
    ],
  },
  RI: {
    name: ["罗得岛州", "Rhode Island"],
    codes: "401",
    week: { ...weekOf(mondayToSaturday, ["09:00", "18:00"]), saturday: [["10:00", "17:00"]] },
    holidays: true,
    law: "R.I. Gen. Laws §§ 5-61-2(2), 5-61-3.6(a)",
    quoted: true,
    note: stateHolidays,
  },
  SD: {
    name: ["南达科他州", "South Dakota"],
    codes: "605",
    week: weekOf(mondayToSaturday, ["09:00", "21:00"]),
    law: "SDCL §§ 37-30A-3(2), 37-30-28",
    quoted: false,
  },
  TX: {
    name: ["得克萨斯州", "Texas"],
    codes:
      "210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979",
    week: { ...nineToNine, sunday: [["12:00", "21:00"]] },
    law: "Tex. Bus. & Com. Code § 301.051",
    quoted: false,
  },
  UT: {
    name: ["犹他州", "Utah"],
    codes: "385 435 801",
    week: weekOf(mondayToSaturday, ["08:00", "21:00"]),
    holidays: true,
    law: "Utah Code § 13-25a-103(3)",
    quoted: true,
    note: stateHolidays,
  },
  WA: {
    name: ["华盛顿州", "Washington"],
    codes: "206 253 360 425 509 564",
    week: eightToEight,
    law: "Wash. Rev. Code §§ 19.158.110, 80.36.390",
    quoted: false,
  },
  WY: {
    name: ["怀俄明州", "Wyoming"],
    codes: "307",
    week: eightToEight,
    law: "Wyo. Stat. § 40-12-302(d)",
    quoted: true,
  },
};

const readOn = "2026-11-21";
const marketing = ["marketing" as const];

function regionOf(
  id: string,
  { name: [zh, en], codes, week, holidays, callsPerDay, written }: State,
): Region {
  const source = id.toLowerCase();
  return {
    name: { zh, en },
    prefixes: codes.split(" ").map((code) => `1${code}`),
    rules: {
      hours: [{ week, closedOn: holidays ? "US" : null, purposes: marketing, source }],
      ...(callsPerDay && {
        attempts: [
          {
            of: "person",
            max: callsPerDay,
            windowHours: 24,
            sameCampaign: true,
            purposes: marketing,
            source,
          },
        ],
      }),
      ...(written && { consent: [{ purposes: marketing, form: "written", source }] }),
    },
  };
}

function sourceOf({ name: [, title], law: section, quoted, note }: State): Source {
  const read = quoted ? { checked: readOn } : { checked: null, account: readOn };
  return { title, section, ...read, ...(note && { note: { zh: note[0], en: note[1] } }) };
}

/** By ISO 3166-2. */
export const usStates: Record<string, Region> = Object.fromEntries(
  Object.entries(states).map(([id, state]) => [`US-${id}`, regionOf(id, state)]),
);

/** By the state's two letters in lower case. */
export const usStateSources: Record<string, Source> = Object.fromEntries(
  Object.entries(states).map(([id, state]) => [id.toLowerCase(), sourceOf(state)]),
);
