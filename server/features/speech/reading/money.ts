import type { Language } from "../../../../shared/common.ts";
import { type Decimal, decimalOf, hundredths } from "./decimal.ts";
import { enCount, enSigns, enWhole } from "./english.ts";
import { zhCount, zhDigits, zhWhole } from "./mandarin.ts";

/** How an amount is written: `$12.50`, `12.5 EUR`, `¥8`, `12元`. The longest sign first. */
const currencies = [
  { signs: ["US$", "USD", "$", "美元"], zh: "美元", en: ["dollar", "dollars", "cent", "cents"] },
  {
    signs: ["HK$", "HKD", "港元", "港币"],
    zh: "港元",
    en: ["Hong Kong dollar", "Hong Kong dollars", "cent", "cents"],
  },
  { signs: ["EUR", "€", "欧元"], zh: "欧元", en: ["euro", "euros", "cent", "cents"] },
  { signs: ["GBP", "£", "英镑"], zh: "英镑", en: ["pound", "pounds", "penny", "pence"] },
  { signs: ["CNY", "RMB", "¥", "￥", "元"], zh: "元", en: ["yuan", "yuan", "fen", "fen"] },
] as const;

function split(text: string): {
  value: Decimal | undefined;
  currency: (typeof currencies)[number] | undefined;
} {
  const upper = text.toUpperCase();
  const found = currencies
    .flatMap((currency) => currency.signs.map((sign) => ({ currency, sign })))
    .sort((a, b) => b.sign.length - a.sign.length)
    .find(({ sign }) => upper.includes(sign));
  const value = decimalOf(found ? upper.replace(found.sign, "") : text);
  return { value, currency: found?.currency };
}

/** 元, 角 and 分: a gap of no 角 is said. */
function yuan(units: string, part: number): string {
  const [jiao, fen] = [Math.floor(part / 10), part % 10];
  if (units === "0" && part > 0)
    return jiao === 0
      ? `${zhCount(fen)}分`
      : `${zhCount(jiao)}角${fen > 0 ? `${zhWhole(String(fen))}分` : ""}`;
  const tenths = jiao > 0 ? `${zhWhole(String(jiao))}角` : fen > 0 ? "零" : "";
  return `${zhCount(units)}元${tenths}${fen > 0 ? `${zhWhole(String(fen))}分` : ""}`;
}

const twoDigits = (part: number): string => String(part).padStart(2, "0");

/** An amount as people say it, rounded to hundredths; one without a currency is 元 in Mandarin. undefined: no amount. */
export function amount(text: string, language: Language): string | undefined {
  const { value, currency } = split(text);
  if (!value) return undefined;
  const { units, part } = hundredths(value);
  const negative = value.negative && (units !== "0" || part > 0);
  if (language === "zh") {
    const sign = negative ? "负" : "";
    if (!currency || currency.zh === "元") return sign + yuan(units, part);
    if (part === 0) return `${sign}${zhCount(units)}${currency.zh}`;
    return `${sign}${zhWhole(units)}点${zhDigits(twoDigits(part).replace(/0$/u, ""))}${currency.zh}`;
  }
  const sign = negative ? "minus " : "";
  if (!currency) return `${sign}${enWhole(units)}${part > 0 ? ` point ${enSigns(twoDigits(part))}` : ""}`;
  const [one, many, cent, cents] = currency.en;
  if (units === "0" && part > 0) return sign + enCount(part, cent, cents);
  return `${sign}${enCount(units, one, many)}${part > 0 ? ` and ${enCount(part, cent, cents)}` : ""}`;
}
