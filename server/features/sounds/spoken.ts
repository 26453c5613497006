/**
 * Values as a voice reads them aloud. Pure. Mandarin: numbers by GB/T 15835 (万 and 亿 group four digits), digits of
 * telephone numbers and codes with 幺 for one, as people say them.
 */
import type { Language } from "../../../shared/common.ts";
import { type Reading, readings } from "../../../shared/sounds.ts";

const zhDigits = "零一二三四五六七八九".split("");
const zhUnits = ["", "十", "百", "千"];
const zhGroups = ["", "万", "亿", "万亿"];

function zhGroup(group: number): string {
  let text = "";
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit > 0) text += zhDigits[digit]! + zhUnits[place]!;
    else if (text && !text.endsWith("零") && group % 10 ** place > 0) text += "零";
  }
  return text;
}

/** A whole number of at most 16 digits, such as 10203 → 一万零二百零三. */
function zhWhole(value: number): string {
  if (value === 0) return "零";
  let text = "";
  for (let index = 3; index >= 0; index--) {
    const group = Math.floor(value / 10_000 ** index) % 10_000;
    if (group === 0) continue;
    // A gap between groups is said once.
    if (text && group < 1000) text += "零";
    text += zhGroup(group) + zhGroups[index]!;
  }
  return text.replace(/^一十/, "十");
}

function zhNumber(value: number): string {
  const [whole = "0", fraction] = String(Math.abs(value)).split(".");
  const point = fraction
    ? `点${fraction
        .split("")
        .map((d) => zhDigits[Number(d)])
        .join("")}`
    : "";
  return `${value < 0 ? "负" : ""}${zhWhole(Number(whole))}${point}`;
}

function zhAmount(value: number): string {
  const fen = Math.round(Math.abs(value) * 100);
  const [yuan, jiao, cents] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const parts = [
    yuan > 0 || fen === 0 ? `${zhWhole(yuan)}元` : "",
    jiao > 0 ? `${zhDigits[jiao]}角` : cents > 0 && yuan > 0 ? "零" : "",
    cents > 0 ? `${zhDigits[cents]}分` : "",
  ];
  return `${value < 0 ? "负" : ""}${parts.join("")}`;
}

const enSmall =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const enTens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const enGroups = ["", " thousand", " million", " billion", " trillion"];

function enGroup(group: number): string {
  const hundreds = group >= 100 ? `${enSmall[Math.floor(group / 100)]} hundred` : "";
  const rest = group % 100;
  const tens =
    rest < 20
      ? rest > 0
        ? enSmall[rest]!
        : ""
      : enTens[Math.floor(rest / 10)]! + (rest % 10 > 0 ? `-${enSmall[rest % 10]}` : "");
  return [hundreds, tens].filter(Boolean).join(" ");
}

function enWhole(value: number): string {
  if (value === 0) return "zero";
  const words: string[] = [];
  for (let index = 4; index >= 0; index--) {
    const group = Math.floor(value / 1000 ** index) % 1000;
    if (group > 0) words.push(enGroup(group) + enGroups[index]!);
  }
  return words.join(" ");
}

function enNumber(value: number): string {
  const [whole = "0", fraction] = String(Math.abs(value)).split(".");
  const point = fraction
    ? ` point ${fraction
        .split("")
        .map((d) => enSmall[Number(d)])
        .join(" ")}`
    : "";
  return `${value < 0 ? "minus " : ""}${enWhole(Number(whole))}${point}`;
}

function enAmount(value: number): string {
  const cents = Math.round(Math.abs(value) * 100);
  const [whole, part] = [Math.floor(cents / 100), cents % 100];
  return `${value < 0 ? "minus " : ""}${enWhole(whole)}${part > 0 ? ` point ${enSmall[Math.floor(part / 10)]} ${enSmall[part % 10]}` : ""}`;
}

const enMonths =
  "January February March April May June July August September October November December".split(" ");

function date(text: string, language: Language): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12 || day > 31) return undefined;
  if (language === "zh")
    return `${String(year)
      .split("")
      .map((d) => zhDigits[Number(d)])
      .join("")}年${zhWhole(month)}月${zhWhole(day)}日`;
  return `${enMonths[month - 1]} ${day}, ${year}`;
}

function time(text: string, language: Language): string | undefined {
  const found = /(?:^|T|\s)(\d{1,2}):(\d{2})/.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || hour > 23 || minute > 59) return undefined;
  if (language === "zh") {
    const past = minute === 0 ? "整" : minute < 10 ? `零${zhDigits[minute]}分` : `${zhWhole(minute)}分`;
    return `${zhWhole(hour)}点${past}`;
  }
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")} ${hour < 12 ? "a.m." : "p.m."}`;
}

/** `value` as words of the language; what does not fit its reading is read as it is written. */
export function spoken(value: string, reading: Reading, language: Language): string {
  const text = value.trim();
  const number = Number(text.replaceAll(/[,\s]/g, ""));
  const isNumber = text !== "" && Number.isFinite(number) && Math.abs(number) < 1e15;
  switch (reading) {
    case "digits":
      return text
        .split("")
        .filter((sign) => /\d/.test(sign))
        .map((d) => (language === "en" ? enSmall[Number(d)]! : d === "1" ? "幺" : zhDigits[Number(d)]!))
        .join(language === "en" ? " " : "");
    case "number":
      return isNumber ? (language === "zh" ? zhNumber(number) : enNumber(number)) : text;
    case "amount":
      return isNumber ? (language === "zh" ? zhAmount(number) : enAmount(number)) : text;
    case "date":
      return date(text, language) ?? text;
    case "time":
      return time(text, language) ?? text;
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
