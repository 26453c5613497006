import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { campaignInput } from "../../../../shared/campaigns.ts";
import { recordUrlNames } from "../../../../shared/record-url.ts";
import { fits } from "../../../ui/form/rules.ts";

/** Where a call's record stands in the company's own system. */
export function RecordUrlField() {
  const { t } = useTranslation();
  const names = recordUrlNames.map((name) => `{${name}}`).join(" ");
  return (
    <Form.Item
      name="recordUrl"
      label={t("campaigns.recordUrl")}
      extra={t("campaigns.recordUrlHelp", { names })}
      rules={[fits(campaignInput.shape.recordUrl, t("campaigns.recordUrlRule"))]}
    >
      <Input placeholder="https://crm.example.com/contact/{externalId}" inputMode="url" />
    </Form.Item>
  );
}
