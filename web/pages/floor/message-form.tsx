import { App, Flex, Form, Input, Modal, Select, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MessageAudience, messageSent, type SentMessage } from "../../../shared/floor.ts";
import type { LiveAgent } from "../../../shared/live.ts";
import type { OrgUnit } from "../../../shared/users.ts";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { formatInstant } from "../../lib/format.ts";
import { useLive } from "../../lib/use-live.ts";

interface Props {
  /** Those marked, whom it goes to first. */
  userIds: number[];
  agents: Readonly<Record<string, LiveAgent>>;
  campaignNames: Readonly<Record<string, string>>;
  units: OrgUnit[];
  onClose: () => void;
}

/** A message to those marked, a team, a campaign or all, and who has read the last ones. */
export function MessageForm({ userIds: chosen, agents, campaignNames, units, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [to, setTo] = useState(chosen.length > 0 ? "agents" : "all");
  const [busy, setBusy] = useState(false);
  const names = chosen.map((id) => agents[id]?.name ?? id).join(", ");
  const options = [
    ...(chosen.length > 0 ? [{ value: "agents", label: t("floor.message.toAgents", { names }) }] : []),
    { value: "all", label: t("floor.message.toAll") },
    ...units.map(({ id, name }) => ({ value: `team ${id}`, label: t("floor.message.toTeam", { name }) })),
    ...Object.entries(campaignNames).map(([id, name]) => ({
      value: `campaign ${id}`,
      label: t("floor.message.toCampaign", { name }),
    })),
  ];
  function audience(): MessageAudience {
    const [type, id] = to.split(" ");
    if (type === "agents") return { type, userIds: chosen };
    if (type === "team") return { type, unitId: Number(id) };
    if (type === "campaign") return { type, campaignId: Number(id) };
    return { type: "all" };
  }
  async function send() {
    setBusy(true);
    try {
      const sent = await api.post("/floor/messages", messageSent, { to: audience(), text });
      void message.success(t("floor.message.sent", { count: sent.recipients }));
      setText("");
      onClose();
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={t("floor.message.title")}
      okText={t("floor.message.send")}
      cancelText={t("common.cancel")}
      okButtonProps={{ disabled: text.trim() === "", loading: busy }}
      onOk={() => void send()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form layout="vertical">
        <Form.Item label={t("floor.message.to")} htmlFor="floor-message-to">
          <Select id="floor-message-to" value={to} options={options} onChange={setTo} />
        </Form.Item>
        <Form.Item label={t("floor.message.text")} htmlFor="floor-message-text">
          <Input.TextArea
            id="floor-message-text"
            autoFocus
            rows={3}
            maxLength={500}
            showCount
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && event.ctrlKey && text.trim() !== "") void send();
            }}
          />
        </Form.Item>
      </Form>
      <Sent />
    </Modal>
  );
}

/** The last messages, with who has acknowledged them and what they answered; by push. */
function Sent() {
  const { t } = useTranslation();
  const { items } = useLive<SentMessage>("sent-messages");
  const sent = Object.values(items)
    .sort((a, b) => b.id - a.id)
    .slice(0, 5);
  if (sent.length === 0) return null;
  return (
    <Flex vertical gap={8} component="section" aria-label={t("floor.message.last")}>
      <Typography.Text type="secondary">{t("floor.message.last")}</Typography.Text>
      {sent.map(({ id, at, text, recipients }) => {
        const read = recipients.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
        const unread = recipients.filter(({ acknowledgedAt }) => acknowledgedAt === null);
        return (
          <div key={id} className="floor-sent">
            <div>{text}</div>
            <small>
              {formatInstant(at)} · {t("floor.message.read", { read: read.length, all: recipients.length })}
              {unread.length > 0 &&
                read.length > 0 &&
                ` · ${t("floor.message.unread", { names: unread.map(({ name }) => name).join(", ") })}`}
            </small>
            {read
              .filter(({ reply }) => reply !== "")
              .map(({ userId, name, reply }) => (
                <div key={userId}>
                  {name}: {reply}
                </div>
              ))}
          </div>
        );
      })}
    </Flex>
  );
}
