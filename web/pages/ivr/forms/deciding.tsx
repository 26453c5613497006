import { Input, Select } from "antd";
import { newRule, RuleEditor } from "../../../features/answer-rules/rule-editor.tsx";
import { HoursEditor } from "../../campaigns/edit/hours-editor.tsx";
import { useCalendars } from "../../numbers/number-api.ts";
import { freeKey } from "../../scripts/document.ts";
import type { FormProps } from "./context.ts";
import { ChoiceField, Field, ListField, NumberField, TextField } from "./field.tsx";
import { SaidField } from "./speech-field.tsx";

const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));

export function HoursForm({ block, put, t }: FormProps<"hours">) {
  const calendars = useCalendars();
  return (
    <>
      <ChoiceField
        label={t("ivr.timeZone")}
        value={block.timeZone}
        options={zones}
        onChange={(timeZone) => put({ timeZone })}
      />
      <Field label={t("ivr.openHours")}>
        <HoursEditor value={block.hours} onChange={(hours) => put({ hours })} />
      </Field>
      <Field label={t("ivr.holidays")} name="holidays" rule={t("ivr.dateRule")} help={t("ivr.holidaysHelp")}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={block.holidays}
          tokenSeparators={[",", " ", "，"]}
          aria-label={t("ivr.holidays")}
          placeholder="2027-01-01"
          onChange={(holidays: string[]) => put({ holidays })}
        />
      </Field>
      <ChoiceField
        label={t("ivr.calendar")}
        value={block.calendarId ?? 0}
        options={[
          { value: 0, label: t("ivr.noCalendar") },
          ...(calendars.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => put({ calendarId: id || null })}
      />
    </>
  );
}

export function ConditionForm({ block, put, context, t }: FormProps<"condition">) {
  return (
    <ListField
      label={t("ivr.cases")}
      add={t("ivr.addCase")}
      items={block.cases}
      most={20}
      make={() => ({
        key: freeKey(
          "case",
          block.cases.map(({ key }) => key),
        ),
        label: "",
        when: newRule(context.subjects),
      })}
      onChange={(cases) => put({ cases })}
    >
      {(one, set, index) => (
        <>
          <Input
            value={one.label}
            maxLength={60}
            aria-label={t("ivr.caseName", { number: index + 1 })}
            placeholder={t("ivr.caseName", { number: index + 1 })}
            onChange={(event) => set({ ...one, label: event.target.value })}
          />
          <RuleEditor
            rule={one.when}
            subjects={context.subjects}
            onChange={(when) => set({ ...one, when })}
          />
        </>
      )}
    </ListField>
  );
}

export function SetForm({ block, put, t }: FormProps<"set">) {
  return (
    <ListField
      label={t("ivr.values")}
      add={t("ivr.addValue")}
      items={block.values}
      most={20}
      make={() => ({ variable: "value", value: "" })}
      onChange={(values) => put({ values })}
    >
      {(one, set, index) => (
        <div className="ivr-pair">
          <TextField
            label={t("ivr.variable")}
            name={`values.${index}.variable`}
            rule={t("ivr.nameRule")}
            value={one.variable}
            maxLength={40}
            code
            onChange={(variable) => set({ ...one, variable })}
          />
          <TextField
            label={t("ivr.value")}
            value={one.value}
            maxLength={500}
            onChange={(value) => set({ ...one, value })}
          />
        </div>
      )}
    </ListField>
  );
}

export function CallbackForm({ block, put, context, t }: FormProps<"callback">) {
  return (
    <>
      <NumberField
        label={t("ivr.after")}
        value={block.afterMinutes}
        min={1}
        max={43_200}
        suffix={t("common.units.minute")}
        onChange={(afterMinutes) => put({ afterMinutes })}
      />
      <SaidField block={block} put={put} context={context} t={t} />
    </>
  );
}
