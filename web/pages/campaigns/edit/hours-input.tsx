import { Switch } from "antd";
import type { WeekHours } from "../../../../shared/campaigns.ts";
import { weekOf, workdays } from "../../../../shared/week.ts";
import { HoursEditor } from "./hours-editor.tsx";

const officeHours = weekOf(workdays, ["09:00", "18:00"]);

/** Hours, or none: at any time. */
export function HoursInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value?: WeekHours | null;
  onChange?: (hours: WeekHours | null) => void;
}) {
  return (
    <>
      <Switch
        checked={value != null}
        aria-label={label}
        onChange={(on) => onChange?.(on ? officeHours : null)}
      />
      {value && <HoursEditor value={value} {...(onChange ? { onChange } : {})} />}
    </>
  );
}
