import { CoffeeOutlined, CustomerServiceOutlined, LoadingOutlined } from "@ant-design/icons";
import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskState } from "../../../shared/desk.ts";
import { LineTools } from "./line-tools.tsx";
import { ManualDial } from "./manual-dial.tsx";

/** No call: what comes next, and a number to dial oneself. */
export function IdleCall({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  const running = state.campaigns.some((campaign) => campaign.running);
  const enabled = state.legUp && (state.state === "ready" || state.state === "paused");
  const kind = state.state === "ready" && !running ? "readyIdle" : state.state;
  return (
    <>
      <Flex vertical align="center" gap={8} className="desk-idle">
        <IdleIcon state={state.state} />
        <Typography.Text strong style={{ fontSize: 16 }}>
          {t(`desk.idle.${kind}.title`)}
        </Typography.Text>
        <Typography.Text type="secondary" style={{ textAlign: "center" }}>
          {t(`desk.idle.${kind}.help`)}
        </Typography.Text>
      </Flex>
      {state.campaigns.length > 0 && (
        <ul className="desk-campaigns" aria-label={t("desk.signIn.campaigns")}>
          {state.campaigns.map((campaign) => (
            <li key={campaign.id}>
              <span>{campaign.name}</span>
              <Tag color={campaign.running ? "green" : "default"} style={{ marginInlineEnd: 0 }}>
                {t(campaign.running ? `desk.mode.${campaign.mode}` : "desk.notRunning")}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      <ManualDial enabled={enabled} />
      <LineTools enabled={enabled} />
    </>
  );
}

function IdleIcon({ state }: { state: DeskState["state"] }) {
  const style = { fontSize: 34, opacity: 0.55 };
  if (state === "connecting") return <LoadingOutlined style={style} />;
  return state === "paused" ? <CoffeeOutlined style={style} /> : <CustomerServiceOutlined style={style} />;
}
