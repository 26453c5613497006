import type { DeskCall } from "../../../shared/desk.ts";
import { fieldsToFill, type SummaryProblem } from "../../../shared/service-summary.ts";
import { FieldInput } from "./field-input.tsx";
import type { Summary } from "./use-summary.ts";

interface Props {
  call: DeskCall;
  summary: Summary;
  /** Keys that are asked for by name; undefined: the whole form. */
  only?: readonly string[];
  /** What keeps the field with this key from being final. */
  faultOf?: (key: string) => SummaryProblem["problem"] | undefined;
}

const none = () => undefined;

/** Fields of the campaign's form that are to be filled in now, wherever that is done. */
export function SummaryFields({ call, summary, only, faultOf = none }: Props) {
  const { draft, change } = summary;
  const asked = fieldsToFill(call, draft).filter(({ field }) => !only || only.includes(field.key));
  return asked.map(({ field, required }) => (
    <FieldInput
      key={field.key}
      field={field}
      required={required}
      value={draft.form[field.key]}
      problem={faultOf(field.key)}
      onChange={(value) => change({ form: { ...draft.form, [field.key]: value } })}
    />
  ));
}
