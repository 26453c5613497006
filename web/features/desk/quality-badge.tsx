import { Popover, theme } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveQuality, StreamQuality } from "../../../shared/quality.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import type { Quality } from "../../phone/quality.ts";
import { type LineQuality, lineQuality } from "./line-quality.ts";

const colours = {
  unknown: "colorTextDescription",
  good: "colorSuccess",
  fair: "colorWarning",
  poor: "colorError",
} as const satisfies Record<LineQuality["grade"], string>;
const ms = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : `${Math.round(value)} ms`;
const loss = (stream: StreamQuality | null | undefined) =>
  stream ? `${stream.lossPercent.toFixed(1)} %` : "–";

/** How the talk sounds, in one word and the reason; the figures of both lines on hover or focus. */
export function QualityBadge({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const live = useLiveItem("quality", "me");
  const { grade, spoiled } = lineQuality(quality, live);
  const reason = spoiled ? t(`desk.quality.${spoiled.side}.${spoiled.reason}`) : null;
  const words = [t(`desk.quality.${grade}`), reason].filter(Boolean).join(" · ");
  return (
    <Popover content={<Figures own={quality} live={live} />} trigger={["hover", "focus"]}>
      <span tabIndex={0} role="status" style={{ minWidth: 0 }} data-quality={grade}>
        <span aria-hidden className="desk-dot" style={{ background: token[colours[grade]] }} /> {words}
      </span>
    </Popover>
  );
}

function Figures({ own, live }: { own: Quality; live: LiveQuality | undefined }) {
  const { t } = useTranslation();
  const customer = live?.customer;
  return (
    <div style={{ maxWidth: 300 }}>
      <FigureList
        title={t("desk.quality.own")}
        items={[
          { key: "loss", label: t("desk.quality.loss"), children: `${own.lossPercent.toFixed(1)} %` },
          { key: "out", label: t("desk.quality.lossOut"), children: `${own.lossOutPercent.toFixed(1)} %` },
          { key: "jitter", label: t("desk.quality.jitter"), children: ms(own.jitterMs) },
          { key: "delay", label: t("desk.quality.delay"), children: ms(own.roundTripMs) },
        ]}
      />
      {customer && (
        <FigureList
          title={t("desk.quality.customers")}
          items={[
            { key: "loss", label: t("desk.quality.loss"), children: loss(customer.in) },
            { key: "out", label: t("desk.quality.lossOut"), children: loss(customer.out) },
            { key: "jitter", label: t("desk.quality.jitter"), children: ms(customer.in?.jitterMs) },
            { key: "delay", label: t("desk.quality.delay"), children: ms(customer.roundTripMs) },
            { key: "mos", label: "MOS", children: customer.in?.mos.toFixed(1) ?? "–" },
            { key: "codec", label: t("desk.quality.codec"), children: customer.codec ?? "–" },
          ]}
        />
      )}
    </div>
  );
}

function FigureList({
  title,
  items,
}: {
  title: string;
  items: { key: string; label: string; children: string }[];
}) {
  return (
    <>
      <h3 className="desk-heading">{title}</h3>
      <dl className="desk-figures num">
        {items.map(({ key, label, children }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{children}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
