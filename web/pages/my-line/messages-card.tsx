import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Badge, Button, Card, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { pageOf } from "../../../shared/common.ts";
import { type StoredMessage, storedMessage } from "../../../shared/forwarding.ts";
import { api, apiUrl } from "../../lib/api.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";

const key = ["stored-messages"] as const;

function Message({ message }: { message: StoredMessage }) {
  const { t } = useTranslation();
  const { id, name, phone, leftAt, durationMs, heardAt } = message;
  const heard = useAct(() => api.patch(`/stored-messages/${id}`, null, { heard: true }), { stale: [key] });
  const remove = useAct(() => api.delete(`/stored-messages/${id}`), { stale: [key] });
  const who = name || formatPhone(phone);
  return (
    <li style={{ padding: "10px 0" }}>
      <Flex gap="6px 12px" wrap align="center">
        <Badge status={heardAt === null ? "processing" : "default"} text={who} />
        <Typography.Text type="secondary">
          {name && formatPhone(phone)} {formatInstant(leftAt)} · {formatDuration(durationMs)}
        </Typography.Text>
        <audio
          controls
          preload="none"
          src={apiUrl(`/recordings/${id}/audio`)}
          aria-label={t("myLine.messageOf", { who })}
          style={{ height: 34, maxWidth: "100%" }}
          onPlay={() => heardAt === null && heard.mutate()}
        />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t("myLine.deleteMessage", { who })}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        />
      </Flex>
    </li>
  );
}

/** What callers left for me, newest first. */
export function MessagesCard() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get("/stored-messages", pageOf(storedMessage), { pageSize: 100 }, signal),
  });
  return (
    <Card title={t("myLine.messages")}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState text={t("myLine.noMessages")} />
          ) : (
            <ul aria-label={t("myLine.messages")} style={{ margin: 0, padding: 0, listStyle: "none" }}>
              {items.map((message) => (
                <Message key={message.id} message={message} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
