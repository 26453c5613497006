import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { exportFormats } from "../../shared/reports.ts";
import { apiUrl } from "../lib/api.ts";
import { currentLanguage } from "../lib/i18n/index.ts";

/** Downloads what the page shows, whole, as CSV or XLSX in the page's language. */
export function ExportMenu({ path, query }: { path: string; query: object }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const items = exportFormats.map((format) => ({
    key: format,
    label: (
      <a href={apiUrl(path, { ...query, format, language })} download>
        {t(`reports.format.${format}`)}
      </a>
    ),
  }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button icon={<DownloadOutlined />}>{t("reports.export")}</Button>
    </Dropdown>
  );
}
