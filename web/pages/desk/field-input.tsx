import { Checkbox, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { FormField } from "../../../shared/campaigns.ts";
import type { SummaryProblem } from "../../../shared/service-summary.ts";
import { shownValue } from "../../features/desk/summary-draft.ts";
import { Problem, Required } from "./marks.tsx";

interface Props {
  field: FormField;
  required: boolean;
  value: unknown;
  problem: SummaryProblem["problem"] | undefined;
  onChange: (value: unknown) => void;
}

/** More options than this make a list to search instead of buttons. */
const fewOptions = 5;

/** One field of the campaign's form, labelled, with what is wrong with it. */
export function FieldInput({ field, required, value, problem, onChange }: Props) {
  const { t } = useTranslation();
  const labelId = `field-${field.key}`;
  return (
    <div role="group" aria-labelledby={labelId} data-field={field.key}>
      <div id={labelId} className="desk-label">
        {field.label} {required && <Required />}
      </div>
      <Control field={field} value={shownValue(field, value)} labelId={labelId} onChange={onChange} />
      {problem && (
        <Problem
          text={
            problem === "required"
              ? t("common.isRequired", { label: field.label })
              : t(`desk.fault.${problem}`)
          }
        />
      )}
    </div>
  );
}

interface ControlProps {
  field: FormField;
  value: ReturnType<typeof shownValue>;
  labelId: string;
  onChange: (value: unknown) => void;
}

function Control({ field, value, labelId, onChange }: ControlProps) {
  const { t } = useTranslation();
  const options = field.options.map((option) => ({ value: option, label: option }));
  const text = typeof value === "string" ? value : "";
  switch (field.type) {
    case "text":
      return (
        <Input
          aria-labelledby={labelId}
          value={text}
          maxLength={500}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "long-text":
      return (
        <Input.TextArea
          aria-labelledby={labelId}
          value={text}
          maxLength={5000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "number":
      return (
        <InputNumber
          aria-labelledby={labelId}
          style={{ width: "100%" }}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "money":
      return (
        <InputNumber
          aria-labelledby={labelId}
          style={{ width: "100%" }}
          precision={2}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "phone":
    case "email":
      return (
        <Input
          type={field.type === "phone" ? "tel" : "email"}
          aria-labelledby={labelId}
          value={text}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "checkbox":
      return (
        <Checkbox
          aria-labelledby={labelId}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        >
          {t("desk.yes")}
        </Checkbox>
      );
    case "date":
    case "time":
      return (
        <Input
          type={field.type}
          aria-labelledby={labelId}
          value={text}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
    case "yes-no":
      return (
        <Radio.Group
          aria-labelledby={labelId}
          optionType="button"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          options={[
            { value: true, label: t("desk.yes") },
            { value: false, label: t("desk.no") },
          ]}
        />
      );
    case "choice":
      return options.length <= fewOptions ? (
        <Radio.Group
          aria-labelledby={labelId}
          value={value}
          options={options}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Select
          aria-labelledby={labelId}
          style={{ width: "100%" }}
          value={value}
          options={options}
          showSearch
          allowClear
          onChange={(next) => onChange(next ?? null)}
        />
      );
    default:
      return (
        <Checkbox.Group
          aria-labelledby={labelId}
          value={Array.isArray(value) ? value : []}
          options={options}
          onChange={onChange}
        />
      );
  }
}
