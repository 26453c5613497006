import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";

export function DeskPage() {
  const { t } = useTranslation();
  return <Page title={t("navigation.desk")}>{null}</Page>;
}
