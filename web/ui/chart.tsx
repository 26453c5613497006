import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef } from "react";

echarts.use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
]);

interface Props {
  option: EChartsCoreOption;
  height: number;
  /** What the chart shows, for those who cannot see it. */
  label: string;
  /** A click on a mark: the index of its data item and of its series. */
  onOpen?: (dataIndex: number, seriesIndex: number) => void;
}

/** An ECharts picture that follows its width. */
export function Chart({ option, height, label, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(null);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  }, [onOpen]);
  useEffect(() => {
    if (!frame.current) return undefined;
    const made = echarts.init(frame.current);
    chart.current = made;
    made.on("click", ({ dataIndex, seriesIndex }) => open.current?.(dataIndex, seriesIndex ?? 0));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(frame.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return <div ref={frame} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
