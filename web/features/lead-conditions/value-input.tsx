import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { outcomes } from "../../../shared/calls.ts";
import { phoneKinds } from "../../../shared/customers.ts";
import { kindOf, type LeadCondition, withoutValue, withSeveral } from "../../../shared/lead-conditions.ts";
import { leadStatuses } from "../../../shared/lists.ts";
import { dayStart } from "../../lib/zone.ts";

interface Props {
  condition: LeadCondition;
  onChange: (values: string[]) => void;
}

/** What a condition compares with, by the kind of its column. */
export function ValueInput({ condition, onChange }: Props) {
  const { t } = useTranslation();
  const { field, op, values } = condition;
  const label = t("conditions.value");
  const [value] = values;
  const status = value === undefined ? ("warning" as const) : ("" as const);
  if (withoutValue.has(op)) return null;
  if (op.endsWith("days"))
    return (
      <InputNumber<number>
        min={0}
        max={3650}
        precision={0}
        status={status}
        value={value === undefined ? null : Number(value)}
        suffix={t("conditions.days")}
        aria-label={label}
        style={{ width: 120 }}
        onChange={(n) => onChange(n === null ? [] : [String(n)])}
      />
    );
  if (op === "before" || op === "after")
    return (
      <DatePicker
        value={value === undefined ? null : dayjs(value)}
        status={status}
        aria-label={label}
        onChange={(day) => {
          const text = day?.format("YYYY-MM-DD");
          onChange(text === undefined ? [] : [kindOf(field) === "own" ? text : dayStart(text)]);
        }}
      />
    );
  if (withSeveral.has(op)) {
    const known: Record<string, { value: string; label: string }[]> = {
      status: leadStatuses
        .filter((name) => name !== "claimed")
        .map((name) => ({ value: name, label: t(`lists.leadStatus.${name}`) })),
      numberKind: phoneKinds.map((name) => ({ value: name, label: t(`customers.kind.${name}`) })),
      lastOutcome: outcomes.map((name) => ({ value: name, label: t(`outcome.${name}`) })),
    };
    return (
      <Select
        mode={known[field] ? "multiple" : "tags"}
        {...(known[field] ? { options: known[field] } : { open: false, suffixIcon: null })}
        tokenSeparators={[",", "，", "、", ";"]}
        value={values}
        status={status}
        aria-label={label}
        placeholder={t("conditions.values")}
        popupMatchSelectWidth={false}
        style={{ flex: "1 1 200px", maxWidth: 460 }}
        onChange={onChange}
      />
    );
  }
  return (
    <Input
      value={value ?? ""}
      status={status}
      inputMode={op.startsWith("at-") ? "decimal" : "text"}
      maxLength={200}
      aria-label={label}
      placeholder={label}
      style={{ width: 200 }}
      onChange={(event) => onChange(event.target.value === "" ? [] : [event.target.value])}
    />
  );
}
