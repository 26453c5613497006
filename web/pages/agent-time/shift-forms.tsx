import { Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { shiftImported } from "../../../shared/agent-time.ts";
import { api } from "../../lib/api.ts";
import { useToday } from "../../lib/use-today.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useOrgUnits, useUsers } from "../users/user-api.ts";
import { shiftsKey } from "./time-api.ts";

export const stale = [shiftsKey, ["agent-time"]] as const;

interface Fields {
  whose: string;
  weekdays?: number[];
  day?: string;
  isFree?: boolean;
  starts?: string;
  ends?: string;
  breaks?: string;
  note?: string;
}

/** `12:00-13:00 15:00-15:15`. */
const breakRule = /^(\s*([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d\s*)*$/;
const breaksOf = (text = "") =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => part.split("-"));

/** The week of a person or a unit, or one day that is different. */
export function ShiftForm({ kind, onClose }: { kind: "pattern" | "exception"; onClose: () => void }) {
  const { t } = useTranslation();
  const today = useToday();
  const users = useUsers({ active: true, pageSize: 500 });
  const units = useOrgUnits();
  const save = useAct(
    ({ whose, weekdays, day, isFree, starts, ends, breaks, note }: Fields) => {
      const [noun, id] = whose.split("-");
      const of = {
        userId: noun === "user" ? Number(id) : null,
        orgUnitId: noun === "unit" ? Number(id) : null,
      };
      const times = { starts, ends, breaks: breaksOf(breaks) };
      if (kind === "pattern") return api.post("/shifts", null, { ...of, ...times, weekdays, validFrom: day });
      const free = { starts: null, ends: null, breaks: [] };
      return api.post("/shifts/exceptions", null, {
        ...of,
        ...(isFree ? free : times),
        day,
        note: note ?? "",
      });
    },
    { stale, said: t("common.saved"), onDone: onClose },
  );
  const options = [
    {
      label: t("agentTime.unit"),
      options: (units.data ?? []).map(({ id, name }) => ({ value: `unit-${id}`, label: name })),
    },
    {
      label: t("agentTime.agent"),
      options: (users.data?.items ?? []).map(({ id, name }) => ({ value: `user-${id}`, label: name })),
    },
  ];
  const weekdayOptions = [1, 2, 3, 4, 5, 6, 7].map((value) => ({
    value,
    label: t(`agentTime.weekday.${value}`),
  }));
  const time = (name: "starts" | "ends") => (
    <Form.Item name={name} label={t(`agentTime.${name}`)} rules={[{ required: true }]}>
      <Input type="time" />
    </Form.Item>
  );
  return (
    <ModalForm<Fields>
      title={t(`agentTime.${kind}`)}
      isPending={save.isPending}
      initialValues={{
        weekdays: [1, 2, 3, 4, 5],
        day: today,
        starts: "09:00",
        ends: "18:00",
        breaks: "12:00-13:00",
      }}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="whose" label={t("diary.who")} rules={[{ required: true }]}>
        <Select autoFocus showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      {kind === "pattern" && (
        <Form.Item name="weekdays" label={t("agentTime.weekdays")} rules={[{ required: true }]}>
          <Checkbox.Group options={weekdayOptions} />
        </Form.Item>
      )}
      <Form.Item
        name="day"
        label={t(kind === "pattern" ? "agentTime.validFrom" : "agentTime.day")}
        rules={[{ required: true }]}
      >
        <Input type="date" />
      </Form.Item>
      {kind === "exception" && (
        <Form.Item name="isFree" valuePropName="checked">
          <Checkbox>{t("agentTime.free")}</Checkbox>
        </Form.Item>
      )}
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          !getFieldValue("isFree") && (
            <>
              {time("starts")}
              {time("ends")}
              <Form.Item
                name="breaks"
                label={t("agentTime.breaks")}
                extra={t("agentTime.breaksHelp")}
                rules={[{ pattern: breakRule, message: t("agentTime.breaksHelp") }]}
              >
                <Input />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
      {kind === "exception" && (
        <Form.Item name="note" label={t("common.note")} rules={[{ max: 200 }]}>
          <Input />
        </Form.Item>
      )}
    </ModalForm>
  );
}

/** Reads a file of days; what is wrong with it is told line by line, and then nothing is written. */
export function useShiftImport(onProblems: (problems: { line: number; problem: string }[]) => void) {
  const { t } = useTranslation();
  return useAct(async (file: File) => api.post("/shifts/import", shiftImported, { csv: await file.text() }), {
    stale,
    onDone: ({ problems }) => onProblems(problems),
    said: t("agentTime.read"),
  });
}
