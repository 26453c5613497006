import { MiniMap, type Node, useConnection, useReactFlow, useStore } from "@xyflow/react";
import type { IvrBlock } from "../../../shared/ivr/blocks.ts";

const size = { width: 150, height: 96 };

/** Some block is out of sight. */
function useIsLarger(): boolean {
  return useStore(({ nodes, transform: [x, y, zoom], width, height }) =>
    nodes.some(({ position, measured }) => {
      const left = position.x * zoom + x;
      const top = position.y * zoom + y;
      const right = left + (measured?.width ?? 0) * zoom;
      const bottom = top + (measured?.height ?? 0) * zoom;
      return left < 0 || top < 0 || right > width || bottom > height;
    }),
  );
}

/** The whole drawing in small, while not all of it is in sight; it is never in the way of a line that is drawn. */
export function FlowMap() {
  const flow = useReactFlow();
  const isDrawing = useConnection(({ inProgress }) => inProgress);
  const isLarger = useIsLarger();
  if (!isLarger || isDrawing) return null;
  return (
    <MiniMap
      className="ivr-map"
      style={size}
      pannable
      zoomable
      nodeClassName={miniClass}
      onClick={(_, { x, y }) => void flow.setCenter(x, y, { zoom: flow.getZoom(), duration: 200 })}
    />
  );
}

const miniClass = ({ data }: Node) => `ivr-mini-${(data as { block: IvrBlock }).block.kind}`;
