import { DeleteOutlined } from "@ant-design/icons";
import { Badge, Button, Flex, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { MessageRow } from "../../../shared/voicemail.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { Phone } from "../../ui/phone.tsx";
import { useAct } from "../../ui/use-act.ts";
import { MessageWords } from "./message-words.tsx";
import { changeMessage, removeMessage, usePeople, voicemailKey } from "./voicemail-api.ts";

/** Who is to see to a message of several people, or whom one's own goes to. */
function GiveTo({ message }: { message: MessageRow }) {
  const { t } = useTranslation();
  const people = usePeople().data?.items ?? [];
  const give = useAct(changeMessage, { stale: [voicemailKey], said: t("voicemail.given") });
  const { id, own, assignedTo } = message;
  const known = people.map(({ userId, name }) => ({ value: userId, label: name }));
  const options =
    assignedTo && !known.some(({ value }) => value === assignedTo.id)
      ? [{ value: assignedTo.id, label: assignedTo.name }, ...known]
      : known;
  return (
    <Select<number | null>
      allowClear={!own}
      showSearch={{ optionFilterProp: "label" }}
      size="small"
      style={{ minWidth: 150 }}
      placeholder={t(own ? "voicemail.forward" : "voicemail.assign")}
      aria-label={t(own ? "voicemail.forward" : "voicemail.assign")}
      value={assignedTo?.id ?? null}
      options={options}
      loading={give.isPending}
      onChange={(userId: number | null | undefined) =>
        give.mutate(own && userId ? { id, forwardToId: userId } : { id, assignedToId: userId ?? null })
      }
    />
  );
}

/** One message: who, when, its sound, what is said in it, and what can be done with it. */
export function MessageItem({ message, withBox }: { message: MessageRow; withBox: boolean }) {
  const { t } = useTranslation();
  const { id, name, phone, leftAt, durationMs, heardAt } = message;
  const stale = [voicemailKey];
  const change = useAct(changeMessage, { stale });
  const remove = useAct(removeMessage, { stale });
  const who = name || formatPhone(phone);
  const isNew = heardAt === null;
  return (
    <li style={{ padding: "12px 0" }}>
      <Flex gap="6px 12px" wrap align="center">
        <Badge
          status={isNew ? "processing" : "default"}
          text={name ? <Typography.Text strong={isNew}>{name}</Typography.Text> : t("voicemail.unknown")}
        />
        <Phone value={phone} />
        <Typography.Text type="secondary">
          {formatInstant(leftAt)} · {formatDuration(durationMs)}
          {withBox && ` · ${message.boxName}`}
        </Typography.Text>
      </Flex>
      <MessageWords message={message} />
      <Flex gap="6px 12px" wrap align="center" style={{ marginTop: 6 }}>
        <audio
          controls
          preload="none"
          src={apiUrl(`/voicemail/messages/${id}/audio`)}
          aria-label={t("voicemail.messageOf", { who })}
          style={{ height: 34, maxWidth: "100%" }}
          onPlay={() => isNew && change.mutate({ id, heard: true })}
        />
        <GiveTo message={message} />
        <Button size="small" onClick={() => change.mutate({ id, heard: isNew })}>
          {t(isNew ? "voicemail.markHeard" : "voicemail.markNew")}
        </Button>
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t("voicemail.delete", { who })}
          loading={remove.isPending}
          onClick={() => remove.mutate(id)}
        />
      </Flex>
    </li>
  );
}
