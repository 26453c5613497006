import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type DiarySnooze, snoozeMinutes } from "../../../shared/diary.ts";
import { api } from "../../lib/api.ts";
import { useAct } from "../../ui/use-act.ts";
import { stale } from "./diary-api.ts";

/** Later: in minutes, or tomorrow at opening. `path`: of the callback or entry. */
export function SnoozeButtons({ path, onDone }: { path: string; onDone?: () => void }) {
  const { t } = useTranslation();
  const snooze = useAct(
    (time: DiarySnooze["for"]) => api.post(`${path}/snooze`, z.unknown(), { for: time }),
    {
      stale,
      said: t("diary.snoozed"),
      ...(onDone && { onDone }),
    },
  );
  return (
    <Flex gap={6} wrap role="group" aria-label={t("diary.snooze")}>
      {[...snoozeMinutes, "opening" as const].map((time) => (
        <Button key={time} size="small" disabled={snooze.isPending} onClick={() => snooze.mutate(time)}>
          {time === "opening" ? t("diary.untilOpening") : t("diary.inMinutes", { count: time })}
        </Button>
      ))}
    </Flex>
  );
}
