/** The service summary: what the agent writes about a call. Rules are pure; drafts are kept as they are typed. */
import type { CampaignDetail, DispositionNode, FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";

export interface SummaryProblem {
  field: string;
  problem:
    | "required"
    | "not-a-choice"
    | "not-a-number"
    | "not-a-date"
    | "not-a-leaf"
    | "unknown"
    | "in-the-past";
}

const empty = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function fieldProblem(field: FormField, value: unknown): SummaryProblem["problem"] | null {
  if (empty(value)) return field.required ? "required" : null;
  switch (field.type) {
    case "number":
      return Number.isFinite(typeof value === "string" ? Number(value) : value) ? null : "not-a-number";
    case "date":
      return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? null : "not-a-date";
    case "choice":
      return field.options.includes(String(value)) ? null : "not-a-choice";
    case "choices":
      return Array.isArray(value) && value.every((v) => field.options.includes(String(v)))
        ? null
        : "not-a-choice";
    default:
      return null;
  }
}

/** The node with this id anywhere in the trees. */
export function findNode(trees: readonly DispositionNode[], id: number): DispositionNode | undefined {
  for (const node of trees) {
    const found = node.id === id ? node : findNode(node.children, id);
    if (found) return found;
  }
  return undefined;
}

/** What keeps a summary from being final. `now` in ms. A call outside of any campaign takes anything. */
export function summaryProblems(
  campaign: Pick<CampaignDetail, "form" | "dispositions" | "summaryRequired"> | null,
  draft: DeskDraft,
  now: number,
): SummaryProblem[] {
  const problems: SummaryProblem[] = [];
  const callbackAt = draft.callbackAt === null ? null : Date.parse(draft.callbackAt);
  if (callbackAt !== null && callbackAt < now - 60_000)
    problems.push({ field: "callbackAt", problem: "in-the-past" });
  if (!campaign) return problems;
  const node =
    draft.dispositionId === null ? undefined : findNode(campaign.dispositions, draft.dispositionId);
  if (draft.dispositionId !== null && !node) problems.push({ field: "disposition", problem: "unknown" });
  if (node && node.children.length > 0) problems.push({ field: "disposition", problem: "not-a-leaf" });
  if (draft.dispositionId === null && campaign.summaryRequired && campaign.dispositions.length > 0)
    problems.push({ field: "disposition", problem: "required" });
  if (node?.effect === "callback" && callbackAt === null)
    problems.push({ field: "callbackAt", problem: "required" });
  for (const field of campaign.form) {
    const problem = fieldProblem(field, draft.form[field.key]);
    if (problem && (problem !== "required" || campaign.summaryRequired))
      problems.push({ field: field.key, problem });
  }
  return problems;
}
