import { Checkbox } from "antd";
import { type KeyboardEvent, memo, type UIEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AgentSort } from "../../../shared/floor.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { AgentActions } from "./agent-actions.tsx";
import { campaignsOf, CustomerCell, SinceCell, StateCell } from "./agent-cells.tsx";
import {
  type AgentViewProps,
  Day,
  marksOf,
  rowProps,
  type RowProps,
  type RowView,
  sameRow,
  Select,
} from "./agent-row.tsx";
import { indexAfter } from "./index-after.ts";

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
  const { rows, view, active, selected, sort, descending } = props;
  const box = useRef<HTMLDivElement>(null);
  const { first, last, onScroll } = useWindow(rows.length);
  const at = rows.findIndex(({ agent }) => agent.userId === active);
  useEffect(() => {
    const list = box.current;
    if (!list || at < 0 || !list.contains(document.activeElement)) return;
    const top = at * rowPx;
    const below = top + rowPx * 2 - list.clientHeight;
    if (list.scrollTop > top) list.scrollTop = top;
    else if (list.scrollTop < below) list.scrollTop = below;
  }, [at]);

  function press(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    const next = indexAfter(event.key, at, rows.length);
    const row = rows[next ?? at];
    if (next !== undefined && row) view.onActive(row.agent.userId);
    else if (event.key === " " && row) view.onSelect([row.agent.userId], !selected.has(row.agent.userId));
    else return;
    event.preventDefault();
  }

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
        if (target === currentTarget && at < 0 && rows[0]) view.onActive(rows[0].agent.userId);
      }}
    >
      <Heads
        all={rows.every(({ agent }) => selected.has(agent.userId))}
        some={selected.size > 0}
        sort={sort}
        descending={descending}
        view={view}
      />
      <div role="rowgroup" style={{ height: rows.length * rowPx, position: "relative" }}>
        <div style={{ position: "absolute", insetInline: 0, top: first * rowPx }}>
          {rows.slice(first, last).map((row, index) => (
            <Line key={row.agent.userId} {...rowProps(row, first + index, props)} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface HeadsProps {
  all: boolean;
  some: boolean;
  sort: AgentSort;
  descending: boolean;
  view: RowView;
}

const Heads = memo(function Heads({ all, some, sort, descending, view }: HeadsProps) {
  const { t } = useTranslation();
  return (
    <div className="floor-line floor-heads" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <Checkbox
          checked={all}
          indeterminate={!all && some}
          aria-label={t("floor.selectAll")}
          onChange={({ target }) => view.onSelectAll(target.checked)}
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
            <button type="button" className="floor-sort" onClick={() => view.onSort(by)}>
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
  );
});

const Line = memo(function Line(props: RowProps) {
  const { row, index, view } = props;
  const { agent, call } = row;
  return (
    <div
      id={`floor-agent-${agent.userId}`}
      {...marksOf(props, "floor-line")}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      onClick={() => view.onActive(agent.userId)}
    >
      <span role="gridcell">
        <Select {...props} />
      </span>
      <span role="rowheader" className="floor-name">
        <b>{agent.name}</b>
        <small>
          {[view.unitName(agent.unitId), campaignsOf(agent, view.campaignNames)].filter(Boolean).join(" · ")}
        </small>
      </span>
      <span role="gridcell">
        <StateCell agent={agent} />
      </span>
      <span role="gridcell">
        <SinceCell row={row} />
      </span>
      <span role="gridcell">
        <CustomerCell call={call} campaignNames={view.campaignNames} />
      </span>
      <Day row={row}>
        {(day) => (
          <>
            <span role="gridcell" className="num">
              {formatNumber(day.talks)}
            </span>
            <span role="gridcell" className="num">
              {formatDuration(day.talkMs)}
            </span>
            <span role="gridcell" className="num">
              {day.occupancy === null ? "–" : formatShare(day.occupancy, 1, 0)}
            </span>
          </>
        )}
      </Day>
      <span role="gridcell">
        <AgentActions row={row} {...view} />
      </span>
    </div>
  );
}, sameRow);
