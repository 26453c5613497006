import { Input } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  from: string;
  to: string;
  onChange: (days: { from?: string; to?: string }) => void;
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value}
      style={{ width: 150 }}
      onChange={({ target }) => target.value && onChange(target.value)}
    />
  );
}

/** A range of days, as the company's calendar has them. */
export function DayFields({ from, to, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <DayField
        label={t("agentTime.from")}
        value={from}
        onChange={(day) => onChange({ from: day, ...(day > to && { to: day }) })}
      />
      <DayField
        label={t("agentTime.to")}
        value={to}
        onChange={(day) => onChange({ to: day, ...(day < from && { from: day }) })}
      />
    </>
  );
}
