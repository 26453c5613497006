import type { DeskCall } from "../../../shared/desk.ts";
import type { Variables } from "../../../shared/script-text.ts";
import type { ScriptDocument, ScriptWalk } from "../../../shared/scripts.ts";

/** An answer as it reads in a sentence: labels instead of keys. */
function inWords(document: ScriptDocument, key: string, value: unknown): string {
  const question = document.pages.flatMap((page) => page.questions).find((one) => one.key === key);
  const labelOf = (one: unknown) =>
    question?.options.find((option) => option.key === one)?.label ?? String(one);
  if (Array.isArray(value)) return value.map(labelOf).join(", ");
  return typeof value === "object" && value !== null
    ? Object.values(value).map(labelOf).join(", ")
    : labelOf(value);
}

export const answerVariables = (document: ScriptDocument, { answers }: ScriptWalk): Variables =>
  Object.fromEntries(
    Object.entries(answers).map(([key, value]) => [`answer.${key}`, inWords(document, key, value)]),
  );

/** What is known of a call, by the names that scripts use; columns by their keys and by their labels. */
export function callVariables(call: DeskCall, agent: string): Variables {
  const { lead } = call;
  return {
    ...Object.fromEntries(
      lead.fields.flatMap(({ key, label, value }) => [
        [`lead.${label}`, value],
        [`lead.${key}`, value],
      ]),
    ),
    "lead.name": lead.name,
    "lead.phone": lead.phone,
    "lead.list": lead.listName ?? "",
    "customer.name": lead.name,
    "agent.name": agent,
    "campaign.name": call.campaignName ?? "",
  };
}
