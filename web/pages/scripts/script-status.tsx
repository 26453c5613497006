import { Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ScriptRow } from "../../../shared/scripts.ts";

/** Which version is in force, and whether the draft is ahead of it. */
export function ScriptStatus({ script }: { script: Pick<ScriptRow, "version" | "hasChanges"> }) {
  const { t } = useTranslation();
  const { version, hasChanges } = script;
  return (
    <Space size={4} wrap>
      {version ? (
        <Tag variant="filled" color="success">
          {t("scripts.versionNumber", { number: version.number })}
        </Tag>
      ) : (
        <Tag variant="filled">{t("scripts.draft")}</Tag>
      )}
      {version && hasChanges && (
        <Tag variant="filled" color="warning">
          {t("scripts.hasChanges")}
        </Tag>
      )}
    </Space>
  );
}
