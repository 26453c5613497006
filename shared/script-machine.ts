/**
 * Walks a script. Pure and total: an event that does not fit is refused with its reason, and what was answered stays.
 *
 *            answer                    next (rules decide)
 *      ┌──────────────┐      ┌───────────────────────────────┐
 *      ▼              │      │                               ▼
 *   page ─────────────┘   page ◄──────────── back ────────── page ───► last page
 *                            └──────── jump (out of turn) ───► any page that may be opened
 */
import { type Answers, isEmptyAnswer, ruleHolds } from "./answer-rules.ts";
import type { Question, ScriptDocument, ScriptPage, ScriptWalk } from "./scripts.ts";

export type WalkEvent =
  | { type: "answer"; key: string; value: unknown }
  | { type: "next" }
  | { type: "back" }
  | { type: "jump"; to: string };

export const walkRefusals = [
  "unknown-question",
  "bad-answer",
  "unanswered",
  "at-end",
  "at-start",
  "no-page",
] as const;
export type WalkRefusal = (typeof walkRefusals)[number];
export type WalkStep =
  | { walk: ScriptWalk }
  | { refused: WalkRefusal; /** Questions that need an answer first. */ keys: string[] };

export const scriptPageOf = (document: ScriptDocument, id: string): ScriptPage | undefined =>
  document.pages.find((page) => page.id === id);

export const newWalk = (document: ScriptDocument): ScriptWalk => ({
  pageId: document.start,
  trail: [],
  answers: {},
});

const isDate = (value: unknown) =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** The values of a scale, both ends included. */
export function scaleOf({ type, min, max }: Pick<Question, "type" | "min" | "max">): number[] {
  const from = type === "nps" ? 0 : (min ?? 1);
  const to = type === "nps" ? 10 : (max ?? 5);
  return Array.from({ length: Math.max(0, Math.floor(to - from) + 1) }, (_, index) => from + index);
}

/** Whether a value can answer the question; nothing always can, it takes an answer back. */
export function fitsQuestion(question: Question, value: unknown): boolean {
  if (isEmptyAnswer(value)) return true;
  const known = (one: unknown) => question.options.some((option) => option.key === one);
  switch (question.type) {
    case "single":
      return known(value);
    case "multiple":
      return Array.isArray(value) && value.every(known) && new Set(value).size === value.length;
    case "scale":
    case "nps":
      return typeof value === "number" && scaleOf(question).includes(value);
    case "number":
      return (
        typeof value === "number" &&
        Number.isFinite(value) &&
        value >= (question.min ?? -Infinity) &&
        value <= (question.max ?? Infinity)
      );
    case "text":
      return typeof value === "string" && value.length <= 5000;
    case "date":
      return isDate(value);
    case "matrix":
      return (
        typeof value === "object" &&
        !Array.isArray(value) &&
        Object.entries(value!).every(
          ([row, chosen]) =>
            question.rows.some((one) => one.key === row) && (isEmptyAnswer(chosen) || known(chosen)),
        )
      );
  }
}

/** Keys of the page's questions that must be answered before it goes on; of a matrix every row. */
export function unanswered(page: ScriptPage, answers: Answers): string[] {
  const lacks = (question: Question) => {
    const value = answers[question.key];
    if (question.type !== "matrix" || isEmptyAnswer(value)) return isEmptyAnswer(value);
    return question.rows.some((row) => isEmptyAnswer((value as Answers)[row.key]));
  };
  return page.questions.filter((one) => one.required && lacks(one)).map((one) => one.key);
}

/** The page that follows by these answers; null on a last page, or where the script has no way. */
export function pageAfter(page: ScriptPage, answers: Answers): string | null {
  if (page.end) return null;
  return page.jumps.find((jump) => ruleHolds(jump.when, answers))?.to ?? page.next;
}

const refuse = (refused: WalkRefusal, keys: string[] = []): WalkStep => ({ refused, keys });

export function walkStep(document: ScriptDocument, walk: ScriptWalk, event: WalkEvent): WalkStep {
  const page = scriptPageOf(document, walk.pageId);
  if (!page) return refuse("no-page");
  const go = (to: string): WalkStep =>
    scriptPageOf(document, to)
      ? { walk: { ...walk, pageId: to, trail: [...walk.trail, walk.pageId] } }
      : refuse("no-page");
  switch (event.type) {
    case "answer": {
      const asked = page.questions.find((one) => one.key === event.key);
      if (!asked) return refuse("unknown-question", [event.key]);
      if (!fitsQuestion(asked, event.value)) return refuse("bad-answer", [event.key]);
      const { [event.key]: _before, ...others } = walk.answers;
      const answers = isEmptyAnswer(event.value) ? others : { ...others, [event.key]: event.value };
      return { walk: { ...walk, answers } };
    }
    case "next": {
      if (page.end) return refuse("at-end");
      const missing = unanswered(page, walk.answers);
      if (missing.length > 0) return refuse("unanswered", missing);
      const to = pageAfter(page, walk.answers);
      return to === null ? refuse("no-page") : go(to);
    }
    case "back": {
      const to = walk.trail.at(-1);
      if (to === undefined) return refuse("at-start");
      return { walk: { ...walk, pageId: to, trail: walk.trail.slice(0, -1) } };
    }
    case "jump":
      if (event.to === walk.pageId) return { walk };
      if (!document.freeJump && !walk.trail.includes(event.to)) return refuse("no-page");
      // A page already passed is gone back to, so that no answer of its branch counts twice.
      return walk.trail.includes(event.to)
        ? { walk: { ...walk, pageId: event.to, trail: walk.trail.slice(0, walk.trail.indexOf(event.to)) } }
        : go(event.to);
  }
}

/** Answers of pages that the walk stands on or has passed; a branch that was left again does not count. */
export function answersOnPath(document: ScriptDocument, walk: ScriptWalk): Answers {
  const seen = new Set([...walk.trail, walk.pageId]);
  const keys = document.pages
    .filter((page) => seen.has(page.id))
    .flatMap((page) => page.questions.map((q) => q.key));
  return Object.fromEntries(keys.filter((key) => key in walk.answers).map((key) => [key, walk.answers[key]]));
}

/** Whether a stored or sent walk is one of this document: its pages exist, its answers fit their questions. */
export function isWalkOf(document: ScriptDocument, walk: ScriptWalk): boolean {
  const questions = new Map(document.pages.flatMap((page) => page.questions).map((one) => [one.key, one]));
  return (
    [...walk.trail, walk.pageId].every((id) => scriptPageOf(document, id)) &&
    Object.entries(walk.answers).every(([key, value]) => {
      const asked = questions.get(key);
      return asked !== undefined && fitsQuestion(asked, value);
    })
  );
}

/** Pages from here to the nearest last page; Infinity: none can be reached. */
function pagesLeft(document: ScriptDocument, from: string): number {
  const seen = new Set([from]);
  let level = [from];
  for (let steps = 0; level.length > 0; steps++) {
    const pages = level.flatMap((id) => scriptPageOf(document, id) ?? []);
    if (pages.some((page) => page.end)) return steps;
    level = pages
      .flatMap((page) => [...page.jumps.map((jump) => jump.to), ...(page.next === null ? [] : [page.next])])
      .filter((id) => !seen.has(id) && seen.add(id));
  }
  return Infinity;
}

/** How far the walk is, 0 to 1: pages passed over those passed and the shortest way that is left. */
export function progressOf(document: ScriptDocument, walk: ScriptWalk): number {
  const left = pagesLeft(document, walk.pageId);
  if (left === 0) return 1;
  return Number.isFinite(left) ? walk.trail.length / (walk.trail.length + left) : 0;
}
