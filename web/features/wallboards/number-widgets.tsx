import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { levelOf, type Widget } from "../../../shared/wallboards.ts";
import { figureText, keyOf, unitOf, useFigure } from "./figures.ts";
import { WidgetFrame } from "./widget-frame.tsx";

interface Props<K extends Widget["type"]> {
  widget: Extract<Widget, { type: K }>;
  unitId: number | null;
  style?: CSSProperties | undefined;
}

export function NumberWidget({ widget, unitId, style }: Props<"number">) {
  const { t } = useTranslation();
  const value = useFigure(widget.figure, keyOf(unitId, widget));
  return (
    <WidgetFrame
      widget={widget}
      name={t(`wallboards.figure.${widget.figure}`)}
      level={levelOf(value, widget.limits)}
      style={style}
    >
      <div className="wall-number num">{figureText(value, unitOf(widget.figure))}</div>
    </WidgetFrame>
  );
}

/** The share at the end of the arc; abandons are counted in single per cents. */
const fullScale = (figure: string) => (figure === "abandonRate" ? 0.1 : 1);
const arc = "M 10 55 A 45 45 0 0 1 100 55";
const arcLength = Math.PI * 45;

export function GaugeWidget({ widget, unitId, style }: Props<"gauge">) {
  const { t } = useTranslation();
  const { figure, limits } = widget;
  const value = useFigure(figure, keyOf(unitId, widget));
  const level = levelOf(value, limits);
  const part = Math.min(1, (value ?? 0) / fullScale(figure));
  const mark = (limit: number | null | undefined, colour: string) => {
    if (limit === null || limit === undefined) return null;
    const angle = Math.PI * (1 - Math.min(1, limit / fullScale(figure)));
    const at = (radius: number) => `${55 + radius * Math.cos(angle)} ${55 - radius * Math.sin(angle)}`;
    return <path d={`M ${at(38)} L ${at(52)}`} stroke={colour} strokeWidth={1.6} />;
  };
  return (
    <WidgetFrame widget={widget} name={t(`wallboards.figure.${figure}`)} level={level} style={style}>
      <svg viewBox="0 0 110 62" style={{ width: "100%", height: "100%", minHeight: 0 }} aria-hidden>
        <path d={arc} fill="none" stroke="var(--wall-line)" strokeWidth={9} strokeLinecap="round" />
        {value !== null && (
          <path
            d={arc}
            fill="none"
            stroke={level === "plain" ? "var(--wall-accent)" : "currentColor"}
            strokeWidth={9}
            strokeLinecap={part > 0 ? "round" : "butt"}
            strokeDasharray={`${part * arcLength} ${arcLength * 2}`}
          />
        )}
        {mark(limits?.warn, "var(--wall-warn)")}
        {mark(limits?.bad, level === "bad" ? "currentColor" : "var(--wall-bad)")}
        <text x={55} y={54} textAnchor="middle" fontSize={21} fontWeight={600} fill="currentColor">
          {figureText(value, unitOf(figure))}
        </text>
      </svg>
    </WidgetFrame>
  );
}
