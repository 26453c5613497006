import { theme } from "antd";
import type { CSSProperties, ReactNode } from "react";
import { layOut } from "../../../shared/wallboard-layout.ts";
import type { Widget } from "../../../shared/wallboards.ts";
import "./wall.css";

/** Fewer rows than this leave room below, so that two widgets do not fill a whole wall. */
const leastRows = 4;

interface Props {
  widgets: readonly Widget[];
  /** Columns stand one below the other on a narrow screen; not where they are arranged. */
  isShown?: boolean;
  /** One widget in its place. */
  children: (widget: Widget, index: number, place: CSSProperties) => ReactNode;
}

/** Widgets at their places; it fills the box that it stands in. */
export function BoardGrid({ widgets, isShown = false, children }: Props) {
  const { token } = theme.useToken();
  const { placed, rows } = layOut(widgets);
  const colours = {
    "--wall-panel": token.colorBgContainer,
    "--wall-line": token.colorBorderSecondary,
    "--wall-text": token.colorText,
    "--wall-soft": token.colorTextSecondary,
    "--wall-good": token.colorSuccess,
    "--wall-warn": token.colorWarning,
    "--wall-warn-back": token.colorWarningBg,
    "--wall-bad": token.colorError,
    "--wall-accent": token.colorPrimary,
  } as CSSProperties;
  return (
    <div
      className={`wall-grid${isShown ? " is-shown" : ""}`}
      style={{ ...colours, gridTemplateRows: `repeat(${Math.max(leastRows, rows)}, minmax(0, 1fr))` }}
    >
      {placed.map(({ widget, column, row }, index) =>
        children(widget, index, {
          gridColumn: `${column + 1} / span ${widget.width}`,
          gridRow: `${row + 1} / span ${widget.height}`,
        }),
      )}
    </div>
  );
}
