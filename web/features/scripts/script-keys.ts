/** What number keys mean on a page of a script. */
import { scaleOf, type WalkEvent } from "../../../shared/script-machine.ts";
import type { Question, ScriptPage } from "../../../shared/scripts.ts";
import type { Answers } from "../../../shared/answer-rules.ts";

/** One thing that a key can answer: a question of choices or values, or a row of a matrix. */
export interface Target {
  question: Question;
  row: string | null;
}

const byKey = new Set(["single", "multiple", "scale", "nps", "matrix"]);

export const targetsOf = (page: ScriptPage): Target[] =>
  page.questions
    .filter((question) => byKey.has(question.type))
    .flatMap((question): Target[] =>
      question.type === "matrix"
        ? question.rows.map((row) => ({ question, row: row.key }))
        : [{ question, row: null }],
    );

/** The key that gives each choice: 1 to 9 in order, on a scale the value itself, and `-` for 10; empty: none. */
export function keyLabels(question: Question): string[] {
  if (question.type === "scale" || question.type === "nps")
    return scaleOf(question).map((value) =>
      value >= 0 && value <= 9 ? String(value) : value === 10 ? "-" : "",
    );
  return question.options.map((_, index) => (index < 9 ? String(index + 1) : ""));
}

/** The answer with this choice made; of several it is added or taken back, and taking a single one again takes it back. */
export function withChoice({ question, row }: Target, index: number, answers: Answers): unknown {
  const before = answers[question.key];
  if (question.type === "scale" || question.type === "nps") {
    const value = scaleOf(question)[index];
    return value === before ? null : value;
  }
  const chosen = question.options[index]?.key;
  if (chosen === undefined) return before;
  if (question.type === "single") return chosen === before ? null : chosen;
  if (question.type === "multiple") {
    const list = Array.isArray(before) ? (before as string[]) : [];
    return list.includes(chosen) ? list.filter((one) => one !== chosen) : [...list, chosen];
  }
  return { ...(before as object), [row!]: chosen };
}

const isGiven = ({ question, row }: Target, answers: Answers) => {
  const value = answers[question.key];
  return row === null ? value !== undefined : (value as Answers | undefined)?.[row] !== undefined;
};

/** The first that has no answer yet; the last when all have. */
export function firstOpen(targets: readonly Target[], answers: Answers): number {
  const open = targets.findIndex((target) => !isGiven(target, answers));
  return open === -1 ? Math.max(0, targets.length - 1) : open;
}

/** A choice, and the step to the next page where it was all that the page asks. */
export function eventsOfChoice(
  page: ScriptPage,
  target: Target,
  index: number,
  answers: Answers,
): WalkEvent[] {
  const value = withChoice(target, index, answers);
  const { key, type } = target.question;
  const isAll = page.questions.length === 1 && page.fields.length === 0;
  const goesOn = isAll && value !== null && (type === "single" || type === "scale" || type === "nps");
  return [{ type: "answer", key, value }, ...(goesOn && !page.end ? [{ type: "next" } as const] : [])];
}
