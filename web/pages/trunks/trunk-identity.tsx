import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { diversionHeaders, identityHeaders } from "../../../shared/trunks.ts";
import { FormColumn } from "../../ui/form/form-section.tsx";
import { SwitchItem } from "../../ui/form/items.tsx";

/** Where the carrier reads who calls, and what we believe of what it says. */
export function TrunkIdentity() {
  const { t } = useTranslation();
  return (
    <>
      <FormColumn>
        <Form.Item
          name="identityHeader"
          label={t("trunks.identityHeader")}
          extra={t("trunks.identityHeaderHelp")}
        >
          <Select
            options={identityHeaders.map((value) => ({ value, label: t(`trunks.identityHeaders.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="diversionHeader" label={t("trunks.diversionHeader")}>
          <Select
            options={diversionHeaders.map((value) => ({
              value,
              label: t(`trunks.diversionHeaders.${value}`),
            }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <SwitchItem
          name="trustIdentity"
          label={t("trunks.trustIdentity")}
          extra={t("trunks.trustIdentityHelp")}
        />
      </FormColumn>
      <FormColumn>
        <SwitchItem
          name="withholdNumber"
          label={t("trunks.withholdNumber")}
          extra={t("trunks.withholdNumberHelp")}
        />
      </FormColumn>
    </>
  );
}
