import { theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { AgentState } from "../../../shared/desk.ts";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { formatNumber } from "../../lib/format.ts";

/** The floor in seven numbers. */
export function FloorTotals({ agents, calls }: { agents: LiveAgent[]; calls: LiveCall[] }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const inState = (...states: AgentState[]) => agents.filter((agent) => states.includes(agent.state)).length;
  const totals: [key: string, value: number, colour: string][] = [
    ["talking", inState("talking"), token.colorPrimary],
    ["ready", inState("ready"), token.colorSuccess],
    ["dialling", inState("ringing", "preview"), token.cyan],
    ["wrapUp", inState("wrap-up"), token.purple8],
    ["paused", inState("paused", "connecting"), token.colorWarning],
    [
      "linesRinging",
      calls.filter((call) => ["dialling", "ringing"].includes(call.state)).length,
      token.colorText,
    ],
    ["waiting", calls.filter((call) => call.state === "waiting").length, token.colorError],
  ];
  return (
    <dl
      style={{
        display: "grid",
        gridTemplateColumns: "repeat(auto-fit, minmax(92px, 1fr))",
        gap: 12,
        margin: 0,
      }}
    >
      {totals.map(([key, value, colour]) => (
        <div
          key={key}
          style={{
            display: "flex",
            flexDirection: "column-reverse",
            padding: "10px 14px",
            borderRadius: token.borderRadiusLG,
            border: `1px solid ${token.colorBorderSecondary}`,
            background: token.colorBgContainer,
          }}
        >
          <dt>
            <Typography.Text type="secondary">{t(`floor.total.${key}`)}</Typography.Text>
          </dt>
          <dd
            className="num"
            style={{
              margin: 0,
              fontSize: 26,
              lineHeight: "34px",
              fontWeight: 600,
              color: value === 0 ? token.colorTextQuaternary : colour,
            }}
          >
            {formatNumber(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
