import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";

export function FloorPage() {
  const { t } = useTranslation();
  return <Page title={t("navigation.floor")}>{null}</Page>;
}
