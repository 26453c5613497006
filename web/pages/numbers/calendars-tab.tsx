import { useTranslation } from "react-i18next";
import type { Calendar } from "../../../shared/calendars.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { CalendarForm } from "./calendar-form.tsx";
import { calendarsKey, useCalendars } from "./number-api.ts";

const count = ({ days }: Calendar, kind: "off" | "work") =>
  formatNumber(days.filter((day) => day.kind === kind).length);

/** Holiday calendars: days off, and days made up for. */
export function CalendarsTab() {
  const { t } = useTranslation();
  const remove = useDelete((id: number) => api.delete(`/calendars/${id}`), { stale: [calendarsKey] });
  return (
    <NamedTable<Calendar>
      label={t("numbers.calendars")}
      query={useCalendars()}
      may={useCan("queues.manage")}
      words={{
        name: t("numbers.calendarName"),
        add: t("numbers.addCalendar"),
        none: t("numbers.noCalendars"),
        deleteHelp: t("numbers.deleteCalendarHelp"),
      }}
      columns={[
        { title: t("numbers.dayKind.off"), align: "right", render: (_, one) => count(one, "off") },
        { title: t("numbers.dayKind.work"), align: "right", render: (_, one) => count(one, "work") },
        { title: t("numbers.calendarEnds"), render: (_, { days }) => days.at(-1)?.to ?? "–" },
      ]}
      onDelete={remove.ask}
      renderForm={(calendar, close) => <CalendarForm calendar={calendar} onClose={close} />}
    />
  );
}
