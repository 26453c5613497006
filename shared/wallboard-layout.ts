import { type Widget, wallColumns } from "./wallboards.ts";

interface Place {
  /** From 0. */
  column: number;
  row: number;
}

/**
 * Where widgets stand: each in turn at the first free place, row by row, so that none covers another whatever their
 * order and sizes are.
 */
export function layOut<W extends Pick<Widget, "width" | "height">>(
  widgets: readonly W[],
): { placed: (Place & { widget: W })[]; rows: number } {
  const taken: boolean[][] = [];
  const isFree = ({ column, row }: Place, width: number, height: number) => {
    for (let y = row; y < row + height; y++)
      for (let x = column; x < column + width; x++) if (taken[y]?.[x]) return false;
    return true;
  };
  const place = ({ width, height }: Pick<Widget, "width" | "height">): Place => {
    for (let row = 0; ; row++)
      for (let column = 0; column + width <= wallColumns; column++)
        if (isFree({ column, row }, width, height)) return { column, row };
  };
  const placed = widgets.map((widget) => {
    const found = place(widget);
    for (let y = found.row; y < found.row + widget.height; y++) {
      taken[y] ??= [];
      for (let x = found.column; x < found.column + widget.width; x++) taken[y]![x] = true;
    }
    return { ...found, widget };
  });
  return { placed, rows: taken.length };
}

/** The list with the item at `from` standing at `to`; out of range it stands at the end it goes to. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined) return [...list];
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, item);
}
