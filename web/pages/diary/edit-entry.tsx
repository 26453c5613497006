import { Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type DiaryItem, diaryItem } from "../../../shared/diary.ts";
import { instantOf, wallClockOf } from "../../../shared/zoned-time.ts";
import { api } from "../../lib/api.ts";
import { companyZone } from "../../lib/format.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { pathOf, stale } from "./diary-api.ts";

interface Fields {
  kind: "appointment" | "call";
  title: string;
  phone?: string;
  time: string;
  minutes: number;
  remind: number;
  note: string;
}

const lengths = [15, 30, 45, 60, 90, 120, 240];
const reminders = [0, 5, 10, 15, 30, 60];
const minuteMs = 60_000;

/** A new entry at a time, or another time and text for one that there is. */
export function EditEntry({
  item,
  startsAt,
  onClose,
}: {
  item?: DiaryItem;
  startsAt: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const zone = companyZone();
  const isCallback = item?.kind === "callback";
  const before: Fields = {
    kind: item?.kind === "call" ? "call" : "appointment",
    title: item?.title ?? "",
    time: wallClockOf(Date.parse(startsAt), zone),
    minutes: item ? (Date.parse(item.endsAt) - Date.parse(item.startsAt)) / minuteMs : 30,
    remind: 5,
    note: item?.note ?? "",
  };
  const save = useAct(
    ({ kind, title, phone, time, minutes, remind, note }: Fields) => {
      const begin = instantOf(time, zone)!;
      const span = {
        startsAt: begin,
        endsAt: new Date(Date.parse(begin) + minutes * minuteMs).toISOString(),
      };
      const isMoved = !item || Date.parse(begin) !== Date.parse(item.startsAt);
      if (isCallback)
        return api.patch(pathOf(item), diaryItem, { note, ...(isMoved && { startsAt: begin }) });
      if (item) return api.patch(pathOf(item), diaryItem, { title, note, ...span });
      const remindBeforeMs = remind * minuteMs;
      return api.post("/diary/entries", diaryItem, {
        kind,
        title,
        note,
        remindBeforeMs,
        ...span,
        ...(kind === "call" && { phone }),
      });
    },
    { stale, said: t("common.saved"), onDone: onClose },
  );
  const minutesOf = (values: number[], own: number) =>
    [...new Set([...values, own])]
      .sort((a, b) => a - b)
      .map((value) => ({ value, label: t("diary.minutes", { count: value }) }));
  return (
    <ModalForm<Fields>
      title={t(item ? "diary.edit" : "diary.new")}
      isPending={save.isPending}
      initialValues={before}
      onSubmit={(fields) => save.mutate({ ...before, ...fields })}
      onClose={onClose}
    >
      {!item && (
        <Form.Item name="kind" label={t("diary.kindLabel")}>
          <Radio.Group
            options={(["appointment", "call"] as const).map((value) => ({
              value,
              label: t(`diary.kind.${value}`),
            }))}
          />
        </Form.Item>
      )}
      {!isCallback && (
        <Form.Item
          name="title"
          label={t("diary.titleLabel")}
          rules={[{ required: true, whitespace: true, max: 200 }]}
        >
          <Input autoFocus />
        </Form.Item>
      )}
      {!item && (
        <Form.Item noStyle shouldUpdate>
          {({ getFieldValue }) =>
            getFieldValue("kind") === "call" && (
              <Form.Item
                name="phone"
                label={t("common.phone")}
                extra={t("diary.callHelp")}
                rules={[{ required: true, whitespace: true }]}
              >
                <Input inputMode="tel" />
              </Form.Item>
            )
          }
        </Form.Item>
      )}
      <Form.Item name="time" label={t("diary.when")} rules={[{ required: true }]}>
        <Input type="datetime-local" step={900} />
      </Form.Item>
      {!isCallback && (
        <Form.Item name="minutes" label={t("diary.length")}>
          <Select options={minutesOf(lengths, before.minutes)} />
        </Form.Item>
      )}
      {!item && (
        <Form.Item name="remind" label={t("diary.remind")}>
          <Select options={minutesOf(reminders, 5)} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t("common.note")} rules={[{ max: 5000 }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
    </ModalForm>
  );
}
