/** What callers who wait are told in words that come with the system. Pure. */
import type { Language } from "../../../../shared/common.ts";
import type { WaitingAct } from "../../../../shared/queues.ts";
import { spoken } from "../../speech/index.ts";
import { type SaidWait, saidWait } from "./expected-wait.ts";

/** Where a caller stands; null: not known, or not to be told. */
export interface Standing {
  /** How many are before them. */
  place: number | null;
  waitMs: number | null;
}

/** So many, before a measure word. */
const zhCount = (count: number) => (count === 2 ? "两" : spoken(String(count), "number", "zh"));
const enCount = (count: number) => spoken(String(count), "number", "en");

const zhWait = (wait: SaidWait): string => {
  if (wait.type === "under-a-minute") return "预计等待时间不到一分钟。";
  if (wait.type === "over-an-hour") return "预计等待时间超过一个小时。";
  return `预计等待时间大约${zhCount(wait.minutes)}分钟。`;
};

const enWait = (wait: SaidWait): string => {
  if (wait.type === "under-a-minute") return "You will wait less than a minute.";
  if (wait.type === "over-an-hour") return "You will wait more than an hour.";
  return wait.minutes === 1
    ? "You will wait about one minute."
    : `You will wait about ${enCount(wait.minutes)} minutes.`;
};

const ahead: Record<Language, (place: number) => string> = {
  zh: (place) => (place === 0 ? "您是下一位。" : `您前面还有${zhCount(place)}位客户。`),
  en: (place) => {
    if (place === 0) return "You are next in line.";
    return place === 1
      ? "There is one caller before you."
      : `There are ${enCount(place)} callers before you.`;
  },
};

const offers: Record<Language, Record<WaitingAct["type"], (key: string) => string>> = {
  zh: {
    callback: (key) => `如需保留排队位置，轮到时由我们给您回电，请按${key}。`,
    voicemail: (key) => `如需留言，请按${key}。`,
    queue: (key) => `如需转到其他服务，请按${key}。`,
    number: (key) => `如需转接其他号码，请按${key}。`,
    overflow: (key) => `如不想继续等待，请按${key}。`,
  },
  en: {
    callback: (key) => `To keep your place and be called back, press ${key}.`,
    voicemail: (key) => `To leave a message, press ${key}.`,
    queue: (key) => `For another service, press ${key}.`,
    number: (key) => `To be put through elsewhere, press ${key}.`,
    overflow: (key) => `If you do not want to wait, press ${key}.`,
  },
};

const keyWords: Record<Language, Record<string, string>> = {
  zh: { "*": "星号键", "#": "井号键" },
  en: { "*": "the star key", "#": "the hash key" },
};
const keyOf = (key: string, language: Language) => keyWords[language][key] ?? spoken(key, "number", language);

/** Empty: nothing is known that could be told. */
export function standingWords({ place, waitMs }: Standing, language: Language): string {
  const wait = waitMs === null ? "" : (language === "zh" ? zhWait : enWait)(saidWait(waitMs));
  return [place === null ? "" : ahead[language](place), wait]
    .filter(Boolean)
    .join(language === "zh" ? "" : " ");
}

export const choiceWords = (
  choices: readonly { key: string; act: WaitingAct }[],
  language: Language,
): string =>
  choices
    .map(({ key, act }) => offers[language][act.type](keyOf(key, language)))
    .join(language === "zh" ? "" : " ");

/** The number is read digit by digit. */
export function confirmWords(phone: string, language: Language): string {
  const number = spoken(phone, "phone", language);
  return language === "zh"
    ? `我们将拨打${number}。正确请按一，更换号码请按二。`
    : `We will call ${number}. If this is right, press one. For another number, press two.`;
}
export const enterWords: Record<Language, string> = {
  zh: "请输入您的电话号码，按井号键结束。",
  en: "Please enter your telephone number, and then press the hash key.",
};
export const noNumberWords: Record<Language, string> = {
  zh: "号码不正确。",
  en: "This is not a telephone number.",
};
export const notedWords: Record<Language, string> = {
  zh: "您的排队位置已保留，轮到您时我们会给您回电。再见。",
  en: "Your place is kept, and we will call you when it is your turn. Goodbye.",
};
