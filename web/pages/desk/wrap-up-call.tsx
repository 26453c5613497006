import { Flex, Progress, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { formatDuration } from "../../lib/format.ts";
import { CallHead } from "./call-head.tsx";

/** After the call: how it ended, how long it was, how much time is left to write. */
export function WrapUpCall({ call, since }: { call: DeskCall; since: string }) {
  const { t } = useTranslation();
  const talkMs =
    call.connectedAt && call.endedAt ? Date.parse(call.endedAt) - Date.parse(call.connectedAt) : null;
  return (
    <>
      <CallHead call={call} word={t("desk.callEnded")} />
      <div className="desk-timer num">{formatDuration(talkMs)}</div>
      {call.cause && (
        <Typography.Text type="secondary" style={{ textAlign: "center" }}>
          {t(`cause.${call.cause}`, { defaultValue: call.cause })}
        </Typography.Text>
      )}
      {call.wrapUpUntil && <WrapUpLeft from={since} until={call.wrapUpUntil} />}
    </>
  );
}

function WrapUpLeft({ from, until }: { from: string; until: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const left = Math.max(0, Date.parse(until) - now);
  const whole = Math.max(1, Date.parse(until) - Date.parse(from));
  return (
    <Flex vertical gap={2} style={{ width: "100%" }}>
      <Flex justify="space-between">
        <Typography.Text type="secondary">{t("desk.wrapUpLeft")}</Typography.Text>
        <span className="num">{formatDuration(left)}</span>
      </Flex>
      <Progress
        percent={(100 * left) / whole}
        showInfo={false}
        size="small"
        aria-label={t("desk.wrapUpLeft")}
        status={left < 10_000 ? "exception" : "normal"}
      />
    </Flex>
  );
}
