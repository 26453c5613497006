import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { moved } from "../../../../shared/wallboard-layout.ts";
import { type Widget, wallColumns } from "../../../../shared/wallboards.ts";
import { BoardGrid } from "../../../features/wallboards/board-grid.tsx";
import { WidgetView } from "../../../features/wallboards/widget-view.tsx";
import { byKey, resized } from "./arrange.ts";

interface Props {
  widgets: readonly Widget[];
  unitId: number | null;
  selected: string | null;
  onSelect: (id: string | null) => void;
  onChange: (widgets: Widget[]) => void;
  /** What it is called in words. */
  nameOf: (widget: Widget) => string;
}

/** The board with widgets that are moved and resized by pointer or keyboard, showing what they would show. */
export function Arrangement({ widgets, unitId, selected, onSelect, onChange, nameOf }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const dragged = useRef<string>(null);
  const pull = useRef<{ id: string; x: number; y: number } | null>(null);

  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (event.target !== event.currentTarget) return;
    const next = byKey(widgets, id, event);
    if (!next) return;
    event.preventDefault();
    const at = widgets.findIndex((one) => one.id === id);
    onChange(next);
    // What is moved in the page loses the focus; of what is removed, the next takes it.
    const focused = next.length === widgets.length ? id : (next[Math.min(at, next.length - 1)]?.id ?? null);
    onSelect(focused);
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-widget="${focused}"]`)?.focus(),
    );
  };
  const dropOn = (id: string) => {
    const from = widgets.findIndex((one) => one.id === dragged.current);
    const to = widgets.findIndex((one) => one.id === id);
    if (from >= 0 && to >= 0 && from !== to) onChange(moved(widgets, from, to));
  };
  const onPull = (event: PointerEvent<HTMLElement>) => {
    const started = pull.current;
    const widget = widgets.find((one) => one.id === started?.id);
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    const width = frame.current?.clientWidth;
    if (!started || !widget || !box || !width) return;
    const columns = Math.round((event.clientX - started.x) / (width / wallColumns));
    const rows = Math.round((event.clientY - started.y) / (box.height / widget.height));
    if (columns === 0 && rows === 0) return;
    pull.current = { ...started, x: event.clientX, y: event.clientY };
    onChange(resized(widgets, widget.id, columns, rows));
  };

  return (
    <div ref={frame} style={{ width: "100%", aspectRatio: "16 / 9", minHeight: 320 }}>
      <BoardGrid widgets={widgets}>
        {(widget, index, style) => (
          <div
            key={widget.id}
            className="wall-edit"
            style={style}
            role="group"
            tabIndex={0}
            data-widget={widget.id}
            data-selected={widget.id === selected}
            aria-label={t("wallboards.place", {
              name: nameOf(widget),
              index: index + 1,
              count: widgets.length,
              width: widget.width,
              height: widget.height,
            })}
            aria-describedby="wallboard-keys"
            draggable
            onFocus={() => onSelect(widget.id)}
            onKeyDown={(event) => onKeyDown(event, widget.id)}
            onDragStart={() => {
              dragged.current = widget.id;
            }}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              dropOn(widget.id);
            }}
          >
            <WidgetView widget={widget} unitId={unitId} />
            <span
              className="wall-resize"
              aria-hidden
              draggable
              onDragStart={(event) => {
                event.preventDefault();
                event.stopPropagation();
              }}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                pull.current = { id: widget.id, x: event.clientX, y: event.clientY };
              }}
              onPointerMove={onPull}
              onPointerUp={() => {
                pull.current = null;
              }}
            />
          </div>
        )}
      </BoardGrid>
    </div>
  );
}
