import { Flex, Menu, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useSession } from "../../lib/session.ts";
import { navigationFor } from "./navigation.tsx";

export function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" aria-label={t("common.toStart")} style={{ display: "block" }}>
      <Flex align="center" gap={10} style={{ height: 52, padding: "0 20px" }}>
        <img src="/icon.svg" alt="" width={26} height={26} />
        <Typography.Text strong style={{ fontSize: 17, letterSpacing: 0.2 }}>
          {t("common.product")}
        </Typography.Text>
      </Flex>
    </Link>
  );
}

export function SideMenu({ onOpen }: { onOpen?: () => void }) {
  const { t } = useTranslation();
  const groups = navigationFor(useSession());
  const selected = useLocation().pathname.split("/")[1] ?? "";
  return (
    <nav aria-label={t("common.menu")}>
      <Brand />
      <Menu
        mode="inline"
        onClick={() => onOpen?.()}
        selectedKeys={[selected]}
        style={{ borderInlineEnd: "none", background: "transparent" }}
        items={groups.map((group) => ({
          key: group.key,
          type: "group" as const,
          label: t(`navigation.group.${group.key}`),
          children: group.items.map((item) => ({
            key: item.path,
            icon: item.icon,
            label: <Link to={`/${item.path}`}>{t(`navigation.${item.path}`)}</Link>,
          })),
        }))}
      />
    </nav>
  );
}
