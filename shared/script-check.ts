/** What keeps a script from being published. Pure; the builder shows it while one writes, the server holds to it. */
import type { AnswerRule } from "./answer-rules.ts";
import type { Question, ScriptDocument, ScriptPage, ScriptProblem } from "./scripts.ts";
import { variablesIn } from "./script-text.ts";

type Kind = ScriptProblem["problem"];
const waysOf = (page: ScriptPage): string[] =>
  page.end ? [] : [...page.jumps.map((jump) => jump.to), ...(page.next === null ? [] : [page.next])];

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** Everything that is reached from these pages by `ways`, themselves included. */
function reach(from: readonly string[], ways: (id: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  // A Set is walked in order of insertion, what is added on the way included.
  for (const id of seen) for (const to of ways(id)) seen.add(to);
  return seen;
}

function questionProblems(one: Question): [Kind, string][] {
  const found: [Kind, string][] = [];
  if (one.label === "") found.push(["question-empty", one.key]);
  const chooses = one.type === "single" || one.type === "multiple" || one.type === "matrix";
  if (chooses && one.options.length === 0) found.push(["no-options", one.key]);
  if (one.type === "matrix" && one.rows.length === 0) found.push(["no-rows", one.key]);
  const lists = [...(chooses ? [one.options] : []), ...(one.type === "matrix" ? [one.rows] : [])];
  for (const list of lists) {
    if (list.some((entry) => entry.label === "")) found.push(["option-empty", one.key]);
    if (repeated(list.map((entry) => entry.key)).length > 0) found.push(["repeated-option", one.key]);
  }
  const { min, max } = one;
  const span = (max ?? 5) - (min ?? 1);
  if (one.type === "number" && min !== null && max !== null && min > max) found.push(["bad-range", one.key]);
  const whole = Number.isInteger(min ?? 1) && Number.isInteger(max ?? 5);
  if (one.type === "scale" && (!whole || span < 1 || span > 10)) found.push(["bad-range", one.key]);
  return found;
}

/** A required single choice whose every option has a jump of its own needs no way besides. */
function coversAll(page: ScriptPage): boolean {
  return page.questions.some(
    (one) =>
      one.required &&
      one.type === "single" &&
      one.options.length > 0 &&
      one.options.every((option) =>
        page.jumps.some(({ when: { tests, match } }) =>
          (match === "any" ? tests.some.bind(tests) : tests.every.bind(tests))(
            (test) => test.key === one.key && test.op === "is" && test.value === option.key,
          ),
        ),
      ),
  );
}

function ruleProblems(rule: AnswerRule, questions: ReadonlyMap<string, Question>): [Kind, string][] {
  return rule.tests.flatMap(({ key, op, value }): [Kind, string][] => {
    const asked = questions.get(key);
    if (!asked) return [["unknown-question", key]];
    const byOption = asked.options.length > 0 && (op === "is" || op === "is-not");
    const known = !byOption || asked.options.some((option) => option.key === value);
    return known ? [] : [["unknown-option", key]];
  });
}

function pageProblems(
  page: ScriptPage,
  ids: ReadonlySet<string>,
  questions: ReadonlyMap<string, Question>,
): [Kind, string][] {
  const found: [Kind, string][] = [];
  if (page.title === "") found.push(["title-missing", ""]);
  if (page.text.trim() === "" && page.questions.length === 0 && page.fields.length === 0 && !page.end)
    found.push(["page-empty", ""]);
  for (const one of page.questions) found.push(...questionProblems(one));
  for (const to of waysOf(page)) if (!ids.has(to)) found.push(["unknown-page", to]);
  for (const jump of page.end ? [] : page.jumps) found.push(...ruleProblems(jump.when, questions));
  if (page.end && (page.next !== null || page.jumps.length > 0)) found.push(["after-end", ""]);
  if (!page.end && page.next === null && !coversAll(page)) found.push(["dead-end", ""]);
  const words = [page.text, page.end?.note ?? "", ...page.questions.map((one) => one.label)];
  for (const name of words.flatMap((text) => variablesIn(text).unknown))
    found.push(["unknown-variable", name]);
  for (const name of words.flatMap((text) => variablesIn(text).names))
    if (name.startsWith("answer.") && !questions.has(name.slice("answer.".length)))
      found.push(["unknown-variable", name]);
  return found;
}

/** Pages on a circle that asks nothing: one would turn in it without an answer to leave it by. */
function silentLoops(pages: readonly ScriptPage[]): string[] {
  const silent = new Map(
    pages.filter((page) => page.questions.length === 0).map((page) => [page.id, waysOf(page)]),
  );
  const ways = (id: string) => (silent.get(id) ?? []).filter((to) => silent.has(to));
  return [...silent.keys()].filter((id) => reach(ways(id), ways).has(id));
}

export function checkScript(document: ScriptDocument): ScriptProblem[] {
  const { pages, start } = document;
  const found: ScriptProblem[] = [];
  const say = (pageId: string | null, problem: Kind, about = "") => found.push({ problem, pageId, about });
  const ids = new Set(pages.map((page) => page.id));
  const all = pages.flatMap((page) => page.questions);
  const questions = new Map(all.map((one) => [one.key, one]));
  if (!ids.has(start)) say(null, "start-missing", start);
  for (const id of repeated(pages.map((page) => page.id))) say(id, "repeated-page", id);
  for (const key of repeated(all.map((one) => one.key)))
    say(pages.find((page) => page.questions.some((one) => one.key === key))!.id, "repeated-question", key);
  for (const page of pages)
    for (const [problem, about] of pageProblems(page, ids, questions)) say(page.id, problem, about);
  const ways = new Map(pages.map((page) => [page.id, waysOf(page).filter((to) => ids.has(to))]));
  const reached = reach(ids.has(start) ? [start] : [], (id) => ways.get(id) ?? []);
  for (const id of ids) if (!reached.has(id)) say(id, "unreachable");
  const before = (id: string) =>
    pages.filter((page) => ways.get(page.id)!.includes(id)).map((page) => page.id);
  const ends = pages.filter((page) => page.end).map((page) => page.id);
  const leads = reach(ends, before);
  for (const page of pages)
    if (!leads.has(page.id) && (page.next !== null || page.jumps.length > 0)) say(page.id, "no-way-out");
  for (const id of silentLoops(pages)) say(id, "loop");
  return found;
}
