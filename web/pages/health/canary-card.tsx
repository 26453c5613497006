import { useQuery } from "@tanstack/react-query";
import { Card, Flex, theme, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type CanaryCall, canaryReport, type CanaryWay } from "../../../shared/canary.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";

/** The scale of the chart: audio that comes later than this has failed. */
const fullHeightMs = 500;
const chartHeight = 36;

const delayOf = (call: CanaryCall) => Math.max(call.there?.delayMs ?? 0, call.back?.delayMs ?? 0);

function useWords() {
  const { t, i18n } = useTranslation();
  const words = (call: CanaryCall): string => {
    if (!call.failure) return t("health.canaryCall.good", { delayMs: delayOf(call) });
    const cause = `cause.${String(call.detail["cause"])}`;
    const because = i18n.exists(cause) ? t(cause) : "";
    return t(`health.canaryCall.failure.${call.failure}`, { ...call.detail, because });
  };
  return words;
}

/** One bar for each call: its height is how late the audio came, its colour whether it came whole. */
function Hour({ way }: { way: CanaryWay }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const words = useWords();
  const failures = way.calls.filter(({ failure }) => failure !== null).length;
  return (
    <div
      role="img"
      aria-label={t("health.canaryCall.hour", { calls: way.calls.length, failures })}
      style={{ display: "flex", alignItems: "flex-end", gap: 1, height: chartHeight, overflow: "hidden" }}
    >
      {way.calls.slice(-60).map((call) => (
        <Tooltip key={call.at} title={`${formatInstant(call.at, "time")} ${words(call)}`}>
          <div
            style={{
              width: 4,
              height: call.failure
                ? chartHeight
                : Math.max(4, Math.min(1, delayOf(call) / fullHeightMs) * chartHeight),
              background: call.failure ? token.colorError : token.colorSuccess,
            }}
          />
        </Tooltip>
      ))}
    </div>
  );
}

function Way({ way }: { way: CanaryWay }) {
  const { t } = useTranslation();
  const words = useWords();
  const last = way.calls.at(-1);
  const type = way.state === "failed" ? "danger" : way.state === "warning" ? "warning" : undefined;
  return (
    <Flex vertical gap={2} style={{ flex: "1 1 300px", minWidth: 0 }}>
      <Typography.Text strong>{way.name ?? t(`health.canaryCall.kind.${way.kind}`)}</Typography.Text>
      <Typography.Text {...(type && { type })}>
        {last ? `${formatInstant(last.at, "time")} ${words(last)}` : t("health.canaryCall.waiting")}
      </Typography.Text>
      <Hour way={way} />
    </Flex>
  );
}

/** Calls that the system places to itself each minute, way by way, over the last hour. */
export function CanaryCard() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["health", "canary"],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get("/health/canary", canaryReport, {}, signal),
  });
  if (!data || data.ways.length === 0) return null;
  return (
    <Card size="small" title={t("health.canaryCall.title")}>
      <Flex vertical gap={16}>
        <Typography.Text type="secondary">{t("health.canaryCall.help")}</Typography.Text>
        <Flex wrap gap={24}>
          {data.ways.map((way) => (
            <Way key={way.key} way={way} />
          ))}
        </Flex>
      </Flex>
    </Card>
  );
}
