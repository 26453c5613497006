import { AudioOutlined, EyeOutlined, MoreOutlined, TeamOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { refusalOf } from "../../../shared/may-force.ts";
import { forceTypes } from "../../../shared/floor.ts";
import type { FloorRow } from "./floor-filter.ts";
import { type FloorAct, keyOf } from "./floor-keys.ts";

interface Props {
  row: FloorRow;
  mayListen: boolean;
  maySupervise: boolean;
  onAct: (act: FloorAct, userIds: number[]) => void;
}

const modes = [
  ["listen", <EyeOutlined key="listen" />],
  ["whisper", <AudioOutlined key="whisper" />],
  ["barge", <TeamOutlined key="barge" />],
] as const;

/** What can be done with one agent now: their call by three buttons, the rest in a menu. */
export function AgentActions({ row, mayListen, maySupervise, onAct }: Props) {
  const { t } = useTranslation();
  const { agent, call } = row;
  const { userId, name } = agent;
  const talks = agent.state === "talking" && call?.state === "talking";
  const item = (act: FloorAct, disabled = false) => ({
    key: act,
    disabled,
    label: t(`control.act.${act}`),
    extra: <kbd>{keyOf(act)}</kbd>,
  });
  const items: MenuProps["items"] = [
    ...(mayListen ? [item("take-over", !talks), { type: "divider" as const }] : []),
    ...(maySupervise
      ? [
          ...forceTypes.map((act) => item(act, refusalOf(act, agent.state) !== null)),
          { type: "divider" as const },
          item("message"),
          item("move"),
        ]
      : []),
  ];
  return (
    <span className="floor-actions">
      {mayListen &&
        modes.map(([mode, icon]) => (
          <Button
            key={mode}
            size="small"
            type="text"
            icon={icon}
            disabled={!talks}
            title={`${t(`control.act.${mode}`)} (${keyOf(mode)})`}
            aria-label={t("floor.actOn", { act: t(`control.act.${mode}`), name })}
            onClick={() => onAct(mode, [userId])}
          />
        ))}
      {items.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{ items, onClick: ({ key }) => onAct(key as FloorAct, [userId]) }}
        >
          <Button
            size="small"
            type="text"
            icon={<MoreOutlined />}
            aria-label={t("floor.moreFor", { name })}
            aria-haspopup="menu"
          />
        </Dropdown>
      )}
    </span>
  );
}
