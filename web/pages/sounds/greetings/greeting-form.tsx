import { Checkbox, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { languages } from "../../../../shared/common.ts";
import {
  greetingPlaces,
  type GreetingRule,
  greetingVariables,
  greetingWhen,
} from "../../../../shared/greetings.ts";
import type { Speech } from "../../../../shared/ivr/block-parts.ts";
import { NumberItem, SwitchItem } from "../../../ui/form/items.tsx";
import { ModalForm } from "../../../ui/form/modal-form.tsx";
import { HoursInput } from "../../campaigns/edit/hours-input.tsx";
import { SpeechField } from "../../ivr/forms/speech-field.tsx";
import { CustomerChoice } from "./customer-choice.tsx";

type Values = GreetingRule & { when: { field: { name: string; value: string } } };

const usual: Values = {
  name: "",
  on: true,
  where: ["queue"],
  when: { ...greetingWhen.parse({}), field: { name: "", value: "" } },
  says: { promptId: null, zh: "", en: "" },
};

const context = { languages: [...languages], variables: greetingVariables };

function Words({ value = usual.says, onChange }: { value?: Speech; onChange?: (says: Speech) => void }) {
  const { t } = useTranslation();
  return (
    <SpeechField
      label={t("greetings.says")}
      help={t("greetings.saysHelp")}
      value={value}
      context={context}
      onChange={(says) => onChange?.(says)}
    />
  );
}

/** One rule: whom it is for, where, and what they hear. */
export function GreetingForm(props: {
  rule: GreetingRule | null;
  isPending: boolean;
  onSave: (rule: GreetingRule) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rule } = props;
  const isSaid = (_: unknown, says: Speech) =>
    says.promptId === null && !says.zh && !says.en
      ? Promise.reject(new Error(t("greetings.saysRule")))
      : Promise.resolve();
  return (
    <ModalForm<Values>
      title={t(rule ? "greetings.change" : "greetings.add")}
      width={640}
      initialValues={
        rule ? { ...rule, when: { ...rule.when, field: rule.when.field ?? usual.when.field } } : usual
      }
      isPending={props.isPending}
      onSubmit={({ when, ...rest }) => {
        const field = when.field.name.trim() === "" ? null : when.field;
        props.onSave({ ...rest, when: { ...when, language: when.language ?? null, field } });
      }}
      onClose={props.onClose}
    >
      <Form.Item name="name" label={t("sounds.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <SwitchItem name="on" label={t("greetings.on")} />
      <Form.Item name="where" label={t("greetings.where")} rules={[{ required: true }]}>
        <Checkbox.Group
          options={greetingPlaces.map((value) => ({ value, label: t(`greetings.place.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={["when", "customer"]} label={t("greetings.customerOf")}>
        <CustomerChoice />
      </Form.Item>
      <Form.Item
        name={["when", "language"]}
        label={t("greetings.language")}
        extra={t("greetings.languageHelp")}
      >
        <Select
          allowClear
          placeholder={t("greetings.eitherLanguage")}
          options={languages.map((value) => ({ value, label: t(`sounds.languages.${value}`) }))}
        />
      </Form.Item>
      <NumberItem name={["when", "vipFrom"]} label={t("greetings.vipFrom")} min={0} max={9} />
      <Form.Item name={["when", "hours"]} label={t("greetings.hours")}>
        <HoursInput label={t("greetings.hours")} />
      </Form.Item>
      <SwitchItem name={["when", "hasAppointment"]} label={t("greetings.hasAppointment")} />
      <Flex gap={12} wrap>
        <Form.Item name={["when", "field", "name"]} label={t("greetings.field")} style={{ flex: 1 }}>
          <Input maxLength={64} placeholder={t("greetings.noField")} />
        </Form.Item>
        <Form.Item name={["when", "field", "value"]} label={t("greetings.fieldValue")} style={{ flex: 1 }}>
          <Input maxLength={200} placeholder={t("greetings.anyValue")} />
        </Form.Item>
      </Flex>
      <Form.Item name="says" rules={[{ validator: isSaid }]}>
        <Words />
      </Form.Item>
    </ModalForm>
  );
}
