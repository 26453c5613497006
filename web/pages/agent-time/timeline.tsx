import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../../shared/agent-time.ts";
import type { AgentState } from "../../../shared/desk.ts";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import "./timeline.css";

const colours: Record<AgentState, string> = {
  "signed-out": "transparent",
  connecting: "#d4b106",
  paused: "#fa8c16",
  ready: "#52c41a",
  preview: "#13c2c2",
  ringing: "#2f54eb",
  talking: "#1677ff",
  "wrap-up": "#722ed1",
};

const planned = {
  work: "var(--ant-color-text-quaternary)",
  break: "var(--ant-color-fill-secondary)",
} as const;

interface Bar {
  from: string;
  to: string;
  colour: string;
  text: string;
}

/** What was planned above what was, over one day. The table below says the same in words. */
export function Timeline({ day }: { day: AgentDay }) {
  const { t } = useTranslation();
  const { labelOf } = usePauseReasons();
  const [begin, end] = [Date.parse(day.from), Date.parse(day.to)];
  const at = (time: string) => ((Date.parse(time) - begin) / (end - begin)) * 100;
  const row = (label: string, bars: Bar[]) => (
    <div className="timeline-row">
      <span>{label}</span>
      <div className="timeline-bars" aria-hidden>
        {bars.map((bar) => (
          <Tooltip
            key={bar.from}
            title={`${bar.text} ${formatInstant(bar.from, "time")}–${formatInstant(bar.to, "time")} (${formatDuration(Date.parse(bar.to) - Date.parse(bar.from))})`}
          >
            <div
              style={{
                insetInlineStart: `${at(bar.from)}%`,
                width: `${at(bar.to) - at(bar.from)}%`,
                background: bar.colour,
              }}
            />
          </Tooltip>
        ))}
      </div>
    </div>
  );
  const used = [...new Set(day.spans.map(({ state }) => state))].filter((state) => state !== "signed-out");
  const kinds = [...new Set(day.plan.map(({ kind }) => kind))];
  return (
    <div className="timeline">
      {row(
        t("agentTime.plan"),
        day.plan.map(({ from, to, kind }) => ({
          from,
          to,
          colour: planned[kind],
          text: t(`agentTime.slice.${kind}`),
        })),
      )}
      {row(
        t("agentTime.actual"),
        day.spans.map(({ from, to, state, pauseReasonId }) => ({
          from,
          to,
          colour: colours[state],
          text: `${t(`desk.state.${state}`)} ${labelOf(pauseReasonId) ?? ""}`,
        })),
      )}
      <div className="timeline-row">
        <span />
        <div className="timeline-hours num" aria-hidden>
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
              {formatInstant(new Date(begin + ((end - begin) * hour) / 24).toISOString(), "time").slice(0, 5)}
            </span>
          ))}
        </div>
      </div>
      <div className="timeline-legend">
        {kinds.map((kind) => (
          <span key={kind}>
            <i style={{ background: planned[kind] }} /> {t("agentTime.plan")}: {t(`agentTime.slice.${kind}`)}
          </span>
        ))}
        {used.map((state) => (
          <span key={state}>
            <i style={{ background: colours[state] }} /> {t(`desk.state.${state}`)}
          </span>
        ))}
      </div>
    </div>
  );
}
