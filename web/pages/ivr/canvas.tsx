import {
  Background,
  type Connection,
  ControlButton,
  Controls,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useConnection,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { FullscreenExitOutlined, FullscreenOutlined } from "@ant-design/icons";
import { type DragEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BlockKind } from "../../../shared/ivr/blocks.ts";
import { useDark } from "../../lib/theme.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import { type BlockNode, BlockView } from "./block-node.tsx";
import { CanvasActs } from "./canvas-acts.ts";
import { connect, type ExitOf, grid, moveBlocks, type Place, removeBlocks } from "./document.ts";
import { type Drawn, type Known, useBlockNodes, useLines } from "./drawn.ts";
import { FlowMap } from "./flow-map.tsx";
import { LineView, type LineEdge } from "./line.tsx";
import type { Wish } from "./use-editor.ts";

export const draggedKind = "application/x-waihu-block";
const nodeTypes = { block: BlockView };
const edgeTypes = { line: LineView };

interface Props {
  known: Known;
  chosen: readonly string[];
  may: boolean;
  isWide: boolean;
  onWide: (isWide: boolean) => void;
  onChoose: (ids: readonly string[]) => void;
  onChange: (to: (document: IvrDocument) => IvrDocument) => void;
  onAdd: (kind: BlockKind, at: Place) => void;
  onCopy: () => void;
  /** A block is wished for: where a line was drawn into nothing, or between an exit and its block. */
  onWish: (wish: Wish) => void;
}

/** Blocks and ways, drawn: dragged, connected and deleted by mouse, touch or keys. */
export function FlowCanvas(props: Props) {
  const { known, chosen, may, onChange } = props;
  const { t } = useTranslation();
  const dark = useDark();
  const flow = useReactFlow();
  const [drawn, setDrawn] = useState<ReadonlyMap<string, Drawn>>(new Map());
  const [line, setLine] = useState<string | null>(null);
  const isDrawing = useConnection(({ inProgress }) => inProgress);
  const isDrawnAnew = useRef(false);
  const nodes = useBlockNodes(known, chosen, drawn);
  const edges = useLines(known, chosen.length === 0 ? line : null, may);
  // A line that goes is not chosen when it comes back; nor is one while blocks are.
  if (line && (chosen.length > 0 || !edges.some(({ id }) => id === line))) setLine(null);
  const { onWish, onCopy, onChoose } = props;
  const acts = useMemo(
    () =>
      may
        ? {
            cut: (way: ExitOf) => onChange((before) => connect(before, way, null)),
            insert: (way: ExitOf) => onWish({ after: way, between: true }),
            copy: onCopy,
            remove: () => {
              onChange((before) => removeBlocks(before, chosen));
              onChoose([]);
            },
          }
        : null,
    [may, chosen, onChange, onWish, onCopy, onChoose],
  );

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

  function linesChanged(changes: EdgeChange<LineEdge>[]): void {
    for (const change of changes)
      if (change.type === "select")
        setLine((before) => (change.selected ? change.id : before === change.id ? null : before));
  }

  const drop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(draggedKind);
    if (!kind) return;
    event.preventDefault();
    props.onAdd(kind as BlockKind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  const connected = ({ source, sourceHandle, target }: Connection) =>
    sourceHandle && onChange((before) => connect(before, { blockId: source, exit: sourceHandle }, target));

  /** A line that is let go over nothing: a block is wished for there, or the line that was pulled off goes. */
  function letGo(event: MouseEvent | TouchEvent, to: FinalConnectionState): void {
    const { isValid, fromNode, fromHandle } = to;
    const point = "changedTouches" in event ? event.changedTouches.item(0) : event;
    if (isValid || !point || !fromNode || fromHandle?.type !== "source" || !fromHandle.id) return;
    const { clientX: x, clientY: y } = point;
    if (document.elementFromPoint(x, y)?.closest(".react-flow__node")) return;
    const way = { blockId: fromNode.id, exit: fromHandle.id };
    if (isDrawnAnew.current) onChange((before) => connect(before, way, null));
    else onWish({ after: way, at: flow.screenToFlowPosition({ x, y }) });
  }

  return (
    <CanvasActs value={acts}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        className={isDrawing ? "ivr-drawing" : ""}
        colorMode={dark ? "dark" : "light"}
        minZoom={0.15}
        snapToGrid
        snapGrid={[grid, grid]}
        connectionRadius={30}
        nodesDraggable={may}
        nodesConnectable={may}
        selectionKeyCode="Shift"
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={["Meta", "Control"]}
        deleteKeyCode={may ? ["Delete", "Backspace"] : null}
        aria-label={t("ivr.drawing")}
        onNodesChange={nodesChanged}
        onEdgesChange={linesChanged}
        onNodesDelete={(gone) => {
          const ids = gone.map(({ id }) => id);
          onChange((before) => removeBlocks(before, ids));
        }}
        onEdgesDelete={(gone) =>
          onChange((before) => {
            let after = before;
            for (const { source, sourceHandle } of gone)
              if (sourceHandle) after = connect(after, { blockId: source, exit: sourceHandle }, null);
            return after;
          })
        }
        onConnect={connected}
        onReconnectStart={() => void (isDrawnAnew.current = true)}
        onReconnect={(_, to) => connected(to)}
        onReconnectEnd={() => void (isDrawnAnew.current = false)}
        onConnectEnd={letGo}
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
        <Controls showInteractive={false} fitViewOptions={{ maxZoom: 1, padding: 0.1 }}>
          <ControlButton
            aria-label={t("ivr.wide")}
            title={t("ivr.wide")}
            aria-pressed={props.isWide}
            onClick={() => props.onWide(!props.isWide)}
          >
            {props.isWide ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
          </ControlButton>
        </Controls>
        <FlowMap />
      </ReactFlow>
    </CanvasActs>
  );
}
