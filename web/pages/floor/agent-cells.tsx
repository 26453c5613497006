import { AudioOutlined, CustomerServiceOutlined, EyeOutlined, TeamOutlined } from "@ant-design/icons";
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { AgentStateTag } from "../../features/desk/agent-state-tag.tsx";
import { TimeSince } from "../../features/desk/timer.tsx";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import type { FloorRow } from "./floor-filter.ts";

export const campaignsOf = (agent: LiveAgent, names: Readonly<Record<string, string>>) =>
  agent.campaignIds
    .map((id) => names[id])
    .filter(Boolean)
    .join(" · ");

const causeUser = /^by-user-(\d+)$/;

/** The state with its reason, who forced it, and what comes next. */
export function StateCell({ agent }: { agent: LiveAgent }) {
  const { t } = useTranslation();
  const { labelOf } = usePauseReasons();
  const by = causeUser.exec(agent.cause)?.[1];
  const supervisor = useLiveItem("agents", by ?? null);
  const notes = [
    by && t("floor.bySupervisor", { name: supervisor?.name ?? "" }),
    agent.next && t(`floor.next.${agent.next}`),
    !agent.legUp && agent.state !== "connecting" && t("floor.lineDown"),
  ].filter(Boolean);
  return (
    <span className="floor-state">
      <AgentStateTag
        state={agent.state}
        reason={
          agent.state === "paused"
            ? labelOf(agent.pauseReasonId)
            : agent.state === "talking" && agent.cause === "internal-call"
              ? t("floor.direction.internal")
              : undefined
        }
      />
      {notes.length > 0 && <small>{notes.join(" · ")}</small>}
    </span>
  );
}

export function SinceCell({ row }: { row: FloorRow }) {
  const { t } = useTranslation();
  const { agent, alarm } = row;
  return (
    <span
      className={alarm ? "floor-since floor-since-alarm" : "floor-since"}
      title={alarm ? t(`floor.alarm.${alarm.kind}`) : undefined}
    >
      <TimeSince at={agent.since} />
    </span>
  );
}

const icons = {
  listen: <EyeOutlined />,
  whisper: <AudioOutlined />,
  barge: <TeamOutlined />,
  "take-over": <CustomerServiceOutlined />,
};

/** Who is on the line, of which campaign, and who listens. */
export function CustomerCell({
  call,
  campaignNames,
}: {
  call: LiveCall | undefined;
  campaignNames: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  if (!call) return <Typography.Text type="secondary">–</Typography.Text>;
  return (
    <span className="floor-customer">
      <span>
        {call.name ? `${call.name} ` : ""}
        <span className="num">{formatPhone(call.phone)}</span>
      </span>
      <small>
        {call.campaignId === null ? t(`floor.direction.${call.direction}`) : campaignNames[call.campaignId]}
        {call.heldSince !== null && ` · ${t("floor.held")}`}
        {call.supervisors.map(({ userId, name, mode }) => (
          <span key={userId} className="floor-watched">
            {icons[mode]} {t(`floor.watched.${mode}`, { name })}
          </span>
        ))}
      </small>
    </span>
  );
}
