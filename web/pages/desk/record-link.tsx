import { ExportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";

/** The record in the company's own system, in a tab of its own. */
export function RecordLink({ url }: { url: string }) {
  const { t } = useTranslation();
  useShortcuts({ openRecord: () => void window.open(url, "_blank", "noopener") });
  return (
    <Button
      size="small"
      href={url}
      target="_blank"
      rel="noopener"
      icon={<ExportOutlined />}
      aria-keyshortcuts={ariaKeys("openRecord")}
      style={{ alignSelf: "start" }}
    >
      {t("desk.openRecord", { host: new URL(url).host })}
    </Button>
  );
}
