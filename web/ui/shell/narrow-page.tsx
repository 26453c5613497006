import { Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../panel.tsx";
import { AppearanceSwitch, LanguageSwitch } from "./switches.tsx";

/** A single card in the middle, for the pages before the shell. */
export function NarrowPage({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Flex vertical style={{ minHeight: "100dvh" }}>
      <Flex justify="flex-end" style={{ padding: 12 }}>
        <LanguageSwitch />
        <AppearanceSwitch />
      </Flex>
      <Flex flex={1} align="center" justify="center" component="main" style={{ padding: "0 16px 12vh" }}>
        <div style={{ width: "100%", maxWidth: 380 }}>
          <Flex align="center" justify="center" gap={12} style={{ marginBottom: 24 }}>
            <img src="/icon.svg" alt="" width={40} height={40} />
            <Typography.Text strong style={{ fontSize: 26 }}>
              {t("common.product")}
            </Typography.Text>
          </Flex>
          <Panel>
            <Typography.Title level={1} style={{ fontSize: 18, marginTop: 0 }}>
              {title}
            </Typography.Title>
            {help && <Typography.Paragraph type="secondary">{help}</Typography.Paragraph>}
            {children}
          </Panel>
        </div>
      </Flex>
    </Flex>
  );
}
