import { Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { IvrFlowRow } from "../../../shared/ivr/flow.ts";

/** Which version is in force, and whether the draft is ahead of it. */
export function FlowStatus({ flow }: { flow: Pick<IvrFlowRow, "version" | "hasChanges"> }) {
  const { t } = useTranslation();
  const { version, hasChanges } = flow;
  return (
    <Space size={4} wrap>
      <Tag variant="filled" {...(version && { color: "success" })}>
        {version ? t("ivr.versionNumber", { number: version.number }) : t("ivr.neverPublished")}
      </Tag>
      {version && hasChanges && (
        <Tag variant="filled" color="warning">
          {t("ivr.hasChanges")}
        </Tag>
      )}
    </Space>
  );
}
