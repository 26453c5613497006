import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { axeFaults } from "./axe.ts";
import { systemVariables } from "../../shared/ivr/flow.ts";

/** A word that was looked for and not found is shown as its key: the dictionary's name first. */
const dictionaries = globSync("**/*.json", { cwd: join(import.meta.dirname, "../../web/lib/i18n/zh") }).map(
  (file) => basename(file, ".json"),
);
const keyLike = new RegExp(`\\b(${dictionaries.join("|")})\\.[a-zA-Z]`);

/** What a screen reader would read: controls without a name, and on Chinese pages labels in lower-case English. */
async function unspoken(page: Page, language: string): Promise<string[]> {
  const tree = await page.locator("body").ariaSnapshot();
  const lines = tree.split("\n").map((line) => line.trim());
  const nameless = lines.filter((line) =>
    /^- (button|link|switch|checkbox|combobox|textbox|img)(:|$| \[)/.test(line),
  );
  // Logins of the people in these tests look like icon names.
  const foreign = lines.filter((line) =>
    /^- (button|img|link|tab) "(?!manager"|root")[a-z][a-z -]*"/.test(line),
  );
  return language === "zh" ? [...nameless, ...foreign] : nameless;
}

/**
 * What is wrong with a page as it stands: an untranslated word, a control without a name, something too wide for the
 * screen, what axe-core finds serious. One line for each.
 */
export async function pageFaults(
  page: Page,
  { language, theme }: { language: "zh" | "en"; theme: "light" | "dark" },
): Promise<string[]> {
  const wrong: string[] = [];
  const text = await page.locator("body").innerText();
  // Variables of flows are shown by their names.
  const worded = systemVariables.reduce((rest, name) => rest.replaceAll(name, ""), text);
  const key = keyLike.exec(worded)?.[0];
  if (key) wrong.push(`shows ${text.slice(text.indexOf(key), text.indexOf(key) + 60)}`);
  const english = text.replaceAll("简体中文", "");
  if (language === "en" && /\p{Script=Han}/u.test(english))
    wrong.push(`shows Chinese: ${/.{0,20}\p{Script=Han}+/u.exec(english)?.[0]}`);
  for (const name of await unspoken(page, language)) wrong.push(`is read out as ${name}`);
  const excess = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  if (excess > 0) wrong.push(`is ${excess} px too wide`);
  return [...wrong, ...(await axeFaults(page, theme))];
}
