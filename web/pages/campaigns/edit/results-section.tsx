import { Form, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { DispositionNode, FormField } from "../../../../shared/campaigns.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { DispositionEditor } from "./disposition-editor.tsx";
import { FieldsEditor } from "./fields-editor.tsx";

const complete = (nodes: DispositionNode[]): boolean =>
  nodes.every(
    ({ label, does, children }) =>
      label.trim() !== "" && (!does?.ticket || does.ticket.title.trim() !== "") && complete(children),
  );
const answerable = (field: FormField) =>
  field.label.trim() !== "" && (!field.type.startsWith("choice") || field.options.length > 0);

const check = (good: boolean, sentence: string) =>
  good ? Promise.resolve() : Promise.reject(new Error(sentence));

/** What the agent writes down after a call. */
export function ResultsSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t("campaigns.section.results")}>
      <FormColumn span={24}>
        <Form.Item
          name="dispositions"
          label={t("campaigns.dispositions")}
          extra={t("campaigns.dispositionsHelp")}
          rules={[
            {
              validator: (_, nodes: DispositionNode[]) =>
                check(complete(nodes), t("campaigns.dispositionsRule")),
            },
          ]}
        >
          <DispositionEditor />
        </Form.Item>
      </FormColumn>
      <FormColumn span={24}>
        <Form.Item
          name="form"
          label={t("campaigns.form")}
          extra={t("campaigns.formHelp")}
          rules={[
            {
              validator: (_, fields: FormField[]) => check(fields.every(answerable), t("campaigns.formRule")),
            },
          ]}
        >
          <FieldsEditor />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="summaryRequired" label={t("campaigns.summaryRequired")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item
          name="wrapUpLimitMs"
          label={t("campaigns.wrapUpLimit")}
          extra={t("campaigns.wrapUpLimitHelp")}
        >
          <DurationInput units={["second", "minute"]} />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
