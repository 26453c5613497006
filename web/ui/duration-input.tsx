import { InputNumber, Space, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const units = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
type Unit = keyof typeof units;

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (ms: number | null) => void;
  units?: readonly [Unit, ...Unit[]];
  min?: number;
  disabled?: boolean;
  "aria-label"?: string;
}

function unitOf(ms: number, offered: readonly [Unit, ...Unit[]]): Unit {
  const whole = offered.findLast((unit) => ms >= units[unit] && ms % units[unit] === 0);
  return whole ?? offered[0];
}

/** A duration in milliseconds, entered as a number and a unit. */
export function DurationInput({ value, onChange, units: offered = ["second", "minute"], ...rest }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Unit | null>(null);
  const unit = chosen ?? unitOf(value ?? 0, offered);
  const amount = value === null || value === undefined ? null : value / units[unit];
  return (
    <Space.Compact>
      <InputNumber<number>
        {...rest}
        min={(rest.min ?? 0) / units[unit]}
        value={amount}
        style={{ width: 90 }}
        onChange={(next) => onChange?.(next === null ? null : Math.round(next * units[unit]))}
      />
      <Select<Unit>
        value={unit}
        disabled={rest.disabled ?? false}
        aria-label={t("common.unit")}
        popupMatchSelectWidth={false}
        options={offered.map((name) => ({ value: name, label: t(`common.units.${name}`) }))}
        onChange={(next) => {
          setChosen(next);
          if (amount !== null) onChange?.(Math.round(amount * units[next]));
        }}
      />
    </Space.Compact>
  );
}
