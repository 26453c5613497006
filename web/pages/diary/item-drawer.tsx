import { Button, Descriptions, Drawer, Flex, Input, Popconfirm, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type DiaryItem, diaryItem } from "../../../shared/diary.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { Phone } from "../../ui/phone.tsx";
import { useAct } from "../../ui/use-act.ts";
import { pathOf, stale, useHistory } from "./diary-api.ts";
import { EditEntry } from "./edit-entry.tsx";
import { HandOver } from "./hand-over.tsx";
import { clockOf, theirClock, titleOf } from "./item-words.ts";
import { SnoozeButtons } from "./snooze-buttons.tsx";

interface Props {
  item: DiaryItem;
  /** Another's appointment is shown as taken, and no more. */
  mayAct: boolean;
  onClose: () => void;
}

/** One item of the diary: what, when on both clocks, what was done with it, and what can be. */
export function ItemDrawer({ item, mayAct, onClose }: Props) {
  const { t } = useTranslation();
  const [acting, setActing] = useState<"edit" | "hand">();
  const [reason, setReason] = useState("");
  const cancel = useAct(() => api.post(`${pathOf(item)}/cancel`, diaryItem, { reason }), {
    stale,
    said: t("diary.cancelled"),
    onDone: onClose,
  });
  const theirs = theirClock(item);
  const isOpen = item.state === "waiting";
  const rows = [
    {
      key: "when",
      label: t("diary.when"),
      children: `${formatInstant(item.startsAt)} – ${clockOf(item.endsAt)}`,
    },
    theirs && { key: "theirs", label: t("diary.theirClock"), children: `${theirs} (${item.timeZone})` },
    { key: "who", label: t("diary.who"), children: item.agent?.name ?? t("callbacks.team") },
    item.phone !== null && {
      key: "phone",
      label: t("common.phone"),
      children: <Phone value={item.phone} leadId={item.leadId ?? undefined} />,
    },
    item.customerId !== null && {
      key: "customer",
      label: t("diary.customer"),
      children: <Link to={`/customers/${item.customerId}`}>{item.title || t("lists.noName")}</Link>,
    },
    item.campaign && { key: "campaign", label: t("callbacks.campaign"), children: item.campaign.name },
    item.snoozedUntil && {
      key: "snoozed",
      label: t("diary.snoozedUntil"),
      children: formatInstant(item.snoozedUntil),
    },
    item.handedOver && { key: "handed", label: t("diary.why"), children: item.handedOver },
    item.note && { key: "note", label: t("common.note"), children: item.note },
  ].filter((row) => row !== false && row !== null && row !== "");
  return (
    <Drawer
      open
      size={440}
      onClose={onClose}
      closable={{ "aria-label": t("common.close") }}
      title={
        <Flex gap={8} align="center" wrap>
          {titleOf(item, t)}
          <Tag>{t(`diary.kind.${item.kind}`)}</Tag>
          {item.overdue && <Tag color="error">{t("diary.overdue")}</Tag>}
          {!isOpen && <Tag>{t(`diary.state.${item.state}`)}</Tag>}
        </Flex>
      }
    >
      <Flex vertical gap={16}>
        <Descriptions column={1} size="small" items={rows} />
        {mayAct && isOpen && (
          <>
            <Flex gap={8} wrap>
              <Button type="primary" onClick={() => setActing("edit")}>
                {t("diary.edit")}
              </Button>
              {item.kind !== "appointment" && (
                <Button onClick={() => setActing("hand")}>{t("diary.handOver")}</Button>
              )}
              <Popconfirm
                title={t("diary.cancelAsk")}
                description={
                  item.kind === "callback" && (
                    <Input
                      aria-label={t("lists.reason")}
                      placeholder={t("lists.reason")}
                      value={reason}
                      onChange={(event) => setReason(event.target.value)}
                    />
                  )
                }
                okText={t("diary.cancel")}
                onConfirm={() => cancel.mutate(undefined)}
              >
                <Button danger>{t("diary.cancel")}</Button>
              </Popconfirm>
            </Flex>
            <SnoozeButtons path={pathOf(item)} onDone={onClose} />
          </>
        )}
        {mayAct && <History item={item} />}
      </Flex>
      {acting === "edit" && (
        <EditEntry item={item} startsAt={item.startsAt} onClose={() => (setActing(undefined), onClose())} />
      )}
      {acting === "hand" && <HandOver item={item} onClose={() => (setActing(undefined), onClose())} />}
    </Drawer>
  );
}

function History({ item }: { item: DiaryItem }) {
  const { t } = useTranslation();
  const lines = useHistory(item).data?.items ?? [];
  if (lines.length === 0) return null;
  return (
    <section aria-label={t("diary.history")}>
      <Typography.Title level={5}>{t("diary.history")}</Typography.Title>
      <ul className="diary-late">
        {lines.map((line) => (
          <li key={`${line.at} ${line.act}`}>
            <Typography.Text type="secondary" className="num">
              {formatInstant(line.at)}
            </Typography.Text>{" "}
            {line.by ?? t("diary.system")}: {t(`diary.act.${line.act}`)}
            {line.act === "handed" &&
              ` ${line.fromAgent ?? t("callbacks.team")} → ${line.toAgent ?? t("callbacks.team")}`}
            {line.fromAt && ` ${formatInstant(line.fromAt)} →`} {line.toAt && formatInstant(line.toAt)}
            {line.why && line.act !== "done" && ` · ${line.why}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
