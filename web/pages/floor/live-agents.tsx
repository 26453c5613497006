import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FloorPreferences } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { useLive } from "../../lib/use-live.ts";
import { AgentList } from "./agent-list.tsx";
import type { AgentViewProps } from "./agent-row.tsx";
import { AgentTiles } from "./agent-tiles.tsx";
import { AlarmPanel } from "./alarm-panel.tsx";
import type { Alarm } from "./floor-alarms.ts";
import { agentRows, type FloorFilter } from "./floor-filter.ts";
import { useAlarms } from "./use-alarms.ts";

interface Props extends Pick<AgentViewProps, "view" | "active" | "selected"> {
  filter: FloorFilter;
  preferences: FloorPreferences;
  tiles: boolean;
  /** Told the user ids of the rows. */
  onRows: (userIds: number[]) => void;
  onAlarm: (alarm: Alarm) => void;
  /** Between the alarms and the rows; not drawn anew for what happens on the floor. */
  children: ReactNode;
}

/** What changes with every call and agent: alarms and rows. */
export function LiveAgents({ filter, preferences, tiles, onRows, onAlarm, children, ...marks }: Props) {
  const { t } = useTranslation();
  const { items: agents } = useLive<LiveAgent>("agents");
  const { items: calls } = useLive<LiveCall>("calls");
  const all = useMemo(
    () => ({ agents: Object.values(agents), calls: Object.values(calls) }),
    [agents, calls],
  );
  const { sort, descending, thresholds, sound } = preferences;
  const { now, alarms, fresh, acknowledge } = useAlarms(all, thresholds, sound);
  const rows = agentRows({ agents: all.agents, calls }, { filter, sort, descending }, alarms, now);
  useEffect(() => {
    onRows(rows.map(({ agent }) => agent.userId));
  });
  const View = tiles ? AgentTiles : AgentList;
  return (
    <>
      <AlarmPanel alarms={alarms} fresh={fresh} onSeen={acknowledge} onOpen={onAlarm} />
      {children}
      <section className="floor-agents" aria-label={t("floor.agents")}>
        <h2>{t("floor.agentsTitle", { count: rows.length })}</h2>
        <View rows={rows} sort={sort} descending={descending} {...marks} />
      </section>
    </>
  );
}
