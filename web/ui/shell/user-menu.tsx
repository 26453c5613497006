import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Avatar, Button, Dropdown, Flex, Grid, theme } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../../lib/api.ts";
import { queryClient } from "../../lib/query-client.ts";
import { meKey, useSession } from "../../lib/session.ts";
import { liveFeed } from "../../lib/use-live.ts";

export function UserMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const session = useSession();
  const wide = Grid.useBreakpoint().md ?? true;
  const signOut = async () => {
    await api.anonymous("POST", "/auth/sign-out", null, {}).catch(() => undefined);
    queryClient.clear();
    queryClient.setQueryData(meKey, null);
    liveFeed.restart();
    await navigate("/sign-in");
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          {
            key: "profile",
            icon: <UserOutlined />,
            label: t("navigation.profile"),
            onClick: () => void navigate("/profile"),
          },
          { type: "divider" },
          {
            key: "sign-out",
            icon: <LogoutOutlined />,
            label: t("common.signOut"),
            onClick: () => void signOut(),
          },
        ],
      }}
    >
      <Button
        type="text"
        style={{ paddingInline: 6 }}
        aria-label={t("common.account", { name: session.name })}
      >
        <Flex align="center" gap={8}>
          <Avatar size={26} style={{ background: token.colorPrimary }}>
            {session.name.slice(0, 1)}
          </Avatar>
          {wide && session.name}
        </Flex>
      </Button>
    </Dropdown>
  );
}
