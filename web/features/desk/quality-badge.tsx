import { Badge, Descriptions, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Quality, QualityGrade } from "../../phone/quality.ts";

const status: Record<QualityGrade, "success" | "warning" | "error" | "default"> = {
  unknown: "default",
  good: "success",
  fair: "warning",
  poor: "error",
};

/** How the line is, in one word; why and the figures on hover or focus. */
export function QualityBadge({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const reason = quality.reason ? t(`desk.quality.reason.${quality.reason}`) : null;
  const figures = (
    <Descriptions
      column={1}
      size="small"
      style={{ maxWidth: 280 }}
      title={reason}
      items={[
        { key: "loss", label: t("desk.quality.loss"), children: `${quality.lossPercent.toFixed(1)} %` },
        {
          key: "lossOut",
          label: t("desk.quality.lossOut"),
          children: `${quality.lossOutPercent.toFixed(1)} %`,
        },
        { key: "jitter", label: t("desk.quality.jitter"), children: `${Math.round(quality.jitterMs)} ms` },
        {
          key: "delay",
          label: t("desk.quality.delay"),
          children: quality.roundTripMs === null ? "–" : `${Math.round(quality.roundTripMs)} ms`,
        },
      ]}
    />
  );
  return (
    <Popover content={figures} trigger={["hover", "focus"]}>
      <span tabIndex={0} style={{ whiteSpace: "nowrap" }}>
        <Badge
          status={status[quality.grade]}
          text={
            reason ? `${t(`desk.quality.${quality.grade}`)} · ${reason}` : t(`desk.quality.${quality.grade}`)
          }
        />
      </span>
    </Popover>
  );
}
