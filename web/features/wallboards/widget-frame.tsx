import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Level, Widget } from "../../../shared/wallboards.ts";

interface Props {
  widget: Widget;
  /** Its name when it has no title of its own. */
  name: string;
  level?: Level;
  style?: CSSProperties | undefined;
  children: ReactNode;
}

/** A widget's box with its title; the level colours it, and is said in words too. */
export function WidgetFrame({ widget, name, level = "plain", style, children }: Props) {
  const { t } = useTranslation();
  const title = widget.title || name;
  const said = level === "warn" || level === "bad" ? `${title} · ${t(`wallboards.level.${level}`)}` : title;
  return (
    <section className="wall-widget" data-level={level} style={style} aria-label={said}>
      {title && <div className="wall-title">{title}</div>}
      <div className="wall-body">{children}</div>
    </section>
  );
}

export function NoFigures() {
  const { t } = useTranslation();
  return <div className="wall-quiet">{t("wallboards.nothingYet")}</div>;
}
