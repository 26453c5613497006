import type { ScriptDocument } from "../../../shared/scripts.ts";

export interface PlacedPage {
  id: string;
  x: number;
  y: number;
}
export interface Way {
  from: string;
  to: string;
  /** Of the jump that takes it; null: it goes on so otherwise. */
  jump: number | null;
}

export const nodeWidth = 200;
const across = 250;
const down = 130;

export const waysOf = (document: ScriptDocument): Way[] =>
  document.pages.flatMap((page) =>
    page.end
      ? []
      : [
          ...page.jumps.map((jump, index) => ({ from: page.id, to: jump.to, jump: index })),
          ...(page.next === null ? [] : [{ from: page.id, to: page.next, jump: null }]),
        ],
  );

/** Pages in layers by the shortest way from the first; those that nothing reaches stand in a row of their own below. */
export function layout(document: ScriptDocument): PlacedPage[] {
  const ways = waysOf(document);
  const layers: string[][] = [];
  const seen = new Set<string>();
  let layer = document.pages.some((page) => page.id === document.start) ? [document.start] : [];
  while (layer.length > 0) {
    for (const id of layer) seen.add(id);
    layers.push(layer);
    const known = new Set(document.pages.map((page) => page.id));
    const next = layer.flatMap((id) => ways.filter((way) => way.from === id).map((way) => way.to));
    layer = [...new Set(next)].filter((id) => known.has(id) && !seen.has(id));
  }
  const left = document.pages.map((page) => page.id).filter((id) => !seen.has(id));
  if (left.length > 0) layers.push(left);
  return layers.flatMap((ids, depth) =>
    ids.map((id, index) => ({ id, x: (index - (ids.length - 1) / 2) * across, y: depth * down })),
  );
}
