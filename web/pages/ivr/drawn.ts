/** What React Flow draws of a flow: its blocks and its ways, with what is known of each. */
import { MarkerType } from "@xyflow/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { exitsOf } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument, IvrProblem } from "../../../shared/ivr/flow.ts";
import type { BlockFigures, BlockNode } from "./block-node.tsx";
import type { Place } from "./document.ts";
import { blockName, exitName } from "./kinds.tsx";
import type { LineEdge } from "./line.tsx";
import { useGist } from "./use-gist.ts";

/** What the drawing itself knows of a block: its size, and where it is while it is dragged. */
export interface Drawn {
  measured?: { width: number; height: number };
  position?: Place;
}

/** Blocks and ways that a caller of a test has walked. */
export interface Walked {
  now: string | null;
  blocks: ReadonlySet<string>;
  /** As `lineId` names them. */
  lines: ReadonlySet<string>;
}
export const lineId = (blockId: string, exit: string) => `${blockId} ${exit}`;

export interface Known {
  document: IvrDocument;
  problems: readonly IvrProblem[];
  figures: ReadonlyMap<string, BlockFigures> | null;
  live: Readonly<Record<string, number>>;
  walked: Walked | null;
}

export function useBlockNodes(
  { document, problems, figures, live, walked }: Known,
  chosen: readonly string[],
  drawn: ReadonlyMap<string, Drawn>,
): BlockNode[] {
  const { t } = useTranslation();
  const gistOf = useGist();
  return useMemo(() => {
    const faults = new Map<string | null, number>();
    for (const { blockId } of problems) faults.set(blockId, (faults.get(blockId) ?? 0) + 1);
    return document.blocks.map((block): BlockNode => {
      const { id } = block;
      const seen = drawn.get(id);
      const name = blockName(t, block);
      return {
        id,
        type: "block",
        position: seen?.position ?? { x: block.x, y: block.y },
        ...(seen?.measured && { measured: seen.measured }),
        selected: chosen.includes(id),
        ariaLabel: t("ivr.blockLabel", { name, kind: t(`ivr.kind.${block.kind}`) }),
        data: {
          block,
          isStart: id === document.start,
          faults: faults.get(id) ?? 0,
          gist: gistOf(block),
          figures: figures ? (figures.get(id) ?? { visits: 0, exits: {}, meanMs: 0 }) : null,
          live: live[id] ?? 0,
          walked: walked?.now === id ? "now" : walked?.blocks.has(id) ? "passed" : null,
          isOnlyOne: chosen.length === 1,
        },
      };
    });
  }, [document, problems, chosen, drawn, figures, live, walked, gistOf, t]);
}

export function useLines(
  { document, figures, walked }: Known,
  chosenLine: string | null,
  may: boolean,
): LineEdge[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const names = new Map(document.blocks.map((block) => [block.id, blockName(t, block)]));
    const busiest = Math.max(1, ...[...(figures?.values() ?? [])].map(({ visits }) => visits));
    return document.blocks.flatMap((block) =>
      exitsOf(block).flatMap((exit, row): LineEdge[] => {
        const to = block.exits[exit];
        if (!to || !names.has(to)) return [];
        const id = lineId(block.id, exit);
        const found = figures?.get(block.id);
        const count = found?.exits[exit] ?? 0;
        return [
          {
            id,
            type: "line",
            source: block.id,
            sourceHandle: exit,
            target: to,
            selected: id === chosenLine,
            // At its exit a line is drawn anew, which takes the place of the one before.
            reconnectable: may && "target",
            ariaLabel: t("ivr.wayLabel", {
              from: names.get(block.id),
              exit: exitName(t, block, exit),
              to: names.get(to),
            }),
            ...(walked?.lines.has(id) && { className: "ivr-walked" }),
            // Of one size, however wide the line.
            markerEnd: {
              type: MarkerType.ArrowClosed,
              markerUnits: "userSpaceOnUse",
              width: 16,
              height: 16,
            },
            data: { count: figures && count, visits: found?.visits ?? 0, row },
            ...(figures && { style: { strokeWidth: 1 + (5 * count) / busiest } }),
          },
        ];
      }),
    );
  }, [document, figures, chosenLine, walked, may, t]);
}
