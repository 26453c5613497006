import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { phoneKinds } from "../../../../shared/customers.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { FormColumn } from "../../../ui/form/form-section.tsx";

/** In which order a lead's numbers are dialled, and what becomes of promised callbacks. */
export function AfterCallFields() {
  const { t } = useTranslation();
  return (
    <>
      <FormColumn span={24}>
        <Form.Item
          name={["afterCall", "phoneOrder"]}
          label={t("retry.phoneOrder")}
          extra={t("retry.phoneOrderHelp")}
        >
          <Select
            mode="multiple"
            placeholder={t("retry.phoneOrderOfList")}
            options={phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item
          name={["afterCall", "remindBeforeMs"]}
          label={t("retry.remindBefore")}
          extra={t("retry.remindBeforeHelp")}
        >
          <DurationInput units={["minute"]} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item
          name={["afterCall", "toTeamAfterMs"]}
          label={t("retry.toTeamAfter")}
          extra={t("retry.toTeamAfterHelp")}
        >
          <DurationInput units={["minute", "hour"]} min={60_000} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item
          name={["afterCall", "toSupervisorsAfterMs"]}
          label={t("retry.toSupervisorsAfter")}
          extra={t("retry.toSupervisorsAfterHelp")}
        >
          <DurationInput units={["minute", "hour"]} min={60_000} />
        </Form.Item>
      </FormColumn>
    </>
  );
}
