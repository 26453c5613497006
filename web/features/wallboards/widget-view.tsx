import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../../shared/wallboards.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { useNow } from "../desk/use-now.ts";
import { keyOf } from "./figures.ts";
import { CampaignsWidget, HoursWidget, LeadersWidget, StatesWidget } from "./list-widgets.tsx";
import { GaugeWidget, NumberWidget } from "./number-widgets.tsx";
import { QueuesWidget } from "./queues-widget.tsx";
import { WidgetFrame } from "./widget-frame.tsx";

interface Props {
  widget: Widget;
  unitId: number | null;
  style?: CSSProperties;
}

function ClockWidget({ widget, unitId, style }: Props) {
  const now = new Date(useNow());
  const timeZone = useLiveItem("wall-day", keyOf(unitId, widget))?.timeZone;
  const locale = currentLanguage() === "zh" ? "zh-CN" : "en-GB";
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", ...zone } as const;
  const day = { weekday: "long", day: "numeric", month: "long", ...zone } as const;
  return (
    <WidgetFrame widget={widget} name="" style={style}>
      <div className="wall-number num" style={{ fontSize: "min(44cqh, 19cqw)" }}>
        {now.toLocaleTimeString(locale, time)}
      </div>
      <div className="wall-quiet" style={{ marginTop: "3cqh" }}>
        {now.toLocaleDateString(locale, day)}
      </div>
    </WidgetFrame>
  );
}

/** Any widget, with what it shows by push. */
export const WidgetView = memo(function WidgetView({ widget, unitId, style }: Props) {
  const { t } = useTranslation();
  switch (widget.type) {
    case "number":
      return <NumberWidget widget={widget} unitId={unitId} style={style} />;
    case "gauge":
      return <GaugeWidget widget={widget} unitId={unitId} style={style} />;
    case "states":
      return <StatesWidget widget={widget} unitId={unitId} style={style} />;
    case "campaigns":
      return <CampaignsWidget widget={widget} unitId={unitId} style={style} />;
    case "queues":
      return <QueuesWidget widget={widget} style={style} />;
    case "hours":
      return <HoursWidget widget={widget} unitId={unitId} style={style} />;
    case "leaders":
      return <LeadersWidget widget={widget} unitId={unitId} style={style} />;
    case "clock":
      return <ClockWidget widget={widget} unitId={unitId} {...(style && { style })} />;
    case "text":
      return (
        <WidgetFrame widget={widget} name="" style={style}>
          <div className="wall-text">{widget.text || t("wallboards.emptyText")}</div>
        </WidgetFrame>
      );
  }
});
