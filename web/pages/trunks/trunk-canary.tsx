import { Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { trunkInput } from "../../../shared/trunks.ts";
import { FormColumn, FormSection } from "../../ui/form/form-section.tsx";
import { fits } from "../../ui/form/rules.ts";

/** Canary calls over this trunk: off until a number is entered. */
export function TrunkCanary() {
  const { t } = useTranslation();
  return (
    <FormSection title={t("trunks.section.canary")}>
      <FormColumn span={16}>
        <Form.Item
          name="canaryNumber"
          label={t("trunks.canaryNumber")}
          extra={t("trunks.canaryNumberHelp")}
          normalize={(text: string) => (text === "" ? null : text)}
          rules={[fits(trunkInput.shape.canaryNumber, t("trunks.canaryNumberRule"))]}
        >
          <Input inputMode="tel" />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="canaryMinutes" label={t("trunks.canaryMinutes")}>
          <InputNumber min={1} max={1440} suffix={t("common.units.minute")} style={{ width: "100%" }} />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
