/** Which of a block's choices somebody has said. Pure. */
import type { Language } from "../common.ts";
import type { BlockOf } from "./blocks.ts";

type Choice = BlockOf<"speech-choice">["choices"][number];

/** Without case, punctuation and, between Chinese characters, spaces: what two ways to write the same words share. */
export const plainWords = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, "")
    .trim();

/** Whole words in writing with spaces, any place in writing without. */
function holds(text: string, phrase: string): boolean {
  if (phrase === "") return false;
  return /\p{Script=Han}/u.test(phrase) ? text.includes(phrase) : ` ${text} `.includes(` ${phrase} `);
}

/**
 * The choice whose longest phrase stands in what was said, in any language of the block: who speaks another than the flow's
 * is understood as well. Undefined: none, or two alike, which is worth a question more than a wrong way.
 */
export function choiceSaid(said: string, choices: readonly Choice[], language: Language): Choice | undefined {
  const text = plainWords(said);
  const other = language === "zh" ? "en" : "zh";
  const found = choices.map((choice) => {
    const phrases = [...choice.phrases[language], ...choice.phrases[other]].map(plainWords);
    return { choice, length: Math.max(0, ...phrases.flatMap((one) => (holds(text, one) ? one.length : []))) };
  });
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const best = found.filter(({ length }) => length === longest);
  return longest > 0 && best.length === 1 ? best[0]!.choice : undefined;
}
