import {
  Background,
  type Connection,
  Controls,
  type Edge,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { type DragEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BlockKind, exitsOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument, IvrProblem } from "../../../shared/ivr/flow.ts";
import { useDark } from "../../lib/theme.ts";
import { type BlockFigures, type BlockNode, BlockView } from "./block-node.tsx";
import { connect, type ExitOf, grid, moveBlocks, type Place, removeBlocks } from "./document.ts";
import { blockName, exitName } from "./kinds.tsx";
import { useGist } from "./use-gist.ts";

export const draggedKind = "application/x-waihu-block";
const nodeTypes = { block: BlockView };

interface Props {
  document: IvrDocument;
  problems: readonly IvrProblem[];
  chosen: readonly string[];
  may: boolean;
  figures: ReadonlyMap<string, BlockFigures> | null;
  live: Readonly<Record<string, number>>;
  onChoose: (ids: readonly string[]) => void;
  onChange: (to: (document: IvrDocument) => IvrDocument) => void;
  onAdd: (kind: BlockKind, at: Place) => void;
  /** A way was drawn into nothing. */
  onWish: (after: ExitOf, at: Place) => void;
}

/** What the drawing itself knows of a block: its size, and where it is while it is dragged. */
interface Drawn {
  measured?: { width: number; height: number };
  position?: Place;
}

/** Blocks and ways, drawn: dragged, connected and deleted by mouse, touch or keys. */
export function FlowCanvas(props: Props) {
  const { document, problems, chosen, may, figures, live, onChange } = props;
  const { t } = useTranslation();
  const dark = useDark();
  const flow = useReactFlow();
  const gistOf = useGist();
  const [drawn, setDrawn] = useState<ReadonlyMap<string, Drawn>>(new Map());
  const nodes = useMemo(() => {
    const faults = new Map<string | null, number>();
    for (const { blockId } of problems) faults.set(blockId, (faults.get(blockId) ?? 0) + 1);
    return document.blocks.map((block): BlockNode => {
      const { id } = block;
      const seen = drawn.get(id);
      return {
        id,
        type: "block",
        position: seen?.position ?? { x: block.x, y: block.y },
        ...(seen?.measured && { measured: seen.measured }),
        selected: chosen.includes(id),
        ariaLabel: t("ivr.blockLabel", {
          name: blockName(t, block),
          kind: t(`ivr.kind.${block.kind}`),
        }),
        data: {
          block,
          isStart: id === document.start,
          faults: faults.get(id) ?? 0,
          gist: gistOf(block),
          figures: figures ? (figures.get(id) ?? { visits: 0, exits: {} }) : null,
          live: live[id] ?? 0,
        },
      };
    });
  }, [document, problems, chosen, drawn, figures, live, gistOf, t]);
  const edges = useMemo(() => {
    const names = new Map(document.blocks.map((block) => [block.id, blockName(t, block)]));
    const busiest = Math.max(1, ...[...(figures?.values() ?? [])].map(({ visits }) => visits));
    return document.blocks.flatMap((block) =>
      exitsOf(block).flatMap((exit): Edge[] => {
        const to = block.exits[exit];
        if (!to || !names.has(to)) return [];
        const count = figures?.get(block.id)?.exits[exit] ?? 0;
        return [
          {
            id: `${block.id} ${exit}`,
            source: block.id,
            sourceHandle: exit,
            target: to,
            // At its exit a line is drawn anew, which takes the place of the one before.
            reconnectable: may && "target",
            ariaLabel: t("ivr.wayLabel", {
              from: names.get(block.id),
              exit: exitName(t, block, exit),
              to: names.get(to),
            }),
            markerEnd: { type: MarkerType.ArrowClosed },
            ...(figures && { style: { strokeWidth: 1 + (5 * count) / busiest } }),
          },
        ];
      }),
    );
  }, [document, figures, may, t]);

  function nodesChanged(changes: NodeChange<BlockNode>[]): void {
    const next = new Map(drawn);
    const placed = new Map<string, Place>();
    const picked = new Set(chosen);
    for (const change of changes) {
      if (change.type === "dimensions" && change.dimensions)
        next.set(change.id, { ...next.get(change.id), measured: change.dimensions });
      if (change.type === "position" && change.position && may) {
        const { measured } = next.get(change.id) ?? {};
        if (change.dragging) next.set(change.id, { ...next.get(change.id), position: change.position });
        else {
          next.set(change.id, measured ? { measured } : {});
          placed.set(change.id, change.position);
        }
      }
      if (change.type === "select") picked[change.selected ? "add" : "delete"](change.id);
    }
    if (changes.some(({ type }) => type === "select")) props.onChoose([...picked]);
    setDrawn(next);
    if (placed.size > 0) onChange((before) => moveBlocks(before, placed));
  }

  const drop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(draggedKind);
    if (!kind) return;
    event.preventDefault();
    props.onAdd(kind as BlockKind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  const connected = ({ source, sourceHandle, target }: Connection) =>
    sourceHandle && onChange((before) => connect(before, { blockId: source, exit: sourceHandle }, target));

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      colorMode={dark ? "dark" : "light"}
      minZoom={0.15}
      snapToGrid
      snapGrid={[grid, grid]}
      nodesDraggable={may}
      nodesConnectable={may}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={["Meta", "Control"]}
      deleteKeyCode={may ? ["Delete", "Backspace"] : null}
      aria-label={t("ivr.drawing")}
      onNodesChange={nodesChanged}
      onNodesDelete={(gone) =>
        onChange((before) =>
          removeBlocks(
            before,
            gone.map(({ id }) => id),
          ),
        )
      }
      onEdgesDelete={(gone) =>
        onChange((before) => {
          let after = before;
          for (const { source, sourceHandle } of gone)
            if (sourceHandle) after = connect(after, { blockId: source, exit: sourceHandle }, null);
          return after;
        })
      }
      onConnect={connected}
      onReconnect={(old, to) => {
        if (old.sourceHandle)
          onChange((before) => {
            const without = connect(before, { blockId: old.source, exit: old.sourceHandle! }, null);
            return to.sourceHandle
              ? connect(without, { blockId: to.source, exit: to.sourceHandle }, to.target)
              : before;
          });
      }}
      onConnectEnd={(event, { isValid, fromNode, fromHandle, toNode }) => {
        if (isValid || toNode || !fromNode || fromHandle?.type !== "source" || !fromHandle.id) return;
        const point = "changedTouches" in event ? event.changedTouches.item(0) : event;
        if (!point) return;
        const { clientX: x, clientY: y } = point;
        props.onWish({ blockId: fromNode.id, exit: fromHandle.id }, flow.screenToFlowPosition({ x, y }));
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedKind)) event.preventDefault();
      }}
      onDrop={drop}
      ariaLabelConfig={{
        "controls.ariaLabel": t("scripts.zoom.controls"),
        "controls.zoomIn.ariaLabel": t("scripts.zoom.in"),
        "controls.zoomOut.ariaLabel": t("scripts.zoom.out"),
        "controls.fitView.ariaLabel": t("scripts.zoom.fit"),
        "node.a11yDescription.default": t("ivr.nodeHelp"),
        "node.a11yDescription.keyboardDisabled": t("ivr.nodeHelp"),
        "edge.a11yDescription.default": t("ivr.wayHelp"),
        "minimap.ariaLabel": t("ivr.map"),
        "handle.ariaLabel": t("ivr.exits"),
      }}
    >
      <Background />
      <Controls showInteractive={false} />
      <MiniMap
        className="ivr-map"
        pannable
        zoomable
        nodeClassName={({ data }) => miniClass(data as { block: IvrBlock })}
      />
    </ReactFlow>
  );
}

const miniClass = ({ block }: { block: IvrBlock }) => `ivr-mini-${block.kind}`;
