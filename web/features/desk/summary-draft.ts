import type { FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";

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
