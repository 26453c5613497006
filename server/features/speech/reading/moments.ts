import type { Language } from "../../../../shared/common.ts";
import { enCount, enOrdinal, enTime, enYear } from "./english.ts";
import { zhCount, zhDigits, zhWhole } from "./mandarin.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

function isDay(year: number, month: number, day: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/** `2026-12-21`, with or without a time after it; undefined: no day of the calendar. */
export function date(text: string, language: Language): string | undefined {
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u.exec(text);
  const [year = 0, month = 0, day = 0] = found?.slice(1).map(Number) ?? [];
  if (!found || !isDay(year, month, day)) return undefined;
  if (language === "zh")
    return `${zhDigits(found[1]!)}年${zhWhole(String(month))}月${zhWhole(String(day))}日`;
  return `${months[month - 1]} ${enOrdinal(String(day))}, ${enYear(year)}`;
}

/** `14:05`, also after a date; undefined: no time of day. */
export function time(text: string, language: Language): string | undefined {
  const found = /(?:^|T|\s)(\d{1,2}):(\d{2})(?!\d)/u.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || hour > 23 || minute > 59) return undefined;
  if (language === "en") return enTime(hour, minute);
  const past = minute === 0 ? "整" : `${minute < 10 ? "零" : ""}${zhWhole(String(minute))}分`;
  return `${zhCount(hour)}点${past}`;
}

/** Whole seconds as hours, minutes and seconds; undefined: no number of at most a hundred hours. */
export function duration(text: string, language: Language): string | undefined {
  const all = /^\d{1,6}(?:\.\d+)?$/u.test(text) ? Math.round(Number(text)) : Number.NaN;
  if (!(all < 360_000)) return undefined;
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  if (language === "en") {
    const words = [
      hours > 0 ? enCount(hours, "hour") : "",
      minutes > 0 ? enCount(minutes, "minute") : "",
      seconds > 0 || all === 0 ? enCount(seconds, "second") : "",
    ];
    return words.filter(Boolean).join(" ");
  }
  const gap = hours > 0 && minutes === 0 && seconds > 0 ? "零" : "";
  return [
    hours > 0 ? `${zhCount(hours)}小时` : "",
    gap,
    minutes > 0 ? `${zhCount(minutes)}${seconds > 0 ? "分" : "分钟"}` : "",
    seconds > 0 || all === 0 ? `${zhCount(seconds)}秒` : "",
  ].join("");
}
