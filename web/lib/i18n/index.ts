import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { languages, type Language } from "../../../shared/common.ts";
import { readSetting, writeSetting } from "../storage.ts";

const load: Record<Language, () => Promise<{ words: Record<string, unknown> }>> = {
  zh: () => import("./zh/index.ts"),
  en: () => import("./en/index.ts"),
};

function preferred(): Language {
  const stored = readSetting("language");
  const known = languages.find((language) => language === stored);
  return known ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
}

/** One dictionary per language; a file's name is the first part of its keys (`desk.json` → `desk.*`). */
export async function startI18n(): Promise<void> {
  const language = preferred();
  const { words } = await load[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: words } },
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** Changes the language of everything at once and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation"))
    i18next.addResourceBundle(language, "translation", (await load[language]()).words);
  await i18next.changeLanguage(language);
  writeSetting("language", language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export const currentLanguage = (): Language => (i18next.language === "zh" ? "zh" : "en");
