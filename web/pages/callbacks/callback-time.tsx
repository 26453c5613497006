import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallbackRow } from "../../../shared/callbacks.ts";
import { wallClockOf } from "../../../shared/zoned-time.ts";
import { companyZone, formatDuration, formatInstant } from "../../lib/format.ts";
import { useNow } from "../../features/desk/use-now.ts";

/** `2026-11-21 10:00` on the person's own wall; null when it is ours. */
export function theirTime(at: string, timeZone: string): string | null {
  const theirs = wallClockOf(Date.parse(at), timeZone);
  return theirs === wallClockOf(Date.parse(at), companyZone()) ? null : theirs.replace("T", " ");
}

/** When it was agreed, on our clock and theirs, and how late it is. */
export function CallbackTime({ callback }: { callback: CallbackRow }) {
  const { t } = useTranslation();
  const now = useNow(30_000);
  const late = now - Date.parse(callback.promisedAt);
  const open = callback.closedAt === null;
  const theirs = theirTime(callback.promisedAt, callback.timeZone);
  return (
    <Flex vertical>
      <Flex gap={8} align="center">
        <span className="num">{formatInstant(callback.promisedAt)}</span>
        {open && late > 60_000 && (
          <Tag color="error" variant="filled">
            {t("callbacks.late", { time: formatDuration(late) })}
          </Tag>
        )}
      </Flex>
      {theirs && (
        <Typography.Text type="secondary" className="num" style={{ fontSize: 12 }}>
          {t("desk.callback.theirs", { time: theirs })}
        </Typography.Text>
      )}
      {open && callback.tries > 0 && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t("callbacks.nextTry", { at: formatInstant(callback.dueAt), count: callback.tries })}
        </Typography.Text>
      )}
    </Flex>
  );
}
