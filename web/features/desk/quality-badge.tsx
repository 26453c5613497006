import { Badge, Descriptions, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveQuality, StreamQuality } from "../../../shared/quality.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import type { Quality } from "../../phone/quality.ts";
import { type LineQuality, lineQuality } from "./line-quality.ts";

const status: Record<LineQuality["grade"], "success" | "warning" | "error" | "default"> = {
  unknown: "default",
  good: "success",
  fair: "warning",
  poor: "error",
};
const ms = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : `${Math.round(value)} ms`;
const loss = (stream: StreamQuality | null | undefined) =>
  stream ? `${stream.lossPercent.toFixed(1)} %` : "–";

/** How the talk sounds, in one word and the reason; the figures of both lines on hover or focus. */
export function QualityBadge({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const live = useLiveItem("quality", "me");
  const { grade, spoiled } = lineQuality(quality, live);
  const reason = spoiled ? t(`desk.quality.${spoiled.side}.${spoiled.reason}`) : null;
  const words = [t(`desk.quality.${grade}`), reason].filter(Boolean).join(" · ");
  return (
    <Popover content={<Figures own={quality} live={live} />} trigger={["hover", "focus"]}>
      <span tabIndex={0} role="status" style={{ whiteSpace: "nowrap" }} data-quality={grade}>
        <Badge status={status[grade]} text={words} />
      </span>
    </Popover>
  );
}

function Figures({ own, live }: { own: Quality; live: LiveQuality | undefined }) {
  const { t } = useTranslation();
  const customer = live?.customer;
  return (
    <div style={{ maxWidth: 300 }}>
      <Descriptions
        column={1}
        size="small"
        title={t("desk.quality.own")}
        items={[
          { key: "loss", label: t("desk.quality.loss"), children: `${own.lossPercent.toFixed(1)} %` },
          { key: "out", label: t("desk.quality.lossOut"), children: `${own.lossOutPercent.toFixed(1)} %` },
          { key: "jitter", label: t("desk.quality.jitter"), children: ms(own.jitterMs) },
          { key: "delay", label: t("desk.quality.delay"), children: ms(own.roundTripMs) },
        ]}
      />
      {customer && (
        <Descriptions
          column={1}
          size="small"
          title={t("desk.quality.customers")}
          items={[
            { key: "loss", label: t("desk.quality.loss"), children: loss(customer.in) },
            { key: "out", label: t("desk.quality.lossOut"), children: loss(customer.out) },
            { key: "jitter", label: t("desk.quality.jitter"), children: ms(customer.in?.jitterMs) },
            { key: "delay", label: t("desk.quality.delay"), children: ms(customer.roundTripMs) },
            { key: "mos", label: "MOS", children: customer.in?.mos.toFixed(1) ?? "–" },
            { key: "codec", label: t("detail.codec"), children: customer.codec ?? "–" },
          ]}
        />
      )}
    </div>
  );
}
