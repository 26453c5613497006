import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Calendar } from "../../../shared/calendars.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { CalendarForm } from "./calendar-form.tsx";
import { calendarsKey, useCalendars } from "./number-api.ts";

const count = ({ days }: Calendar, kind: "off" | "work") =>
  formatNumber(days.filter((day) => day.kind === kind).length);

/** Holiday calendars: days off, and days made up for. */
export function CalendarsTab() {
  const { t } = useTranslation();
  const query = useCalendars();
  const may = useCan("queues.manage");
  const [editing, setEditing] = useState<Calendar | "new" | null>(null);
  const remove = useDelete((id: number) => api.delete(`/calendars/${id}`), { stale: [calendarsKey] });
  const columns: TableColumnsType<Calendar> = [
    {
      title: t("numbers.calendarName"),
      render: (_, one) =>
        may ? (
          <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setEditing(one)}>
            {one.name}
          </Button>
        ) : (
          one.name
        ),
    },
    { title: t("numbers.dayKind.off"), align: "right", render: (_, one) => count(one, "off") },
    { title: t("numbers.dayKind.work"), align: "right", render: (_, one) => count(one, "work") },
    { title: t("numbers.calendarEnds"), render: (_, { days }) => days.at(-1)?.to ?? "–" },
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("queues.deleteTitle", { name })}
          help={t("numbers.deleteCalendarHelp")}
          onDelete={() => remove.ask(id)}
        />
      ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {may && (
        <Flex>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {t("numbers.addCalendar")}
          </Button>
        </Flex>
      )}
      <DataTable
        label={t("numbers.calendars")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("numbers.noCalendars")} />}
      />
      {editing && (
        <CalendarForm calendar={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Flex>
  );
}
