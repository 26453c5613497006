import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { type LiveQueue, sumOfQueues } from "../../../shared/queues.ts";
import { type Level, levelOf, type Widget } from "../../../shared/wallboards.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { useLive } from "../../lib/use-live.ts";
import { useNow } from "../desk/use-now.ts";
import { NoFigures, WidgetFrame } from "./widget-frame.tsx";

interface Props {
  widget: Extract<Widget, { type: "queues" }>;
  style?: CSSProperties | undefined;
}

type Row = Pick<
  LiveQueue,
  | "waiting"
  | "kept"
  | "waitingSince"
  | "agentsReady"
  | "answeredToday"
  | "abandonedToday"
  | "serviceLevel"
  | "servicePercent"
> & { key: number; name: string };

/** Red below the queue's own goal, amber when it is near. */
function levelOfService({ serviceLevel, servicePercent }: Row): Level {
  const goal = servicePercent / 100;
  return levelOf(serviceLevel, { direction: "below", warn: goal + (1 - goal) / 4, bad: goal - 1e-9 });
}

function Line({ row, widget, now }: { row: Row; widget: Props["widget"]; now: number }) {
  const waitedMs = row.waitingSince === null ? null : Math.max(0, now - Date.parse(row.waitingSince));
  return (
    <tr>
      <td>{row.name}</td>
      <td>{formatNumber(row.waiting)}</td>
      <td data-level={levelOf(waitedMs, widget.waitLimits)}>{formatDuration(waitedMs)}</td>
      <td data-level={levelOfService(row)}>
        {row.serviceLevel === null ? "–" : formatShare(row.serviceLevel, 1)}
      </td>
      <td>{formatNumber(row.answeredToday)}</td>
      <td>{formatNumber(row.abandonedToday)}</td>
      <td>{formatNumber(row.kept)}</td>
      <td>{formatNumber(row.agentsReady)}</td>
    </tr>
  );
}

const columns = ["waiting", "longest", "level", "answered", "abandoned", "callbacks", "free"] as const;

/** Who waits in which queue, and how today goes there; the fullest first, or all of them as one group. */
export function QueuesWidget({ widget, style }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { queueIds, together } = widget;
  const queues = Object.values(useLive<LiveQueue>("wall-queues").items)
    .filter((queue) => queue !== undefined)
    .filter(({ queueId }) => queueIds.length === 0 || queueIds.includes(queueId))
    .toSorted((a, b) => b.waiting - a.waiting || a.name.localeCompare(b.name));
  const name = widget.title || t("wallboards.widget.queues");
  const rows: Row[] = together
    ? [{ key: 0, name, ...sumOfQueues(queues) }]
    : queues.map((queue) => ({ key: queue.queueId, ...queue }));
  return (
    <WidgetFrame widget={widget} name={name} style={style}>
      {queues.length === 0 ? (
        <NoFigures />
      ) : (
        <div className="wall-list" style={{ alignContent: "start" }}>
          <table className="num">
            <thead>
              <tr>
                <th scope="col">{t("wallboards.queue.name")}</th>
                {columns.map((column) => (
                  <th scope="col" key={column}>
                    {t(`wallboards.queue.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.key} row={row} widget={widget} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </WidgetFrame>
  );
}
