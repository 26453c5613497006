import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { useNow } from "../../features/desk/use-now.ts";
import type { AgentSort } from "../../../shared/floor.ts";
import { dayNow, type DayNow } from "./floor-day.ts";
import type { FloorRow } from "./floor-filter.ts";
import type { FloorAct } from "./floor-keys.ts";

/** What every row needs and no change on the floor touches. */
export interface RowView {
  campaignNames: Readonly<Record<string, string>>;
  unitName: (unitId: number | null) => string | undefined;
  mayListen: boolean;
  maySupervise: boolean;
  onActive: (userId: number) => void;
  onSelect: (userIds: number[], on: boolean) => void;
  /** All who are shown. */
  onSelectAll: (on: boolean) => void;
  onSort: (sort: AgentSort) => void;
  onAct: (act: FloorAct, userIds: number[]) => void;
}

export interface AgentViewProps {
  rows: FloorRow[];
  view: RowView;
  active: number | null;
  selected: ReadonlySet<number>;
  sort: AgentSort;
  descending: boolean;
}

export interface RowProps {
  row: FloorRow;
  index: number;
  isActive: boolean;
  isSelected: boolean;
  view: RowView;
}

export const rowProps = (row: FloorRow, index: number, { view, active, selected }: AgentViewProps) => ({
  row,
  index,
  view,
  isActive: row.agent.userId === active,
  isSelected: selected.has(row.agent.userId),
});

/** A row is made anew on every change of the floor; it is drawn anew only for a change of its own. */
export const sameRow = (one: RowProps, other: RowProps): boolean =>
  one.row.agent === other.row.agent &&
  one.row.call === other.row.call &&
  one.row.alarm?.key === other.row.alarm?.key &&
  one.index === other.index &&
  one.isActive === other.isActive &&
  one.isSelected === other.isSelected &&
  one.view === other.view;

/** What a row looks like, and whom it shows, for who looks from outside. */
export const marksOf = ({ row: { agent, alarm }, isActive }: RowProps, kind: string): object => ({
  className: `${kind} ${isActive ? "floor-active" : ""} ${alarm ? "floor-alarmed" : ""}`,
  "data-agent": agent.name,
  "data-user": agent.userId,
  "data-agent-state": agent.state,
});

export function Select({ row: { agent }, isSelected, view }: RowProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      checked={isSelected}
      aria-label={t("floor.select", { name: agent.name })}
      onChange={({ target }) => view.onSelect([agent.userId], target.checked)}
    />
  );
}

/** The agent's day so far; its totals need no seconds. */
export function Day({ row, children }: { row: FloorRow; children: (day: DayNow) => React.ReactNode }) {
  return children(dayNow(row.agent, useNow(10_000)));
}
