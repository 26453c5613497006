import { Checkbox } from "antd";
import { type KeyboardEvent, type UIEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AgentSort } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCampaign } from "../../../shared/live.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { AgentActions } from "./agent-actions.tsx";
import { campaignsOf, CustomerCell, SinceCell, StateCell } from "./agent-cells.tsx";
import { dayNow } from "./floor-day.ts";
import type { FloorRow } from "./floor-filter.ts";
import type { FloorAct } from "./floor-keys.ts";
import { indexAfter } from "./index-after.ts";

export interface AgentViewProps {
  rows: FloorRow[];
  agents: Readonly<Record<string, LiveAgent>>;
  campaigns: Readonly<Record<string, LiveCampaign>>;
  unitName: (unitId: number | null) => string | undefined;
  now: number;
  active: number | null;
  selected: ReadonlySet<number>;
  sort: AgentSort;
  descending: boolean;
  mayListen: boolean;
  maySupervise: boolean;
  onActive: (userId: number) => void;
  onSelect: (userIds: number[], on: boolean) => void;
  onSort: (sort: AgentSort) => void;
  onAct: (act: FloorAct, userIds: number[]) => void;
}

const rowPx = 52;
const overscan = 6;
const columns: [key: string, sort: AgentSort | null][] = [
  ["agent", "name"],
  ["state", "state"],
  ["since", "since"],
  ["customer", null],
  ["talksToday", "talks"],
  ["talkToday", "talk"],
  ["occupancy", "occupancy"],
];

function useWindow(count: number) {
  const [view, setView] = useState({ top: 0, height: 700 });
  const first = Math.max(0, Math.floor(view.top / rowPx) - overscan);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowPx) + overscan);
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) =>
    setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight });
  return { first, last, onScroll };
}

/** Everybody in lines. Only those in sight are drawn, so that five hundred cost no more than thirty. */
export function AgentList(props: AgentViewProps) {
  const { t } = useTranslation();
  const { rows, active, selected, sort, descending } = props;
  const box = useRef<HTMLDivElement>(null);
  const { first, last, onScroll } = useWindow(rows.length);
  const at = rows.findIndex(({ agent }) => agent.userId === active);
  useEffect(() => {
    const view = box.current;
    if (!view || at < 0 || !view.contains(document.activeElement)) return;
    const top = at * rowPx;
    const below = top + rowPx * 2 - view.clientHeight;
    if (view.scrollTop > top) view.scrollTop = top;
    else if (view.scrollTop < below) view.scrollTop = below;
  }, [at]);

  function press(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    const next = indexAfter(event.key, at, rows.length);
    const row = rows[next ?? at];
    if (next !== undefined && row) props.onActive(row.agent.userId);
    else if (event.key === " " && row) props.onSelect([row.agent.userId], !selected.has(row.agent.userId));
    else return;
    event.preventDefault();
  }

  const all = rows.length > 0 && rows.every(({ agent }) => selected.has(agent.userId));
  if (rows.length === 0) return <EmptyState text={t("floor.noAgents")} />;
  return (
    <div
      ref={box}
      className="floor-list"
      role="grid"
      tabIndex={0}
      aria-label={t("floor.agents")}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={at < 0 ? undefined : `floor-agent-${active}`}
      onScroll={onScroll}
      onKeyDown={press}
      onFocus={({ target, currentTarget }) => {
        if (target === currentTarget && at < 0 && rows[0]) props.onActive(rows[0].agent.userId);
      }}
    >
      <div className="floor-line floor-heads" role="row" aria-rowindex={1}>
        <span role="columnheader">
          <Checkbox
            checked={all}
            indeterminate={!all && selected.size > 0}
            aria-label={t("floor.selectAll")}
            onChange={({ target }) =>
              props.onSelect(
                rows.map(({ agent }) => agent.userId),
                target.checked,
              )
            }
          />
        </span>
        {columns.map(([key, by]) => (
          <span
            key={key}
            role="columnheader"
            {...(by &&
              sort === by && { "aria-sort": descending ? ("descending" as const) : ("ascending" as const) })}
          >
            {by ? (
              <button type="button" className="floor-sort" onClick={() => props.onSort(by)}>
                {t(`floor.column.${key}`)}
                <span aria-hidden>{sort === by ? (descending ? " ↓" : " ↑") : ""}</span>
              </button>
            ) : (
              t(`floor.column.${key}`)
            )}
          </span>
        ))}
        <span role="columnheader">{t("floor.column.actions")}</span>
      </div>
      <div role="rowgroup" style={{ height: rows.length * rowPx, position: "relative" }}>
        <div style={{ position: "absolute", insetInline: 0, top: first * rowPx }}>
          {rows.slice(first, last).map((row, index) => (
            <Line key={row.agent.userId} row={row} index={first + index} view={props} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** What a row looks like, and whom it shows, for who looks from outside. */
const marksOf = ({ agent, alarm }: FloorRow, kind: string, active: number | null): object => ({
  className: `${kind} ${agent.userId === active ? "floor-active" : ""} ${alarm ? "floor-alarmed" : ""}`,
  "data-agent": agent.name,
  "data-user": agent.userId,
  "data-agent-state": agent.state,
});

function Select({ row: { agent }, selected, onSelect }: AgentViewProps & { row: FloorRow }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      checked={selected.has(agent.userId)}
      aria-label={t("floor.select", { name: agent.name })}
      onChange={({ target }) => onSelect([agent.userId], target.checked)}
    />
  );
}

function Line({ row, index, view }: { row: FloorRow; index: number; view: AgentViewProps }) {
  const { agent, call } = row;
  const { userId } = agent;
  const day = dayNow(agent, view.now);
  const isSelected = view.selected.has(userId);
  return (
    <div
      id={`floor-agent-${userId}`}
      {...marksOf(row, "floor-line", view.active)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={() => view.onActive(userId)}
    >
      <span role="gridcell">
        <Select row={row} {...view} />
      </span>
      <span role="rowheader" className="floor-name">
        <b>{agent.name}</b>
        <small>
          {[view.unitName(agent.unitId), campaignsOf(agent, view.campaigns)].filter(Boolean).join(" · ")}
        </small>
      </span>
      <span role="gridcell">
        <StateCell agent={agent} agents={view.agents} />
      </span>
      <span role="gridcell">
        <SinceCell row={row} />
      </span>
      <span role="gridcell">
        <CustomerCell call={call} campaigns={view.campaigns} />
      </span>
      <span role="gridcell" className="num">
        {formatNumber(day.talks)}
      </span>
      <span role="gridcell" className="num">
        {formatDuration(day.talkMs)}
      </span>
      <span role="gridcell" className="num">
        {day.occupancy === null ? "–" : formatShare(day.occupancy, 1, 0)}
      </span>
      <span role="gridcell">
        <AgentActions row={row} {...view} />
      </span>
    </div>
  );
}

/** Everybody as a tile: for narrow pages, and for a look over the whole floor. */
export function AgentTiles(props: AgentViewProps) {
  const { t } = useTranslation();
  const { rows, active, selected } = props;
  function press(event: KeyboardEvent<HTMLElement>) {
    const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-agent]")];
    const at = tiles.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const row = rows[at];
    if (!row) return;
    const next = indexAfter(event.key, at, tiles.length);
    if (next !== undefined) tiles[next]?.focus();
    else if (event.key === " ") props.onSelect([row.agent.userId], !selected.has(row.agent.userId));
    else return;
    event.preventDefault();
  }
  if (rows.length === 0) return <EmptyState text={t("floor.noAgents")} />;
  return (
    <ul className="floor-tiles" aria-label={t("floor.agents")} onKeyDown={press}>
      {rows.map((row) => {
        const { agent, call } = row;
        const { userId } = agent;
        const day = dayNow(agent, props.now);
        return (
          <li
            key={userId}
            tabIndex={0}
            {...marksOf(row, "floor-tile", active)}
            onFocus={() => props.onActive(userId)}
          >
            <div className="floor-tile-head">
              <Select row={row} {...props} />
              <b>{agent.name}</b>
              <SinceCell row={row} />
            </div>
            <StateCell agent={agent} agents={props.agents} />
            <CustomerCell call={call} campaigns={props.campaigns} />
            <small className="floor-tile-day num">
              {t("floor.dayLine", {
                talks: formatNumber(day.talks),
                talk: formatDuration(day.talkMs),
                occupancy: day.occupancy === null ? "–" : formatShare(day.occupancy, 1, 0),
              })}
            </small>
            <AgentActions row={row} {...props} />
          </li>
        );
      })}
    </ul>
  );
}
