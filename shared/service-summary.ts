/** The service summary: what the agent writes about a call. Rules are pure, and the same for server and page. */
import { type Answers, isEmptyAnswer, ruleHolds } from "./answer-rules.ts";
import type { CampaignDetail, DispositionNode, FormField } from "./campaigns.ts";
import type { DeskDraft } from "./desk.ts";

export const summaryFaults = [
  "required",
  "not-a-choice",
  "not-a-number",
  "not-an-amount",
  "not-a-date",
  "not-a-time",
  "not-a-phone",
  "not-an-email",
  "not-a-leaf",
  "unknown",
  "in-the-past",
] as const;
export interface SummaryProblem {
  /** The field's key, `disposition` or `callbackAt`. */
  field: string;
  problem: (typeof summaryFaults)[number];
}
type Written = Pick<DeskDraft, "dispositionId" | "form">;
export type SummaryForm = Pick<CampaignDetail, "form" | "dispositions" | "summaryRequired">;

/** Stands for the chosen result in conditions. */
export const dispositionKey = "$disposition";

/** The nodes from the root to the one with this id; empty when it is not in the trees. */
export function dispositionPath(trees: readonly DispositionNode[], id: number | null): DispositionNode[] {
  if (id === null) return [];
  for (const node of trees) {
    if (node.id === id) return [node];
    const below = dispositionPath(node.children, id);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** What conditions look at: answers of fields that are shown, and the chosen result. */
function factsOf(
  form: readonly FormField[],
  dispositions: readonly DispositionNode[],
  draft: Written,
): Answers {
  const chosen = dispositionPath(dispositions, draft.dispositionId).map((node) => node.label);
  const facts: Record<string, unknown> = { ...draft.form, [dispositionKey]: chosen };
  // In the form's order: what a hidden field holds is no answer for those after it.
  for (const field of form) if (!ruleHolds(field.showIf, facts)) delete facts[field.key];
  return facts;
}

/** The fields to be filled in, each with whether it must be. */
export function fieldsToFill(
  { form, dispositions, summaryRequired }: SummaryForm,
  draft: Written,
): { field: FormField; required: boolean }[] {
  const facts = factsOf(form, dispositions, draft);
  return form
    .filter((field) => ruleHolds(field.showIf, facts))
    .map((field) => ({
      field,
      required:
        summaryRequired &&
        (field.required || (field.requiredIf !== undefined && ruleHolds(field.requiredIf, facts))),
    }));
}

/** Answers of the fields that are shown, for the final summary; what another form asked stays. */
export function shownAnswers(summary: SummaryForm, draft: Written): Record<string, unknown> {
  const shown = new Set(fieldsToFill(summary, draft).map(({ field }) => field.key));
  const hidden = summary.form.filter((field) => !shown.has(field.key)).map((field) => field.key);
  return Object.fromEntries(Object.entries(draft.form).filter(([key]) => !hidden.includes(key)));
}

const numberIn = (value: unknown) => (typeof value === "string" ? Number(value) : value);

/** Why this value cannot stand in this field; null: it can. */
function faultOf(field: FormField, value: unknown): SummaryProblem["problem"] | null {
  const text = typeof value === "string" ? value.trim() : "";
  const number = numberIn(value);
  switch (field.type) {
    case "number":
      return Number.isFinite(number) ? null : "not-a-number";
    case "money":
      return Number.isFinite(number) && /^-?\d+(\.\d{1,2})?$/.test(String(number)) ? null : "not-an-amount";
    case "date":
      return text !== "" && !Number.isNaN(Date.parse(text)) ? null : "not-a-date";
    case "time":
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? null : "not-a-time";
    case "phone":
      return /^\+?[\d\s()-]{3,25}$/.test(text) && /\d{3}/.test(text.replaceAll(/\D/g, ""))
        ? null
        : "not-a-phone";
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "not-an-email";
    case "choice":
      return field.options.includes(String(value)) ? null : "not-a-choice";
    case "choices":
      return Array.isArray(value) && value.every((one) => field.options.includes(String(one)))
        ? null
        : "not-a-choice";
    default:
      return null;
  }
}

function fieldProblem(field: FormField, required: boolean, value: unknown): SummaryProblem["problem"] | null {
  const isEmpty = isEmptyAnswer(value) || (field.type === "checkbox" && value !== true);
  if (isEmpty) return required ? "required" : null;
  return faultOf(field, value);
}

/** What keeps a summary from being final. `now` in ms. A call outside of any campaign takes anything. */
export function summaryProblems(
  summary: SummaryForm | null,
  draft: DeskDraft,
  now: number,
): SummaryProblem[] {
  const problems: SummaryProblem[] = [];
  const callbackAt = draft.callbackAt === null ? null : Date.parse(draft.callbackAt);
  if (callbackAt !== null && callbackAt < now - 60_000)
    problems.push({ field: "callbackAt", problem: "in-the-past" });
  if (!summary) return problems;
  const node = dispositionPath(summary.dispositions, draft.dispositionId).at(-1);
  if (draft.dispositionId !== null && !node) problems.push({ field: "disposition", problem: "unknown" });
  if (node && node.children.length > 0) problems.push({ field: "disposition", problem: "not-a-leaf" });
  if (draft.dispositionId === null && summary.summaryRequired && summary.dispositions.length > 0)
    problems.push({ field: "disposition", problem: "required" });
  if (node?.effect === "callback" && callbackAt === null)
    problems.push({ field: "callbackAt", problem: "required" });
  for (const { field, required } of fieldsToFill(summary, draft)) {
    const problem = fieldProblem(field, required, draft.form[field.key]);
    if (problem) problems.push({ field: field.key, problem });
  }
  return problems;
}
