import { Graph, layout } from "@dagrejs/dagre";
import { exitsOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import { onGrid, type Place } from "./document.ts";

export const blockWidth = 230;
const headHeight = 60;
const exitHeight = 26;
/** As `flow.css` draws it. */
export const heightOf = (block: IvrBlock) => headHeight + exitHeight * exitsOf(block).length;

/** A place for every block: from left to right as callers go, with few crossings. */
export function placesFor(document: IvrDocument): Map<string, Place> {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 30, ranksep: 80 });
  graph.setDefaultEdgeLabel(() => ({}));
  // The first node of a rank stands above the others.
  const blocks = document.blocks.toSorted(
    (one, other) => Number(other.id === document.start) - Number(one.id === document.start),
  );
  for (const block of blocks) graph.setNode(block.id, { width: blockWidth, height: heightOf(block) });
  for (const block of blocks)
    for (const exit of exitsOf(block)) {
      const to = block.exits[exit];
      if (to && to !== block.id && graph.hasNode(to)) graph.setEdge(block.id, to);
    }
  layout(graph);
  return new Map(
    blocks.map((block) => {
      const { x, y } = graph.node(block.id) as Place;
      return [block.id, { x: onGrid(x - blockWidth / 2), y: onGrid(y - heightOf(block) / 2) }];
    }),
  );
}
