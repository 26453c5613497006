import type { RulePackInput } from "../../../../../shared/rule-packs.ts";
import { weekOf, workdays } from "../../../../../shared/week.ts";

const members = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" ");

const name = { zh: "欧盟", en: "European Union" };
const note = {
  zh: "指令要求自动外呼须事先同意，人工营销电话由成员国选择；所列成员国有自己的规则，其余只适用指令，请自行核对。",
  en: "The directive asks for prior consent to automated calls and leaves calls by people to the member states. Those listed have rules of their own; for the others the directive stands alone: check them.",
};

const base: RulePackInput["rules"] = {
  consent: [{ kinds: ["recorded-message"], purposes: ["marketing"], form: "express", source: "eprivacy" }],
};

const germany = {
  name: { zh: "德国", en: "Germany" },
  rules: {
    consent: [{ purposes: ["marketing" as const], form: "express" as const, source: "de-uwg" }],
  },
};
const spain = {
  name: { zh: "西班牙", en: "Spain" },
  rules: {
    hours: [
      {
        week: weekOf(workdays, ["09:00", "21:00"]),
        closedOn: "ES",
        purposes: ["marketing" as const],
        source: "es-hours",
      },
    ],
    consent: [{ purposes: ["marketing" as const], form: "express" as const, source: "es-consent" }],
  },
};
const austria = {
  name: { zh: "奥地利", en: "Austria" },
  rules: {
    consent: [{ purposes: ["marketing" as const], form: "express" as const, source: "at-tkg" }],
  },
};
const franceHours = {
  hours: [
    {
      week: weekOf(workdays, ["10:00", "13:00"], ["14:00", "20:00"]),
      closedOn: "FR",
      purposes: ["marketing" as const],
      source: "fr-hours",
    },
  ],
  attempts: [
    { of: "person" as const, max: 4, windowHours: 720, purposes: ["marketing" as const], source: "fr-hours" },
  ],
};
const france = { name: { zh: "法国", en: "France" } };

const sources: RulePackInput["sources"] = {
  eprivacy: {
    title: "Directive 2002/58/EC (ePrivacy)",
    section: "art. 13(1)",
    url: "https://eur-lex.europa.eu/eli/dir/2002/58/oj",
    checked: "2026-11-21",
  },
  "de-uwg": {
    title: "Gesetz gegen den unlauteren Wettbewerb",
    section: "§ 7 Abs. 2 Nr. 1, § 7a",
    note: {
      zh: "对消费者，条文已读（§ 7 Abs. 2 Nr. 1）；同意须记录并保存五年（§ 7a，凭记忆）。对企业客户的推定同意未编入。",
      en: "To consumers, as read in § 7 Abs. 2 Nr. 1; the consent is documented and kept for five years (§ 7a, from memory). Presumed consent of businesses is not encoded.",
    },
    checked: "2026-11-21",
  },
  "es-hours": {
    title: "Ley General para la Defensa de los Consumidores y Usuarios",
    section: "art. 96.2",
    note: {
      zh: "只含全国性节日；自治区和地方节日请用自有规则包或任务时段补充。",
      en: "National holidays only; add regional and local ones by hours of the campaign or a pack of your own.",
    },
    checked: "2026-11-21",
  },
  "es-consent": {
    title: "Ley 11/2022, General de Telecomunicaciones",
    section: "art. 66.1.b",
    note: {
      zh: "在西班牙，该权利自 2023-06-29 起适用；也存在其他合法依据。",
      en: "Applied from 29 June 2023; another lawful basis may serve as well.",
    },
    checked: "2026-11-21",
  },
  "at-tkg": {
    title: "Telekommunikationsgesetz 2021",
    section: "§ 174 Abs. 1",
    note: { zh: "对企业同样适用。", en: "To businesses as well." },
    checked: null,
    account: "2026-11-21",
  },
};

export const eu: RulePackInput[] = [
  {
    id: "eu",
    version: "2026.3",
    validFrom: "2026-11-21",
    name,
    note,
    countries: members,
    rules: base,
    regions: {
      DE: germany,
      ES: spain,
      AT: austria,
      FR: {
        ...france,
        rules: {
          ...franceHours,
          consent: [{ purposes: ["marketing"], form: "express", source: "fr-consent" }],
        },
      },
      IT: {
        name: { zh: "意大利", en: "Italy" },
        rules: {
          registers: [{ key: "it-rpo", maxAgeDays: 15, purposes: ["marketing"], source: "it-rpo" }],
        },
      },
    },
    sources: {
      ...sources,
      "fr-hours": {
        title: "Code de la consommation (décret n° 2026-662)",
        section: "art. D. 223-9; art. L. 223-1",
        note: {
          zh: "自 2026-08-11 起只有消费者明示同意在确切日期和时刻接听，才可在时段外拨打；一般同意不再解除时段，拒绝后 60 天的规则已删除。四次含未接通的尝试，按 30 个日历日计。",
          en: "Since 11 August 2026 only consent to a call at one precise date and time lifts the hours, consent as such does not, and the 60 days after a refusal are gone. The four calls include tries nobody answered, in 30 calendar days.",
        },
        checked: "2026-11-21",
      },
      "fr-consent": {
        title: "Code de la consommation (loi n° 2025-594)",
        section: "art. L. 223-1",
        note: {
          zh: "自 2026-08-11 起须事先明示同意并能举证，履行中的合同除外（依据转述）；自动外呼另适用 CPCE art. L. 34-5。",
          en: "Prior, explicit consent that can be proved from 11 August 2026 on, but for a contract in force, by an account; automated calls besides under CPCE art. L. 34-5, whose words were read.",
        },
        checked: null,
        account: "2026-11-21",
      },
      "it-rpo": italianRegister(),
    },
  },
];

function italianRegister() {
  return {
    title: "Registro pubblico delle opposizioni (D.P.R. 26/2022)",
    section: "art. 8",
    note: { zh: "名单有效期 15 天；凭记忆。", en: "A check holds for 15 days; from memory." },
    checked: null,
  };
}
