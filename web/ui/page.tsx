import { Flex, Typography } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  title: ReactNode;
  /** For the browser's tab when `title` is not text. */
  name?: string;
  /** Above the title: the way back. */
  trail?: ReactNode;
  /** Beside the title: state, tags. */
  badge?: ReactNode;
  help?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: title, its actions, content below; sets the tab's title. */
export function Page({ title, name, trail, badge, help, actions, children }: Props) {
  const { t } = useTranslation();
  const tab = name ?? (typeof title === "string" ? title : "");
  useEffect(() => {
    document.title = tab ? `${tab} · ${t("common.product")}` : t("common.product");
  }, [tab, t]);
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1600, margin: "0 auto" }}>
      <div>
        {trail}
        <Flex wrap gap={12} align="center" justify="space-between">
          <Flex gap={12} align="center" wrap style={{ minWidth: 0 }}>
            <Typography.Title level={1} style={{ fontSize: 22, lineHeight: "34px", margin: 0 }}>
              {title}
            </Typography.Title>
            {badge}
          </Flex>
          {actions && (
            <Flex gap={8} wrap>
              {actions}
            </Flex>
          )}
        </Flex>
        {help && (
          <Typography.Paragraph type="secondary" style={{ margin: "4px 0 0", maxWidth: 780 }}>
            {help}
          </Typography.Paragraph>
        )}
      </div>
      {children}
    </Flex>
  );
}
