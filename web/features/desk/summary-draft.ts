import type { DispositionNode, FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { dispositionPath } from "../../../shared/service-summary.ts";

export const emptyDraft: DeskDraft = {
  dispositionId: null,
  form: {},
  note: "",
  callbackAt: null,
  callbackMine: true,
};

/** The value a field shows, whatever an older draft or a changed form left in it. */
export function shownValue(field: FormField, value: unknown): string | string[] | number | boolean | null {
  switch (field.type) {
    case "choices":
      return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
    case "yes-no":
    case "checkbox":
      return typeof value === "boolean" ? value : null;
    case "number":
    case "money":
      return typeof value === "number" ? value : null;
    default:
      return typeof value === "string" ? value : null;
  }
}

/** The time that this result proposes, in whole minutes, where none is chosen yet; `now` in ms. */
export function proposedCallback(
  trees: readonly DispositionNode[],
  dispositionId: number | null,
  draft: DeskDraft,
  now: number,
): Partial<DeskDraft> {
  const leaf = dispositionPath(trees, dispositionId).at(-1);
  const proposal = leaf?.effect === "callback" ? leaf.does?.callback : undefined;
  if (!proposal || draft.callbackAt !== null) return {};
  const at = Math.ceil((now + proposal.afterMs) / 60_000) * 60_000;
  return { callbackAt: new Date(at).toISOString(), callbackMine: proposal.mine };
}
