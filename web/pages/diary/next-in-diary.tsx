import { Button, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DiaryItem } from "../../../shared/diary.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { useNext } from "./diary-api.ts";
import "./diary.css";
import { theirClock, titleOf } from "./item-words.ts";

/** What comes next in one's own diary, always in view; what is late stays until it is done. */
export function NextInDiary({ onOpen }: { onOpen?: (item: DiaryItem) => void }) {
  const { t } = useTranslation();
  const now = useNow(30_000);
  const item = useNext().data?.item;
  if (!item) return null;
  const inMs = Date.parse(item.startsAt) - now;
  const theirs = theirClock(item);
  return (
    <div className="diary-next" role="region" aria-label={t("diary.next")}>
      <Typography.Text type="secondary">{t("diary.next")}</Typography.Text>
      <span className="num">{formatInstant(item.startsAt)}</span>
      {theirs && <span className="diary-theirs num">{t("diary.theirs", { time: theirs })}</span>}
      <strong>{titleOf(item, t)}</strong>
      <Tag>{t(`diary.kind.${item.kind}`)}</Tag>
      {inMs < -60_000 && <Tag color="error">{t("callbacks.late", { time: formatDuration(-inMs) })}</Tag>}
      {onOpen ? (
        <Button type="link" size="small" onClick={() => onOpen(item)}>
          {t("diary.open")}
        </Button>
      ) : (
        <Link to="/diary">{t("diary.open")}</Link>
      )}
    </div>
  );
}
