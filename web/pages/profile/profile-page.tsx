import { App, Card, Descriptions, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { DeskPhoneCard } from "../../features/desk-phone/desk-phone-card.tsx";
import { useCan, useSession } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { PasswordForm } from "../../ui/shell/password-form.tsx";
import { TokensCard } from "./tokens-card.tsx";

export function ProfilePage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const session = useSession();
  const hasDesk = useCan("desk.use");
  return (
    <Page title={t("navigation.profile")}>
      <Flex vertical gap={16} style={{ maxWidth: 560 }}>
        <Card>
          <Descriptions
            column={1}
            items={[
              { key: "name", label: t("common.name"), children: session.name },
              { key: "login", label: t("common.login"), children: session.login },
              { key: "role", label: t("common.role"), children: t(`role.${session.role}`) },
            ]}
          />
        </Card>
        {hasDesk && <DeskPhoneCard />}
        <TokensCard />
        <Card title={t("common.changePassword")}>
          <PasswordForm onDone={() => void message.success(t("common.passwordChanged"))} />
        </Card>
      </Flex>
    </Page>
  );
}
