import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { AudioDevice } from "../../phone/devices.ts";

interface Props {
  label: string;
  value: string | null;
  options: AudioDevice[];
  onChange: (id: string | null) => void;
}

/**
 * One of the devices, or the system's own choice; a remembered one that is unplugged is shown as such. The browser's own
 * list: it is there at once, and antd's would be a twentieth of all that the desk loads at first.
 */
export function DeviceSelect({ label, value, options, onChange }: Props) {
  const { t } = useTranslation();
  const isUnplugged = value !== null && options.every((option) => option.id !== value);
  return (
    <label>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <select
        className="desk-select"
        value={value ?? ""}
        aria-invalid={isUnplugged}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{t("desk.check.systemDefault")}</option>
        {isUnplugged && (
          <option value={value} disabled>
            {t("desk.check.unplugged")}
          </option>
        )}
        {options
          .filter((option) => option.id !== "default")
          .map((option, index) => (
            <option key={option.id} value={option.id}>
              {option.label || `${label} ${index + 1}`}
            </option>
          ))}
      </select>
    </label>
  );
}
