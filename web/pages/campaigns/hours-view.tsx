import { Flex, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type WeekHours, weekdays } from "../../../shared/campaigns.ts";

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const share = (clock: string) => (minutesOf(clock) / 1440) * 100;

/** The spans of one day on a bar of 24 hours. */
export function DayBar({ spans }: { spans: readonly (readonly [string, string])[] }) {
  const { token } = theme.useToken();
  return (
    <div
      aria-hidden
      style={{
        position: "relative",
        flex: 1,
        minWidth: 60,
        height: 10,
        borderRadius: 3,
        background: token.colorFillSecondary,
      }}
    >
      {spans.map(([from, to]) => (
        <span
          key={from}
          style={{
            position: "absolute",
            insetBlock: 0,
            left: `${share(from)}%`,
            width: `${Math.max(0, share(to) - share(from))}%`,
            background: token.colorPrimary,
            borderRadius: 3,
          }}
        />
      ))}
    </div>
  );
}

/** A week at a glance. */
export function HoursView({ hours }: { hours: WeekHours }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={6}>
      {weekdays.map((day) => (
        <Flex key={day} gap={10} align="center">
          <Typography.Text type="secondary" style={{ width: 40, fontSize: 12 }}>
            {t(`weekday.short.${day}`)}
          </Typography.Text>
          <DayBar spans={hours[day]} />
          <span className="num" style={{ fontSize: 12, width: 150 }}>
            {hours[day].map((span) => span.join("–")).join(", ") || t("campaigns.closed")}
          </span>
        </Flex>
      ))}
    </Flex>
  );
}
