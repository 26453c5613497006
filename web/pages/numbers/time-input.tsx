import { Flex, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { RouteTime } from "../../../shared/numbers.ts";
import { weekOf, workdays } from "../../../shared/week.ts";
import { HoursEditor } from "../campaigns/edit/hours-editor.tsx";
import { useCalendars } from "./number-api.ts";

interface Props {
  value: RouteTime;
  onChange: (value: RouteTime) => void;
}

const types = ["open", "closed", "day-off"] as const;
const office = weekOf(workdays, ["09:00", "18:00"]);

/** In these hours, outside of them, or on a day off; by a holiday calendar or without one. */
export function TimeInput({ value, onChange }: Props) {
  const { t } = useTranslation();
  const calendars = useCalendars();
  const options = (calendars.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choose = (type: RouteTime["type"]) => {
    const calendarId = value.calendarId ?? options[0]?.value;
    if (type === "day-off") {
      if (calendarId !== undefined) onChange({ type, calendarId });
    } else
      onChange({
        type,
        hours: value.type === "day-off" ? office : value.hours,
        calendarId: value.calendarId,
      });
  };
  return (
    <Flex vertical gap={8} style={{ minWidth: 0, flex: 1 }}>
      <Flex gap={8} wrap>
        <Select<RouteTime["type"]>
          value={value.type}
          aria-label={t("numbers.condition.time")}
          style={{ minWidth: 170 }}
          options={types.map((type) => ({
            value: type,
            label: t(`numbers.time.${type}`),
            disabled: type === "day-off" && options.length === 0,
          }))}
          onChange={choose}
        />
        <Select<number | null>
          value={value.calendarId}
          aria-label={t("numbers.calendar")}
          style={{ minWidth: 170 }}
          options={[
            ...(value.type === "day-off" ? [] : [{ value: null, label: t("numbers.noCalendar") }]),
            ...options,
          ]}
          onChange={(calendarId) => {
            if (value.type !== "day-off") onChange({ ...value, calendarId });
            else if (calendarId !== null) onChange({ ...value, calendarId });
          }}
        />
      </Flex>
      {value.type !== "day-off" && (
        <HoursEditor value={value.hours} onChange={(hours) => onChange({ ...value, hours })} />
      )}
    </Flex>
  );
}
