import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  getSmoothStepPath,
} from "@xyflow/react";
import { Button, Space } from "antd";
import { memo, use } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { CanvasActs } from "./canvas-acts.ts";

export type LineEdge = Edge<
  {
    /** Who took it; null: no figures are asked for. */
    count: number | null;
    /** Who came to its block. */
    visits: number;
    /** Of its exit in its block. */
    row: number;
  },
  "line"
>;

/** A way from an exit to a block, with how many took it; the chosen one can be cut, and takes a block between. */
export const LineView = memo(function LineView(props: EdgeProps<LineEdge>) {
  const { t } = useTranslation();
  const acts = use(CanvasActs);
  const { id, data, selected } = props;
  const [path, x, y] = wayAround(props) ?? getBezierPath(props);
  const isCounted = typeof data?.count === "number" && data.count > 0;
  return (
    <>
      <BaseEdge id={id} path={path} {...pick(props)} />
      {(isCounted || (selected && acts)) && (
        <EdgeLabelRenderer>
          <div
            className="ivr-line-label nodrag nopan"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {selected && acts ? (
              <Space.Compact size="small">
                <Button
                  size="small"
                  icon={<PlusOutlined />}
                  aria-label={t("ivr.addBetween")}
                  title={t("ivr.addBetween")}
                  onClick={() => acts.insert(wayOf(props))}
                />
                <Button
                  size="small"
                  danger
                  icon={<CloseOutlined />}
                  aria-label={t("ivr.cutLine")}
                  title={t("ivr.cutLine")}
                  onClick={() => acts.cut(wayOf(props))}
                />
              </Space.Compact>
            ) : (
              <span className="num ivr-share" title={t("ivr.took", { count: data?.count ?? 0 })}>
                {formatNumber(data?.count ?? 0)} · {formatShare(data?.count ?? 0, data?.visits ?? 0, 0)}
              </span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** What leads back goes around its block, each exit on a track of its own; undefined: it leads on. */
function wayAround(line: EdgeProps<LineEdge>) {
  if (line.targetX >= line.sourceX + 20) return undefined;
  const row = line.data?.row ?? 0;
  const track = { ...line, borderRadius: 10, offset: 18 + 7 * row };
  const above = line.targetY - 36 - 7 * row;
  return getSmoothStepPath(line.source === line.target ? { ...track, centerY: above } : track);
}

const wayOf = ({ source, sourceHandleId }: EdgeProps<LineEdge>) => ({
  blockId: source,
  exit: sourceHandleId ?? "",
});
const pick = ({ style, markerEnd, interactionWidth }: EdgeProps<LineEdge>) => ({
  ...(style && { style }),
  ...(markerEnd && { markerEnd }),
  ...(interactionWidth !== undefined && { interactionWidth }),
});
