import { theme } from "antd";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { agentCounts, type FigureName, type WallDay, type Widget } from "../../../shared/wallboards.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { dayFigure, figureText, keyOf, unitOf } from "./figures.ts";
import { NoFigures, WidgetFrame } from "./widget-frame.tsx";

interface Props<K extends Widget["type"]> {
  widget: Extract<Widget, { type: K }>;
  unitId: number | null;
  style?: CSSProperties | undefined;
}

/** How many agents are in each state. */
export function StatesWidget({ widget, unitId, style }: Props<"states">) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const live = useLiveItem("wall-live", keyOf(unitId, widget));
  const colours = {
    talking: token.colorPrimary,
    ready: token.colorSuccess,
    dialling: token.cyan,
    wrapUp: token.purple,
    paused: token.colorWarning,
    connecting: token.colorTextTertiary,
  };
  return (
    <WidgetFrame widget={widget} name={t("wallboards.widget.states")} style={style}>
      <div className="wall-list">
        {agentCounts.map((state) => (
          <div key={state} className="wall-state">
            <span>{t(`wallboards.figure.${state}`)}</span>
            <div className="wall-bar" aria-hidden>
              <div
                style={{
                  width: `${live && live.signedIn > 0 ? (live[state] / live.signedIn) * 100 : 0}%`,
                  background: colours[state],
                }}
              />
            </div>
            <span className="num">{live ? live[state] : "–"}</span>
          </div>
        ))}
      </div>
    </WidgetFrame>
  );
}

const campaignColumns = [
  "dialled",
  "connected",
  "connectRate",
  "abandonRate",
  "serviceLevel",
  "success",
] as const satisfies FigureName[];

/** Rows of a widget from the top, or that there are none. */
function WallTable({ empty, children }: { empty: boolean; children: ReactNode }) {
  if (empty) return <NoFigures />;
  return (
    <div className="wall-list" style={{ alignContent: "start" }}>
      <table className="num">{children}</table>
    </div>
  );
}

/** The day of each campaign in one line. */
export function CampaignsWidget({ widget, unitId, style }: Props<"campaigns">) {
  const { t } = useTranslation();
  const rows = useLiveItem("wall-day", keyOf(unitId, widget))?.campaigns.filter(({ id }) => id > 0);
  return (
    <WidgetFrame widget={widget} name={t("wallboards.widget.campaigns")} style={style}>
      <WallTable empty={!rows?.length}>
        <thead>
          <tr>
            <th scope="col">{t("wallboards.campaign")}</th>
            {campaignColumns.map((name) => (
              <th scope="col" key={name}>
                {t(`wallboards.figure.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={row.id}>
              <td>{row.name}</td>
              {campaignColumns.map((name) => (
                <td key={name}>{figureText(dayFigure(name, row), unitOf(name))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </WallTable>
    </WidgetFrame>
  );
}

/** Who did most of one thing today. */
export function LeadersWidget({ widget, unitId, style }: Props<"leaders">) {
  const { t } = useTranslation();
  const { figure, count } = widget;
  const rows = useLiveItem("wall-day", keyOf(unitId, widget))
    ?.agents.filter((row) => row.id > 0 && row[figure] > 0)
    .toSorted((a, b) => b[figure] - a[figure] || a.name.localeCompare(b.name))
    .slice(0, count);
  return (
    <WidgetFrame
      widget={widget}
      name={t("wallboards.leadersBy", { figure: t(`wallboards.figure.${figure}`) })}
      style={style}
    >
      <WallTable empty={!rows?.length}>
        <tbody>
          {rows?.map((row, index) => (
            <tr key={row.id}>
              <td>{`${index + 1}. ${row.name}`}</td>
              <td>
                <strong>{figureText(row[figure], unitOf(figure))}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </WallTable>
    </WidgetFrame>
  );
}

const hoursFrom = (hours: WallDay["hours"]) => {
  const first = Math.min(...hours.map(({ hour }) => hour));
  const last = Math.max(...hours.map(({ hour }) => hour));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const found = hours.find(({ hour }) => hour === first + i);
    return { hour: first + i, dialled: found?.dialled ?? 0, connected: found?.connected ?? 0 };
  });
};

/** Calls by the hour: dialled, and connected in front. */
export function HoursWidget({ widget, unitId, style }: Props<"hours">) {
  const { t } = useTranslation();
  const day = useLiveItem("wall-day", keyOf(unitId, widget));
  const hours = day && day.hours.length > 0 ? hoursFrom(day.hours) : [];
  const most = Math.max(1, ...hours.map(({ dialled }) => dialled));
  return (
    <WidgetFrame widget={widget} name={t("wallboards.widget.hours")} style={style}>
      {hours.length > 0 ? (
        <>
          <div className="wall-hours">
            {hours.map(({ hour, dialled, connected }) => (
              <div
                key={hour}
                className="wall-hour num"
                role="img"
                aria-label={t("wallboards.hour", { hour, dialled, connected })}
              >
                <span>{dialled}</span>
                <div className="columns">
                  <div
                    style={{
                      height: `${(dialled / most) * 100}%`,
                      background: "var(--wall-accent)",
                      opacity: 0.35,
                    }}
                  />
                  <div style={{ height: `${(connected / most) * 100}%`, background: "var(--wall-accent)" }} />
                </div>
                <span style={{ color: "var(--wall-soft)" }}>{hour}</span>
              </div>
            ))}
          </div>
          <div className="wall-quiet" style={{ fontSize: "clamp(10px, 5cqh, 18px)" }}>
            {t("wallboards.hoursLegend")}
          </div>
        </>
      ) : (
        <NoFigures />
      )}
    </WidgetFrame>
  );
}
