import { DeleteOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Form, Input, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Calendar,
  type CalendarDay,
  type CalendarInput,
  calendarInput,
  type CalendarReading,
} from "../../../shared/calendars.ts";
import { weekdays } from "../../../shared/campaigns.ts";
import { readText } from "../../lib/read-text.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { calendarsKey, readCalendar, saveCalendar } from "./number-api.ts";

const kinds = ["off", "work"] as const;

/** Days in their order; what a file says replaces days that begin alike. */
function merged(before: readonly CalendarDay[], read: readonly CalendarDay[]): CalendarDay[] {
  const all = new Map([...before, ...read].map((day) => [`${day.from} ${day.kind}`, day]));
  return [...all.values()].toSorted((a, b) => a.from.localeCompare(b.from));
}

function Problems({ problems }: Pick<CalendarReading, "problems">) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={t("numbers.fileProblems")}
      description={problems.slice(0, 10).map(({ line, problem, text }) => (
        <div key={`${line} ${problem}`}>
          {t("numbers.line", { line })}: {t(`numbers.problem.${problem}`)} {text}
        </div>
      ))}
    />
  );
}

function Days({ value = [], onChange }: { value?: CalendarDay[]; onChange?: (days: CalendarDay[]) => void }) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<CalendarDay>) =>
    onChange?.(value.map((day, i) => (i === index ? { ...day, ...part } : day)));
  const date = (day: CalendarDay, index: number, of: "from" | "to") => (
    <Input
      type="date"
      aria-label={t(`numbers.${of}`)}
      value={day[of]}
      style={{ width: 150 }}
      onChange={({ target }) => {
        const from = of === "from" ? target.value : day.from;
        const to = of === "to" ? target.value : day.to;
        change(index, { from, to: to < from ? from : to });
      }}
    />
  );
  return (
    <Flex vertical gap={8}>
      {value.map((day, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a day is its place
        <Flex key={index} gap={8} wrap align="center">
          {date(day, index, "from")}–{date(day, index, "to")}
          <Select<CalendarDay["kind"]>
            value={day.kind}
            aria-label={t("numbers.kind")}
            style={{ width: 130 }}
            options={kinds.map((kind) => ({ value: kind, label: t(`numbers.dayKind.${kind}`) }))}
            onChange={(kind) => change(index, { kind })}
          />
          {day.kind === "work" && (
            <Select<CalendarDay["hoursOf"]>
              value={day.hoursOf}
              aria-label={t("numbers.hoursOf")}
              style={{ width: 130 }}
              options={weekdays.map((weekday) => ({
                value: weekday,
                label: t("numbers.asOn", { weekday: t(`weekday.long.${weekday}`) }),
              }))}
              onChange={(hoursOf) => change(index, { hoursOf })}
            />
          )}
          <Input
            aria-label={t("numbers.dayName")}
            placeholder={t("numbers.dayName")}
            value={day.name}
            maxLength={100}
            style={{ width: 150 }}
            onChange={({ target }) => change(index, { name: target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`${t("common.remove")}: ${day.name || day.from}`}
            onClick={() => onChange?.(value.filter((_, i) => i !== index))}
          />
        </Flex>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => {
          const today = new Date().toISOString().slice(0, 10);
          onChange?.([...value, { from: today, to: today, name: "", kind: "off", hoursOf: "monday" }]);
        }}
      >
        {t("numbers.addDay")}
      </Button>
    </Flex>
  );
}

/** A calendar's days, typed or read from a file; nothing is stored until it is saved. */
export function CalendarForm({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [problems, setProblems] = useState<CalendarReading["problems"]>([]);
  const save = useAct(
    (fields: CalendarInput) => saveCalendar(calendar?.id ?? null, calendarInput.parse(fields)),
    { stale: [calendarsKey], said: t("common.saved"), onDone: onClose },
  );
  const read = useAct(async (file: File) => readCalendar(await readText(file)));
  return (
    <ModalForm<CalendarInput>
      title={calendar?.name ?? t("numbers.addCalendar")}
      width={900}
      initialValues={calendar ?? { name: "", days: [] }}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("numbers.calendarName")} rules={[{ required: true, max: 60 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item label={t("numbers.days")} extra={t("numbers.fileHelp")}>
            <Upload
              accept=".csv,.txt,.ics"
              showUploadList={false}
              beforeUpload={(file) => {
                read.mutate(file, {
                  onSuccess: (reading) => {
                    form.setFieldValue(
                      "days",
                      merged((form.getFieldValue("days") as CalendarDay[] | undefined) ?? [], reading.days),
                    );
                    setProblems(reading.problems);
                  },
                });
                return false;
              }}
            >
              <Button icon={<UploadOutlined />} loading={read.isPending}>
                {t("numbers.readFile")}
              </Button>
            </Upload>
          </Form.Item>
        )}
      </Form.Item>
      <Problems problems={problems} />
      <Form.Item name="days" noStyle>
        <Days />
      </Form.Item>
    </ModalForm>
  );
}
