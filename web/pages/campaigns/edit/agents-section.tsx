import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { useUsers } from "../../users/user-api.ts";
import { RecordUrlField } from "./record-url-field.tsx";
import { ScriptField } from "./script-field.tsx";

export function AgentsSection() {
  const { t } = useTranslation();
  const users = useUsers({ active: true, pageSize: 500 });
  return (
    <FormSection title={t("campaigns.section.agents")}>
      <FormColumn span={24}>
        <Form.Item name="agentIds" label={t("campaigns.agents")} extra={t("campaigns.agentsHelp")}>
          <Select
            mode="multiple"
            loading={users.isPending}
            placeholder={t("campaigns.addAgent")}
            showSearch={{ optionFilterProp: "label" }}
            options={(users.data?.items ?? []).map((user) => ({
              value: user.id,
              label: `${user.name} (${user.login})`,
            }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn span={12}>
        <ScriptField />
      </FormColumn>
      <FormColumn span={24}>
        <RecordUrlField />
      </FormColumn>
    </FormSection>
  );
}
