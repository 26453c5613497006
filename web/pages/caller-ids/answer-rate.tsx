import { Flex, theme, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallerIdRow } from "../../../shared/caller-ids.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { wilson } from "../../../shared/wilson.ts";

/** Answer rate by day, as a line; days without calls are left out. */
function SparkLine({ days, label }: { days: CallerIdRow["days"]; label: string }) {
  const { token } = theme.useToken();
  const [width, height] = [84, 22];
  const points = days.flatMap((day, i) => {
    if (day.rated === 0) return [];
    const x = (i / Math.max(1, days.length - 1)) * (width - 4) + 2;
    return [[x, height - 2 - (day.answered / day.rated) * (height - 4)] as const];
  });
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <line x1={0} x2={width} y1={height - 1} y2={height - 1} stroke={token.colorBorderSecondary} />
      <polyline
        points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
        fill="none"
        stroke={token.colorPrimary}
        strokeWidth={1.5}
      />
      {points.slice(-1).map(([x, y]) => (
        <circle key="last" cx={x} cy={y} r={2} fill={token.colorPrimary} />
      ))}
    </svg>
  );
}

/** Of the last two weeks: the rate, its 95 % interval, and how it went. */
export function AnswerRate({ row }: { row: CallerIdRow }) {
  const { t } = useTranslation();
  const rated = row.days.reduce((sum, day) => sum + day.rated, 0);
  const answered = row.days.reduce((sum, day) => sum + day.answered, 0);
  if (rated === 0) return <Typography.Text type="secondary">–</Typography.Text>;
  const [low, high] = wilson(answered, rated);
  return (
    <Flex gap={10} align="center">
      <Tooltip
        title={t("callerIds.rateHelp", { answered: formatNumber(answered), rated: formatNumber(rated) })}
      >
        <span style={{ minWidth: 96 }}>
          {formatShare(answered, rated)}{" "}
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t("callerIds.interval", {
              low: (low * 100).toFixed(0),
              high: (high * 100).toFixed(0),
            })}
          </Typography.Text>
        </span>
      </Tooltip>
      <SparkLine days={row.days} label={t("callerIds.rateByDay")} />
    </Flex>
  );
}
