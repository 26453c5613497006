import type { DeskCall } from "../../../shared/desk.ts";
import { FieldInput } from "./field-input.tsx";
import type { Summary } from "./use-summary.ts";

interface Props {
  call: DeskCall;
  summary: Summary;
  /** Keys that are asked for by name; undefined: the whole form. */
  only?: readonly string[];
  /** What keeps the field with this key from being final. */
  isWrong?: (key: string) => boolean;
}

/** Fields of the campaign's form, wherever they are filled in. */
export function SummaryFields({ call, summary, only, isWrong = () => false }: Props) {
  const { draft, change } = summary;
  const fields = only ? call.form.filter((field) => only.includes(field.key)) : call.form;
  return fields.map((field) => (
    <FieldInput
      key={field.key}
      field={field}
      required={field.required && call.summaryRequired}
      value={draft.form[field.key]}
      problem={isWrong(field.key)}
      onChange={(value) => change({ form: { ...draft.form, [field.key]: value } })}
    />
  ));
}
