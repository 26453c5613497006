import { Button, Flex, Segmented, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useLiveItem } from "../../lib/use-live.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import type { Supervise } from "./use-supervise.ts";

const modes = ["listen", "whisper", "barge"] as const;

/** The supervisor's own line: the call they are in and how, or whether their headset is there. */
export function SupervisingStrip({
  supervise,
  onTakeOver,
}: {
  supervise: Supervise;
  onTakeOver: (callId: string) => void;
}) {
  const { t } = useTranslation();
  const { now, headset } = supervise;
  const call = useLiveItem("calls", now?.callId ?? null);
  const agent = useLiveItem("agents", call?.agentId ?? null);
  if (headset === undefined) return null;
  if (!now)
    return (
      <Flex gap={8} align="center" wrap className="floor-headset">
        <Tag color={headset === "up" ? "green" : headset === "coming" ? "gold" : "default"}>
          {t(`floor.headset.${headset}`)}
        </Tag>
        {headset === "none" ? (
          <Button size="small" onClick={supervise.connect}>
            {t("floor.headset.connect")}
          </Button>
        ) : (
          <Button size="small" type="text" onClick={supervise.disconnect}>
            {t("floor.headset.disconnect")}
          </Button>
        )}
      </Flex>
    );
  const mode = now.mode === null || now.mode === "take-over" ? "barge" : now.mode;
  return (
    <section className="floor-supervising" aria-label={t("floor.supervising")} data-mode={now.mode}>
      <div style={{ minWidth: 0 }}>
        <strong>{t(`floor.watching.${mode}`, { name: agent?.name ?? "" })}</strong>{" "}
        {call && (
          <Typography.Text type="secondary">
            {call.name} <span className="num">{formatPhone(call.phone)}</span>
          </Typography.Text>
        )}
      </div>
      <Flex gap={8} wrap>
        <Segmented
          value={mode}
          aria-label={t("floor.heardBy")}
          options={modes.map((value) => ({ value, label: t(`control.act.${value}`) }))}
          onChange={(mode) => supervise.join(now.callId, mode)}
        />
        <Button onClick={() => onTakeOver(now.callId)} aria-keyshortcuts="T">
          {t("control.act.take-over")} <kbd>T</kbd>
        </Button>
        <Button danger onClick={supervise.leave} aria-keyshortcuts="X">
          {t("floor.leave")} <kbd>X</kbd>
        </Button>
      </Flex>
    </section>
  );
}
