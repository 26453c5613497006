import { type KeyboardEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { AgentActions } from "./agent-actions.tsx";
import { CustomerCell, SinceCell, StateCell } from "./agent-cells.tsx";
import { type AgentViewProps, Day, marksOf, rowProps, type RowProps, sameRow, Select } from "./agent-row.tsx";
import { indexAfter } from "./index-after.ts";

/** Everybody as a tile: for narrow pages, and for a look over the whole floor. */
export function AgentTiles(props: AgentViewProps) {
  const { t } = useTranslation();
  const { rows, view, selected } = props;
  function press(event: KeyboardEvent<HTMLElement>) {
    const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-agent]")];
    const at = tiles.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const row = rows[at];
    if (!row) return;
    const next = indexAfter(event.key, at, tiles.length);
    if (next !== undefined) tiles[next]?.focus();
    else if (event.key === " ") view.onSelect([row.agent.userId], !selected.has(row.agent.userId));
    else return;
    event.preventDefault();
  }
  if (rows.length === 0) return <EmptyState text={t("floor.noAgents")} />;
  return (
    <ul className="floor-tiles" aria-label={t("floor.agents")} onKeyDown={press}>
      {rows.map((row, index) => (
        <Tile key={row.agent.userId} {...rowProps(row, index, props)} />
      ))}
    </ul>
  );
}

const Tile = memo(function Tile(props: RowProps) {
  const { t } = useTranslation();
  const { row, view } = props;
  const { agent, call } = row;
  return (
    <li tabIndex={0} {...marksOf(props, "floor-tile")} onFocus={() => view.onActive(agent.userId)}>
      <div className="floor-tile-head">
        <Select {...props} />
        <b>{agent.name}</b>
        <SinceCell row={row} />
      </div>
      <StateCell agent={agent} />
      <CustomerCell call={call} campaignNames={view.campaignNames} />
      <small className="floor-tile-day num">
        <Day row={row}>
          {(day) =>
            t("floor.dayLine", {
              talks: formatNumber(day.talks),
              talk: formatDuration(day.talkMs),
              occupancy: day.occupancy === null ? "–" : formatShare(day.occupancy, 1, 0),
            })
          }
        </Day>
      </small>
      <AgentActions row={row} {...view} />
    </li>
  );
}, sameRow);
