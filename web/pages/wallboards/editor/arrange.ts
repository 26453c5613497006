import { moved } from "../../../../shared/wallboard-layout.ts";
import { type Widget, wallColumns, wallRows } from "../../../../shared/wallboards.ts";

const within = (value: number, most: number) => Math.max(1, Math.min(most, value));

/** The board with one widget wider and higher by so much. */
export const resized = (widgets: readonly Widget[], id: string, width: number, height: number): Widget[] =>
  widgets.map((one) =>
    one.id === id
      ? {
          ...one,
          width: within(one.width + width, wallColumns),
          height: within(one.height + height, wallRows),
        }
      : one,
  );

const steps: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * What a key does with the widget that has the focus: arrows move it in the order, with Shift they change its size,
 * Delete removes it. Undefined: nothing.
 */
export function byKey(
  widgets: readonly Widget[],
  id: string,
  { key, shiftKey }: { key: string; shiftKey: boolean },
): Widget[] | undefined {
  if (key === "Delete" || key === "Backspace") return widgets.filter((one) => one.id !== id);
  const step = steps[key];
  if (!step) return undefined;
  if (shiftKey) return resized(widgets, id, ...step);
  const at = widgets.findIndex((one) => one.id === id);
  return moved(widgets, at, at + step[0] + step[1]);
}
