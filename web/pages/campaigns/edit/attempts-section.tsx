import { Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { AfterCallFields } from "./after-call-fields.tsx";
import { RetryEditor } from "./retry-editor.tsx";
import { RetryPreview } from "./retry-preview.tsx";

export function AttemptsSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t("campaigns.section.attempts")}>
      <FormColumn>
        <Form.Item name={["attempts", "perLead"]} label={t("campaigns.perLead")} rules={[{ required: true }]}>
          <InputNumber min={1} max={100} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item
          name={["attempts", "perNumberPerDay"]}
          label={t("campaigns.perNumberPerDay")}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={20} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name={["attempts", "minGapMs"]} label={t("campaigns.minGap")} rules={[{ required: true }]}>
          <DurationInput units={["minute", "hour", "day"]} />
        </Form.Item>
      </FormColumn>
      <FormColumn span={24}>
        <Form.Item name="retries" label={t("campaigns.retries")} extra={t("campaigns.retriesHelp")}>
          <RetryEditor />
        </Form.Item>
      </FormColumn>
      <FormColumn span={24}>
        <RetryPreview />
      </FormColumn>
      <AfterCallFields />
    </FormSection>
  );
}
