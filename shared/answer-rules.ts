/** Conditions over answers: jumps of a script, fields of a form that are shown or required. One evaluator for server and page. */
import { z } from "zod";

/** What somebody answered, by the key of the question or field; a matrix answers with an option for each row. */
export type Answers = Readonly<Record<string, unknown>>;

export const answerOps = [
  "is", // the value, or one of several chosen ones
  "is-not",
  "at-least",
  "at-most",
  "contains", // text within text
  "filled",
  "empty",
] as const;
export type AnswerOp = (typeof answerOps)[number];

export const answerTest = z.object({
  key: z.string().min(1).max(60),
  op: z.enum(answerOps),
  /** Compared as text, or as a number where the operation orders; not read by `filled` and `empty`. */
  value: z.string().max(200).default(""),
});
export type AnswerTest = z.output<typeof answerTest>;

export const answerRule = z.object({
  match: z.enum(["all", "any"]).default("all"),
  tests: z.array(answerTest).min(1).max(10),
});
export type AnswerRule = z.output<typeof answerRule>;

/** Nothing, an empty text, nothing chosen, or a matrix without a row. */
export function isEmptyAnswer(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isEmptyAnswer);
}

const texts = (value: unknown): string[] => {
  if (isEmptyAnswer(value)) return [];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "object") return Object.values(value as object).map(String);
  return typeof value === "string" ? [value] : [JSON.stringify(value)];
};

function passes({ op, value: wanted, key }: AnswerTest, answers: Answers): boolean {
  const value = answers[key];
  const given = texts(value);
  const ordered = (compare: (left: number, right: number) => boolean) =>
    given.length > 0 && given.every((one) => compare(Number(one), Number(wanted)));
  switch (op) {
    case "is":
      return given.includes(wanted);
    case "is-not":
      return given.length > 0 && !given.includes(wanted);
    case "at-least":
      return ordered((left, right) => left >= right);
    case "at-most":
      return ordered((left, right) => left <= right);
    case "contains":
      return given.some((one) => one.toLowerCase().includes(wanted.toLowerCase()));
    case "filled":
      return given.length > 0;
    case "empty":
      return given.length === 0;
  }
}

/** Whether the rule holds; without an answer only `empty` does. No rule (null) always holds. */
export function ruleHolds(rule: AnswerRule | null | undefined, answers: Answers): boolean {
  if (!rule) return true;
  const holds = (test: AnswerTest) => passes(test, answers);
  return rule.match === "any" ? rule.tests.some(holds) : rule.tests.every(holds);
}
