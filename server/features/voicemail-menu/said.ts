/** What the menu says, as sounds: fixed words from files of both languages, the rest by the chosen voice. */
import { fileURLToPath } from "node:url";
import type { Language } from "../../../shared/common.ts";
import { fillIn } from "../speech/index.ts";
import type { SpokenMessage } from "../voicemail/index.ts";
import type { Clip } from "./menu.ts";

/** The file of fixed words. */
export const clipFile = (clip: Clip, language: Language): string =>
  fileURLToPath(new URL(`audio/${clip}-${language}.wav`, import.meta.url));

export interface SpeakingContext {
  language: Language;
  /** IANA; whose clock the times are of. */
  timeZone: string;
  now: Date;
  /** Only the last digits of numbers are told. */
  masked: boolean;
}

const zhCount = (count: number) => (count === 2 ? "两" : "{{count|number}}");

const messages = (count: number) => (count === 1 ? "message" : "messages");

/** "You have two new messages …", in words for `fillIn`. */
export function countsText({ fresh, old }: { fresh: number; old: number }, language: Language): string {
  const say = (template: string, count: number) => fillIn(template, { count: String(count) }, language);
  if (language === "zh") {
    const news = fresh === 0 ? "您没有新留言" : say(`您有${zhCount(fresh)}条新留言`, fresh);
    return old === 0 ? `${news}。` : `${news}，${say(`${zhCount(old)}条已听留言`, old)}。`;
  }
  const news =
    fresh === 0 ? "You have no new messages" : say(`You have {{count|number}} new ${messages(fresh)}`, fresh);
  return old === 0 ? `${news}.` : `${news}, and ${say(`{{count|number}} saved ${messages(old)}`, old)}.`;
}

/** Day and time of day in this time zone, `2026-12-21` and `14:05`. */
function momentOf(at: Date, timeZone: string): { day: string; time: string } {
  const [day = "", time = ""] = at
    .toLocaleString("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
    .split(" ");
  return { day, time };
}

/** Where a message stands in the list, from whom it is and when it was left. */
export function headText(
  { phone, leftAt }: Pick<SpokenMessage, "phone" | "leftAt">,
  { place, of }: { place: number; of: number },
  { language, timeZone, now, masked }: SpeakingContext,
): string {
  const { day, time } = momentOf(leftAt, timeZone);
  const daysAgo = [0, 1].findIndex(
    (days) => momentOf(new Date(now.getTime() - days * 86_400_000), timeZone).day === day,
  );
  const isNumber = /^\+?\d{3,}$/.test(phone);
  const variables = {
    place: String(place),
    of: String(of),
    phone: masked ? phone.slice(-4) : phone,
    day,
    time,
  };
  if (language === "zh") {
    const from = isNumber ? (masked ? "，来自尾号{{phone|digits}}" : "，来自{{phone|phone}}") : "";
    const when = ["今天", "昨天"][daysAgo] ?? "{{day|date}}";
    return fillIn(
      `{{place|ordinal}}条，共{{of|number}}条${from}，${when}{{time|time}}。`,
      variables,
      language,
    );
  }
  const from = isNumber
    ? masked
      ? ", from a number that ends in {{phone|digits}}"
      : ", from {{phone|phone}}"
    : "";
  const when = ["today", "yesterday"][daysAgo] ?? "{{day|date}},";
  return fillIn(
    `Message {{place|number}} of {{of|number}}${from}, ${when} at {{time|time}}.`,
    variables,
    language,
  );
}
