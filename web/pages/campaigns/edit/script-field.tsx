import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useScripts } from "../../../features/scripts/script-api.ts";

/** What agents say and ask on this campaign's calls. */
export function ScriptField() {
  const { t } = useTranslation();
  const scripts = useScripts({ pageSize: 500 });
  return (
    <Form.Item
      name="scriptId"
      label={t("scripts.ofCampaign")}
      extra={t("scripts.ofCampaignHelp")}
      normalize={(id: number | undefined) => id ?? null}
    >
      <Select
        allowClear
        loading={scripts.isPending}
        placeholder={t("scripts.chooseScript")}
        showSearch={{ optionFilterProp: "label" }}
        options={(scripts.data?.items ?? []).map(({ id, name, version }) => ({
          value: id,
          label: version ? name : `${name} (${t("scripts.notPublished")})`,
        }))}
      />
    </Form.Item>
  );
}
