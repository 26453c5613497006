import { Alert, Form, type FormInstance, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { trunkInput, type TrunkInput, trunkSrtpModes } from "../../../shared/trunks.ts";
import { FormColumn } from "../../ui/form/form-section.tsx";
import { fits } from "../../ui/form/rules.ts";

/** Encryption of the audio, and for TLS how the carrier proves who it is. */
export function TrunkSecurity({ form }: { form: FormInstance<TrunkInput> }) {
  const { t } = useTranslation();
  const transport = Form.useWatch("transport", { form, preserve: true });
  const verifies = Form.useWatch("tlsVerify", { form, preserve: true }) ?? true;
  const mayUseTls = transport === "tls" || transport === "auto";
  return (
    <>
      <FormColumn>
        <Form.Item name="srtp" label={t("trunks.srtp")} extra={t("trunks.srtpHelp")}>
          <Select
            options={trunkSrtpModes.map((value) => ({ value, label: t(`trunks.srtpModes.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="tlsVerify" hidden={!mayUseTls} label={t("trunks.tlsVerify")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </FormColumn>
      {mayUseTls && !verifies && (
        <FormColumn span={24}>
          <Alert
            type="error"
            showIcon
            title={t("trunks.tlsUnverified")}
            description={t("trunks.tlsUnverifiedHelp")}
            style={{ marginBottom: 16 }}
          />
        </FormColumn>
      )}
      <FormColumn span={24}>
        <Form.Item
          name="tlsCa"
          hidden={!mayUseTls || !verifies}
          label={t("trunks.tlsCa")}
          extra={t("trunks.tlsCaHelp")}
          rules={[fits(trunkInput.shape.tlsCa, t("trunks.tlsCaRule"))]}
        >
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            placeholder="-----BEGIN CERTIFICATE-----"
            spellCheck={false}
            className="mono"
          />
        </Form.Item>
      </FormColumn>
    </>
  );
}
