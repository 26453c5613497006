import { Alert, Button, Flex, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskMessage } from "../../../shared/floor.ts";
import { api, ApiError } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";

/** What supervisors told this agent, or did with them, on whatever page they are; until it is acknowledged. */
export function SupervisorMessages() {
  return useCan("desk.use") ? <Unread /> : null;
}

function Unread() {
  const { t } = useTranslation();
  const { items } = useLive<DeskMessage>("messages");
  const unread = Object.values(items).sort((a, b) => a.id - b.id);
  return (
    <section className="supervisor-messages" aria-label={t("desk.told.title")} aria-live="assertive">
      {unread.map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </section>
  );
}

function useWords({ from, text, act, detail }: DeskMessage): string {
  const { t } = useTranslation();
  if (act === null) return text;
  const list = (key: string) => (Array.isArray(detail[key]) ? (detail[key] as unknown[]).join(", ") : "");
  const reason = t(`desk.pauseReason.${String(detail["code"])}`, {
    defaultValue: typeof detail["label"] === "string" ? detail["label"] : "",
  });
  if (act === "move")
    return [
      t("desk.told.move", { from }),
      list("added") && t("desk.told.added", { names: list("added") }),
      list("removed") && t("desk.told.removed", { names: list("removed") }),
    ]
      .filter(Boolean)
      .join(" ");
  return t(`desk.told.${act}${detail["later"] === true ? "-later" : ""}`, { from, reason });
}

function Message({ message }: { message: DeskMessage }) {
  const { t } = useTranslation();
  const [reply, setReply] = useState("");
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const words = useWords(message);
  async function acknowledge() {
    setBusy(true);
    setFailure(undefined);
    try {
      await api.post(`/desk/messages/${message.id}/acknowledge`, null, { reply });
    } catch (error) {
      // Acknowledged in another tab a moment before.
      if (!(error instanceof ApiError && error.status === 404)) setFailure(errorText(error));
      setBusy(false);
    }
  }
  return (
    <Alert
      type="info"
      showIcon
      data-message={message.id}
      title={<span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{words}</span>}
      description={
        <Flex vertical gap={8}>
          <small>
            {message.act === null && `${message.from} · `}
            {formatInstant(message.at)}
          </small>
          <Flex gap={8} wrap>
            {message.act === null && (
              <Input
                size="small"
                style={{ flex: "1 1 140px", maxWidth: 320 }}
                maxLength={200}
                value={reply}
                aria-label={t("desk.told.reply")}
                placeholder={t("desk.told.reply")}
                onChange={({ target }) => setReply(target.value)}
                onPressEnter={() => void acknowledge()}
              />
            )}
            <Button size="small" type="primary" loading={busy} onClick={() => void acknowledge()}>
              {t("desk.told.acknowledge")}
            </Button>
          </Flex>
          {failure}
        </Flex>
      }
    />
  );
}
