import type { DispositionNode, FormField } from "../../../shared/campaigns.ts";
import type { DeskCall, DeskDraft } from "../../../shared/desk.ts";

export const emptyDraft: DeskDraft = {
  dispositionId: null,
  form: {},
  note: "",
  callbackAt: null,
  callbackMine: true,
};

/** The nodes from the root to the one with this id; empty when it is not in the tree. */
export function dispositionPath(tree: readonly DispositionNode[], id: number | null): DispositionNode[] {
  if (id === null) return [];
  for (const node of tree) {
    if (node.id === id) return [node];
    const below = dispositionPath(node.children, id);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** What still keeps the summary from being final: keys of form fields, `disposition`, `callback`. */
export function missingParts(
  call: Pick<DeskCall, "form" | "dispositions" | "summaryRequired">,
  draft: DeskDraft,
): string[] {
  const missing: string[] = [];
  const leaf = dispositionPath(call.dispositions, draft.dispositionId).at(-1);
  if (leaf?.effect === "callback" && !draft.callbackAt) missing.push("callback");
  if (!call.summaryRequired) return missing;
  if (call.dispositions.length > 0 && leaf === undefined) missing.unshift("disposition");
  const fields = call.form.filter((field) => field.required && isEmpty(draft.form[field.key]));
  return [...missing, ...fields.map((field) => field.key)];
}

/** The value a field shows, whatever an older draft or a changed form left in it. */
export function shownValue(field: FormField, value: unknown): string | string[] | number | boolean | null {
  switch (field.type) {
    case "choices":
      return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
    case "yes-no":
      return typeof value === "boolean" ? value : null;
    case "number":
      return typeof value === "number" ? value : null;
    default:
      return typeof value === "string" ? value : null;
  }
}
