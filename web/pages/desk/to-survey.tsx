import { SmileOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";

/** Leaves the call and has the customer asked how they were served. */
export function ToSurvey() {
  const { t } = useTranslation();
  const { run } = useDesk();
  return (
    <Button
      size="small"
      icon={<SmileOutlined />}
      title={t("desk.toSurveyHelp")}
      onClick={() => void run("survey", {})}
    >
      {t("desk.toSurvey")}
    </Button>
  );
}
