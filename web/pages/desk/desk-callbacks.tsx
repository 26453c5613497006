import { Button, Flex, Typography } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CallbackChange, type CallbackRow, callbackRow } from "../../../shared/callbacks.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { api } from "../../lib/api.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useAct } from "../../ui/use-act.ts";
import { callbacksKey, useCallbacks } from "../callbacks/callback-api.ts";
import { CallbackTime } from "../callbacks/callback-time.tsx";

const CancelCallback = lazy(async () => ({
  default: (await import("../callbacks/cancel-callback.tsx")).CancelCallback,
}));
const MoveCallback = lazy(async () => ({
  default: (await import("../callbacks/move-callback.tsx")).MoveCallback,
}));

/** The agent's own promises and the team's, the next first; between calls. */
export function DeskCallbacks() {
  const { t } = useTranslation();
  const items = useCallbacks({ state: "open", pageSize: 20 }).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="desk-form" aria-label={t("callbacks.deskTitle")}>
      <h3 className="desk-heading">{t("callbacks.deskTitle")}</h3>
      <ul className="desk-unfinished">
        {items.map((callback) => (
          <Item key={callback.id} callback={callback} />
        ))}
      </ul>
    </section>
  );
}

function Item({ callback }: { callback: CallbackRow }) {
  const { t } = useTranslation();
  const { state } = useDesk();
  const [acting, setActing] = useState<"move" | "cancel">();
  const change = useAct((body: CallbackChange) => api.patch(`/callbacks/${callback.id}`, callbackRow, body), {
    stale: [callbacksKey],
  });
  const mine = callback.agent !== null && callback.agent.id === state?.userId;
  const userId = state?.userId ?? 0;
  return (
    <li>
      <Flex justify="space-between" gap={8} wrap>
        <div>
          <Typography.Text strong>{callback.name || formatPhone(callback.phone)}</Typography.Text>{" "}
          {!mine && <Typography.Text type="secondary">{t("callbacks.team")}</Typography.Text>}
          <CallbackTime callback={callback} />
        </div>
        {callback.state === "waiting" && (
          <Flex gap={6} align="center" wrap>
            <Button
              size="small"
              loading={change.isPending}
              onClick={() => change.mutate({ dueAt: new Date().toISOString(), ...(!mine && { userId }) })}
            >
              {t("callbacks.callNow")}
            </Button>
            <Button size="small" onClick={() => setActing("move")}>
              {t("callbacks.move")}
            </Button>
            <Button size="small" onClick={() => setActing("cancel")}>
              {t("callbacks.cancel")}
            </Button>
            {mine && callback.campaign && (
              <Button size="small" onClick={() => change.mutate({ userId: null })}>
                {t("callbacks.toTeam")}
              </Button>
            )}
          </Flex>
        )}
      </Flex>
      {callback.note && <Typography.Text type="secondary">{callback.note}</Typography.Text>}
      <Suspense>
        {acting === "move" && <MoveCallback callback={callback} onClose={() => setActing(undefined)} />}
        {acting === "cancel" && <CancelCallback callback={callback} onClose={() => setActing(undefined)} />}
      </Suspense>
    </li>
  );
}
