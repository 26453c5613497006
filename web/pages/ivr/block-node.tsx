import { CopyOutlined, DeleteOutlined } from "@ant-design/icons";
import {
  Handle,
  type Node,
  type NodeProps,
  NodeToolbar,
  Position,
  useConnection,
  useUpdateNodeInternals,
} from "@xyflow/react";
import { Button, Space } from "antd";
import { type CSSProperties, memo, use, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { exitsOf, insteadOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import { formatNumber } from "../../lib/format.ts";
import { heightOf } from "./auto-layout.ts";
import { CanvasActs } from "./canvas-acts.ts";
import { blockName, exitName, groupOf, kindIcons } from "./kinds.tsx";

export interface BlockFigures {
  visits: number;
  exits: Readonly<Record<string, number>>;
  meanMs: number;
}
export type BlockNode = Node<
  {
    block: IvrBlock;
    isStart: boolean;
    faults: number;
    /** What stands in the second line. */
    gist: string;
    figures: BlockFigures | null;
    live: number;
    /** By a test call. */
    walked: "now" | "passed" | null;
    /** Chosen, and no other. */
    isOnlyOne: boolean;
  },
  "block"
>;

function Exit({ block, exit, count }: { block: IvrBlock; exit: string; count: number | null }) {
  const { t } = useTranslation();
  return (
    <div className={`ivr-exit${block.exits[exit] || insteadOf(block, exit) ? "" : " ivr-exit-open"}`}>
      <span className="ivr-exit-name">{exitName(t, block, exit)}</span>
      {count !== null && <span className="num ivr-count">{formatNumber(count)}</span>}
      <Handle type="source" position={Position.Right} id={exit} />
    </div>
  );
}

/** Beside a chosen block: what is done with it most. */
function BlockTools({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  const acts = use(CanvasActs);
  if (!acts || !shown) return null;
  return (
    <NodeToolbar isVisible position={Position.Top} align="end" offset={6}>
      <Space.Compact size="small">
        <Button
          size="small"
          icon={<CopyOutlined />}
          aria-label={t("ivr.copyBlock")}
          title={t("ivr.copyBlock")}
          onClick={acts.copy}
        />
        <Button
          size="small"
          danger
          icon={<DeleteOutlined />}
          aria-label={t("ivr.removeBlock")}
          title={t("ivr.removeBlock")}
          onClick={acts.remove}
        />
      </Space.Compact>
    </NodeToolbar>
  );
}

/** A block as it is drawn: its name, what it says or asks, and a row for each exit; with figures on them when asked for. */
export const BlockView = memo(function BlockView({ id, data, selected }: NodeProps<BlockNode>) {
  const { t } = useTranslation();
  const update = useUpdateNodeInternals();
  const { block, figures, live } = data;
  const exits = exitsOf(block);
  const names = exits.join(" ");
  // A key that became another stands in the same row, and the lines must find it.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps -- names are drawn, not read here
  useEffect(() => update(id), [update, id, names]);
  // A line is let go anywhere over a block; over its own block, at its entry alone.
  const isOwn = useConnection(({ inProgress, fromNode }) => inProgress && fromNode.id === id);
  const left = (figures?.exits["left"] ?? 0) + (figures?.exits["time"] ?? 0);
  return (
    <div
      className={[
        `ivr-block ivr-${groupOf(block.kind)}`,
        selected && "ivr-chosen",
        data.faults > 0 && "ivr-faulty",
        data.walked && `ivr-walked-${data.walked}`,
        isOwn && "ivr-own",
      ]
        .filter(Boolean)
        .join(" ")}
      style={{ "--ivr-height": `${heightOf(block)}px` } as CSSProperties}
    >
      <BlockTools shown={selected && data.isOnlyOne} />
      <Handle type="target" position={Position.Left} />
      <div className="ivr-head">
        <span className="ivr-icon" aria-hidden>
          {kindIcons[block.kind]}
        </span>
        <span className="ivr-names">
          <strong>{blockName(t, block)}</strong>
          <small>{data.gist}</small>
        </span>
        {data.isStart && <span className="ivr-start">{t("ivr.start")}</span>}
        {data.faults > 0 && (
          <span className="ivr-fault" title={t("ivr.faults", { count: data.faults })}>
            {data.faults}
          </span>
        )}
      </div>
      {(figures || live > 0) && (
        <div className="ivr-figures num">
          {figures && <span title={t("ivr.visits")}>↓ {formatNumber(figures.visits)}</span>}
          {left > 0 && (
            <span className="ivr-left" title={t("ivr.leftHere")}>
              ✕ {formatNumber(left)}
            </span>
          )}
          {live > 0 && (
            <span className="ivr-live" title={t("ivr.liveHere", { count: live })}>
              {formatNumber(live)}
            </span>
          )}
        </div>
      )}
      {exits.map((exit) => (
        <Exit key={exit} block={block} exit={exit} count={figures ? (figures.exits[exit] ?? 0) : null} />
      ))}
    </div>
  );
});
