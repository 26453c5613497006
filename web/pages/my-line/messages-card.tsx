import { Card } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MessageList } from "../voicemail/message-list.tsx";

/** What callers left that nobody has listened to. */
export function MessagesCard() {
  const { t } = useTranslation();
  return (
    <Card title={t("myLine.messages")} extra={<Link to="/voicemail">{t("navigation.voicemail")}</Link>}>
      <MessageList state="unheard" withBox />
    </Card>
  );
}
