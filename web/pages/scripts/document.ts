/** Changes of a script's document, pure: every act of the builder is one of these. */
import {
  type Question,
  type QuestionType,
  question,
  type ScriptDocument,
  type ScriptPage,
  scriptPage,
} from "../../../shared/scripts.ts";

/** The first of `p1`, `p2`, … that is not used. */
export function freeKey(prefix: string, used: readonly string[]): string {
  for (let number = 1; ; number++) if (!used.includes(prefix + number)) return prefix + number;
}

export const allQuestions = (document: ScriptDocument): Question[] =>
  document.pages.flatMap((page) => page.questions);

export const putPage = (document: ScriptDocument, page: ScriptPage): ScriptDocument => ({
  ...document,
  pages: document.pages.map((old) => (old.id === page.id ? page : old)),
});

/** A new page behind `after`, which goes on to it where it had nowhere to go. */
export function addPage(
  document: ScriptDocument,
  title: string,
  after: string | undefined,
): { document: ScriptDocument; id: string } {
  const id = freeKey(
    "p",
    document.pages.map((page) => page.id),
  );
  const at = document.pages.findIndex((page) => page.id === after);
  const pages = document.pages.map((page) =>
    page.id === after && page.next === null && !page.end ? { ...page, next: id } : page,
  );
  const made = scriptPage.parse({ id, title });
  return {
    document: { ...document, pages: pages.toSpliced(at === -1 ? pages.length : at + 1, 0, made) },
    id,
  };
}

/** The same page once more, with keys of its own for its questions; its conditions are about the copies. */
export function copyPage(
  document: ScriptDocument,
  page: ScriptPage,
): { document: ScriptDocument; id: string } {
  const id = freeKey(
    "p",
    document.pages.map((one) => one.id),
  );
  const used = allQuestions(document).map((one) => one.key);
  const keys = new Map<string, string>();
  for (const { key } of page.questions) {
    const free = freeKey("q", used);
    used.push(free);
    keys.set(key, free);
  }
  const copy: ScriptPage = {
    ...structuredClone(page),
    id,
    questions: page.questions.map((one) => ({ ...structuredClone(one), key: keys.get(one.key)! })),
    jumps: page.jumps.map((jump) => ({
      ...jump,
      when: {
        ...jump.when,
        tests: jump.when.tests.map((test) => ({ ...test, key: keys.get(test.key) ?? test.key })),
      },
    })),
  };
  const at = document.pages.indexOf(page);
  return { document: { ...document, pages: document.pages.toSpliced(at + 1, 0, copy) }, id };
}

/** Without this page, and without ways to it. */
export function removePage(document: ScriptDocument, id: string): ScriptDocument {
  const pages = document.pages
    .filter((page) => page.id !== id)
    .map((page) => ({
      ...page,
      next: page.next === id ? null : page.next,
      jumps: page.jumps.filter((jump) => jump.to !== id),
    }));
  return { ...document, pages, start: document.start === id ? (pages[0]?.id ?? "") : document.start };
}

const choosing = new Set<QuestionType>(["single", "multiple", "matrix"]);

const start = (word: string) => ["o1", "o2"].map((key, index) => ({ key, label: `${word} ${index + 1}` }));

/** The question with another type; what the new one needs has something to begin with. */
export function retyped(one: Question, type: QuestionType, words: { option: string; row: string }): Question {
  return question.parse({
    ...one,
    type,
    options: choosing.has(type) && one.options.length === 0 ? start(words.option) : one.options,
    rows: type === "matrix" && one.rows.length === 0 ? start(words.row) : one.rows,
    min: type === "scale" ? 1 : null,
    max: type === "scale" ? 5 : null,
  });
}

export function addQuestion(
  document: ScriptDocument,
  page: ScriptPage,
  type: QuestionType,
  words: { option: string; row: string },
): ScriptDocument {
  const key = freeKey(
    "q",
    allQuestions(document).map((one) => one.key),
  );
  const made = retyped(question.parse({ key, type: "text", label: "", required: true }), type, words);
  return putPage(document, { ...page, questions: [...page.questions, made] });
}
