import { BellOutlined } from "@ant-design/icons";
import { Button, Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { TimeSince } from "../../features/desk/timer.tsx";
import type { Alarm } from "./floor-alarms.ts";

const most = 8;

interface Props {
  alarms: Alarm[];
  fresh: Alarm[];
  onSeen: (...alarms: Alarm[]) => void;
  onOpen: (alarm: Alarm) => void;
}

/** What lasts too long, longest first; each leads to its line, and one that was seen makes no more noise. */
export function AlarmPanel({ alarms, fresh, onSeen, onOpen }: Props) {
  const { t } = useTranslation();
  const newest = fresh.at(-1);
  return (
    <>
      <div aria-live="assertive" className="visually-hidden">
        {newest && `${newest.name}: ${t(`floor.alarm.${newest.kind}`)}`}
      </div>
      {alarms.length > 0 && (
        <Card
          size="small"
          className="floor-alarms"
          title={
            <>
              <BellOutlined /> {t("floor.alarms", { count: alarms.length })}
            </>
          }
          extra={
            fresh.length > 0 && (
              <Button size="small" type="link" onClick={() => onSeen(...fresh)}>
                {t("floor.allSeen")}
              </Button>
            )
          }
        >
          <Flex component="ul" gap={8} wrap>
            {alarms.slice(0, most).map((alarm) => (
              <li key={alarm.key}>
                <Button
                  size="small"
                  danger={fresh.includes(alarm)}
                  data-alarm={alarm.kind}
                  onClick={() => {
                    onSeen(alarm);
                    onOpen(alarm);
                  }}
                >
                  {alarm.name} · {t(`floor.alarm.${alarm.kind}`)} <TimeSince at={alarm.since} />
                </Button>
              </li>
            ))}
            {alarms.length > most && <li>{t("floor.moreAlarms", { count: alarms.length - most })}</li>}
          </Flex>
        </Card>
      )}
    </>
  );
}
