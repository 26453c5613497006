import { Button, Flex, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveQueue } from "../../../shared/queues.ts";
import { TimeSince } from "../../features/desk/timer.tsx";
import { formatNumber, formatShare } from "../../lib/format.ts";

const figure = (value: number | undefined) => (value === undefined ? "–" : formatNumber(value));

type Count = "kept" | "offeredToday" | "answeredToday" | "abandonedToday" | "overflowedToday";

/** Red when it is below what was set. */
function ServiceLevel({ live }: { live: LiveQueue }) {
  const { t } = useTranslation();
  const { serviceLevel, servicePercent: percent, serviceSeconds: seconds } = live;
  const isLow = serviceLevel !== null && serviceLevel < percent / 100;
  return (
    <Flex vertical align="end">
      <Typography.Text {...(isLow ? { type: "danger" as const } : {})}>
        {serviceLevel === null ? "–" : formatShare(serviceLevel, 1)}
      </Typography.Text>
      <Typography.Text type="secondary">{t("queues.goal", { percent, seconds })}</Typography.Text>
    </Flex>
  );
}

/** A queue as it is now and was today; who waits is one press away. */
export function useLiveColumns<T>(
  liveOf: (row: T) => LiveQueue | undefined,
  onLook: (row: T) => void,
): NonNullable<TableColumnsType<T>> {
  const { t } = useTranslation();
  const of = (title: string, name: Count) => ({
    title,
    align: "right" as const,
    render: (_: unknown, row: T) => figure(liveOf(row)?.[name]),
  });
  return [
    {
      title: t("queues.waiting"),
      align: "right",
      render: (_, row) => {
        const live = liveOf(row);
        return (
          <Button
            type="link"
            style={{ padding: 0, height: "auto" }}
            aria-label={t("waiting.listTitle", { name: live?.name ?? "" })}
            onClick={() => onLook(row)}
          >
            {figure(live?.waiting)}
          </Button>
        );
      },
    },
    {
      title: t("queues.longest"),
      align: "right",
      render: (_, row) => {
        const since = liveOf(row)?.waitingSince;
        return since ? <TimeSince at={since} /> : "–";
      },
    },
    of(t("queues.toCallBack"), "kept"),
    {
      title: t("queues.agents"),
      render: (_, row) => {
        const now = liveOf(row);
        if (!now) return "–";
        const { agentsReady: ready, agentsBusy: busy, agentsPaused: paused } = now;
        return t("queues.agentFigures", { ready, busy, paused });
      },
    },
    {
      title: t("queues.serviceLevel"),
      align: "right",
      render: (_, row) => {
        const live = liveOf(row);
        return live ? <ServiceLevel live={live} /> : "–";
      },
    },
    of(t("queues.offered"), "offeredToday"),
    of(t("queues.answered"), "answeredToday"),
    of(t("queues.abandoned"), "abandonedToday"),
    of(t("queues.overflowed"), "overflowedToday"),
  ];
}
