/** Values as a voice reads them aloud, in Mandarin and English. Pure. */
import type { Language } from "../../../../shared/common.ts";
import { type Reading, readings } from "../../../../shared/sounds.ts";
import { decimalOf } from "./decimal.ts";
import { enOrdinal, enSigns, enWhole } from "./english.ts";
import { zhDigits, zhWhole } from "./mandarin.ts";
import { date, duration, time } from "./moments.ts";
import { amount } from "./money.ts";
import { phone, signs } from "./phone.ts";

function number(text: string, language: Language): string | undefined {
  const percent = /[%％]$/u.test(text);
  const value = decimalOf(percent ? text.slice(0, -1) : text);
  // Too many digits to be named.
  if (!value) return /^[-−]?\d{17,}$/u.test(text) ? signs(text, language) : undefined;
  const { negative, whole, fraction } = value;
  if (language === "zh") {
    const words = `${zhWhole(whole)}${fraction ? `点${zhDigits(fraction)}` : ""}`;
    return `${negative ? "负" : ""}${percent ? "百分之" : ""}${words}`;
  }
  const words = `${enWhole(whole)}${fraction ? ` point ${enSigns(fraction)}` : ""}`;
  return `${negative ? "minus " : ""}${words}${percent ? " percent" : ""}`;
}

function ordinal(text: string, language: Language): string | undefined {
  if (!/^\d{1,16}$/u.test(text)) return undefined;
  return language === "zh" ? `第${zhWhole(text)}` : enOrdinal(text);
}

/** `value` as words of the language; what does not fit its reading is read as it is written. */
export function spoken(value: string, reading: Reading, language: Language): string {
  const text = value.trim();
  switch (reading) {
    case "digits":
      return signs(text, language);
    case "phone":
      return phone(text, language);
    case "number":
      return number(text, language) ?? text;
    case "ordinal":
      return ordinal(text, language) ?? text;
    case "amount":
      return amount(text, language) ?? text;
    case "date":
      return date(text, language) ?? text;
    case "time":
      return time(text, language) ?? text;
    case "duration":
      return duration(text, language) ?? text;
    case "name":
      return text;
  }
}

const slot = /\{\{\s*([\p{L}\p{N}_.-]+)\s*(?:\|\s*([a-z]+)\s*)?\}\}/gu;

/** Names of the variables in a text. */
export const variablesIn = (text: string): string[] => [...text.matchAll(slot)].map(([, name]) => name!);

/** The text with its variables as words; one that is not given leaves nothing. */
export function fillIn(
  text: string,
  variables: Readonly<Record<string, string>>,
  language: Language,
): string {
  return text.replaceAll(slot, (_, name: string, reading: string | undefined) => {
    const how = readings.find((known) => known === reading) ?? "name";
    return spoken(variables[name] ?? "", how, language);
  });
}
