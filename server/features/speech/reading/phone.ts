import type { Language } from "../../../../shared/common.ts";
import { phoneGroups } from "../../../kernel/phone-number.ts";
import { enSigns } from "./english.ts";
import { zhSigns } from "./mandarin.ts";

const groupSize = 4;
/** Longer codes are said in groups, so that they can be written down. */
const mostAtOnce = 7;

const inGroups = (signs: string): string[] => {
  if (signs.length <= mostAtOnce) return [signs];
  // A last sign alone belongs to the group before it.
  const ends = signs.length % groupSize === 1 ? signs.length - groupSize - 1 : signs.length;
  const groups = signs.slice(0, ends).match(new RegExp(`.{1,${groupSize}}`, "gu")) ?? [];
  return ends < signs.length ? [...groups, signs.slice(ends)] : groups;
};

const said = (groups: readonly string[], language: Language): string =>
  language === "zh" ? zhSigns(groups) : groups.map(enSigns).join(", ");

/** A code sign by sign: digits and Latin letters; what stands between them is left out. */
export const signs = (text: string, language: Language): string =>
  said(
    inGroups(
      text
        .normalize("NFKC")
        .toUpperCase()
        .replaceAll(/[^\dA-Z]/gu, ""),
    ),
    language,
  );

/** A telephone number in the groups that its country writes it in; a foreign one begins with its country's code. */
export function phone(text: string, language: Language): string {
  const number = phoneGroups(text.normalize("NFKC"), language === "zh" ? "CN" : "US");
  if (!number) return signs(text, language);
  const groups = said(number.groups, language);
  if (number.countryCode === undefined) return groups;
  const abroad =
    language === "zh" ? `加${zhSigns([number.countryCode])}` : `plus ${enSigns(number.countryCode)}`;
  return `${abroad}${language === "zh" ? "，" : ", "}${groups}`;
}
