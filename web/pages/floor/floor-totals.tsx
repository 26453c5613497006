import { theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { AgentState } from "../../../shared/desk.ts";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { sameList } from "../../lib/live-selection.ts";
import { useLiveSelect } from "../../lib/use-live.ts";
import type { FloorFilter } from "./floor-filter.ts";

const agentTotals: [
  key: string,
  states: AgentState[],
  colour: "blue" | "green" | "cyan" | "purple" | "orange",
][] = [
  ["talking", ["talking"], "blue"],
  ["ready", ["ready"], "green"],
  ["dialling", ["ringing", "preview"], "cyan"],
  ["wrapUp", ["wrap-up"], "purple"],
  ["paused", ["paused", "connecting"], "orange"],
];
const callTotals: [key: string, states: string[]][] = [
  ["linesRinging", ["dialling", "ringing"]],
  ["waiting", ["waiting"]],
];

const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

interface Props {
  filter: FloorFilter;
  onFilter: (change: Partial<FloorFilter>) => void;
}

type Items<T> = Readonly<Record<string, T>>;
const counting =
  <T extends { state: string }>(totals: readonly (readonly [string, readonly string[], ...unknown[]])[]) =>
  (items: Items<T>): number[] => {
    const all = Object.values(items);
    return totals.map(([, states]) => all.filter(({ state }) => states.includes(state)).length);
  };
const countAgents = counting<LiveAgent>(agentTotals);
const countCalls = counting<LiveCall>(callTotals);
const countToday = (items: Items<LiveCampaign>): [connected: number, abandoned: number] => {
  const sum = (of: (campaign: LiveCampaign) => number) =>
    Object.values(items).reduce((all, one) => all + of(one), 0);
  return [sum(({ connectedToday }) => connectedToday), sum(({ abandonedToday }) => abandonedToday)];
};

/** The floor in numbers; each leads to the lines it counts, and back. */
export function FloorTotals({ filter, onFilter }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const colours = {
    blue: token.colorPrimary,
    green: token.colorSuccess,
    cyan: token.cyan,
    purple: token.purple8,
    orange: token.colorWarning,
  };
  const agents = useLiveSelect("agents", countAgents, sameList);
  const calls = useLiveSelect("calls", countCalls, sameList);
  const [connected, abandoned] = useLiveSelect("campaigns", countToday, sameList);
  return (
    <div className="floor-totals">
      {agentTotals.map(([key, states, colour], index) => {
        const on = same(filter.states, states);
        const value = agents[index] ?? 0;
        return (
          <Total
            key={key}
            label={t(`floor.total.${key}`)}
            value={value}
            colour={colours[colour]}
            on={on}
            onPress={() => onFilter({ states: on ? [] : states })}
          />
        );
      })}
      {callTotals.map(([key, states], index) => {
        const on = same(filter.callStates, states);
        const value = calls[index] ?? 0;
        return (
          <Total
            key={key}
            label={t(`floor.total.${key}`)}
            value={value}
            colour={key === "waiting" ? token.colorError : token.colorText}
            on={on}
            onPress={() => onFilter({ callStates: on ? [] : states })}
          />
        );
      })}
      <div className="floor-total" title={t("floor.servedHelp")}>
        <span className="floor-total-value num">{formatShare(connected, connected + abandoned)}</span>
        <Typography.Text type="secondary">{t("floor.total.served")}</Typography.Text>
      </div>
    </div>
  );
}

interface TotalProps {
  label: string;
  value: number;
  colour: string;
  on: boolean;
  onPress: () => void;
}

function Total({ label, value, colour, on, onPress }: TotalProps) {
  const { token } = theme.useToken();
  return (
    <button type="button" className="floor-total" aria-pressed={on} onClick={onPress}>
      <span
        className="floor-total-value num"
        style={{ color: value === 0 ? token.colorTextQuaternary : colour }}
      >
        {formatNumber(value)}
      </span>
      <Typography.Text type="secondary">{label}</Typography.Text>
    </button>
  );
}
