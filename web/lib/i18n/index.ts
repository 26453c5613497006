import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { languages, type Language } from "../../../shared/common.ts";
import { embedWish } from "../embedded.ts";
import { readSetting, writeSetting } from "../storage.ts";

type Load = Record<Language, () => Promise<{ words: Record<string, unknown> }>>;
const load: Load = { zh: () => import("./zh/index.ts"), en: () => import("./en/index.ts") };
const loadRest: Load = { zh: () => import("./zh/later/index.ts"), en: () => import("./en/later/index.ts") };
/** A page that needs all words was opened. */
let wantsRest = false;
const withRest = new Set<Language>();
/** Pages begin to load before the dictionaries are there. */
const started = Promise.withResolvers<void>();

function preferred(): Language {
  const stored = embedWish("language", languages) ?? readSetting("language");
  const known = languages.find((language) => language === stored);
  return known ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
}

/**
 * One dictionary per language; a file's name is the first part of its keys (`desk.json` → `desk.*`). The desk's and the
 * frame's are there at once, the others with the first page that is not the desk (`allWords`).
 */
export async function startI18n(): Promise<void> {
  const language = preferred();
  const { words } = await load[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: words } },
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { bindI18nStore: "added" },
  });
  started.resolve();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

async function addRest(language: Language): Promise<void> {
  if (withRest.has(language)) return;
  const { words } = await loadRest[language]();
  await started.promise;
  if (withRest.has(language)) return;
  withRest.add(language);
  i18next.addResourceBundle(language, "translation", words, true);
}

/** The words of every page, in the language of now and in those that are chosen later. */
export async function allWords(): Promise<void> {
  wantsRest = true;
  await addRest(i18next.isInitialized ? currentLanguage() : preferred());
}

/** Changes the language of everything at once. */
export async function showLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation"))
    i18next.addResourceBundle(language, "translation", (await load[language]()).words);
  if (wantsRest) await addRest(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** The same, and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  writeSetting("language", language);
  await showLanguage(language);
}

export const currentLanguage = (): Language => (i18next.language === "zh" ? "zh" : "en");
