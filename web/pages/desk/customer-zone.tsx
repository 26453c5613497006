import { Empty, Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallerStory } from "../../../shared/caller-story.ts";
import type { DeskCall, DeskLead, DeskState } from "../../../shared/desk.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { Arriving, Candidates, Story } from "./caller-panel.tsx";
import { RecordLink } from "./record-link.tsx";

/** The middle zone: who this is, before the first word. */
export function CustomerZone({
  lead,
  recordUrl,
  call,
  arriving,
}: {
  lead: DeskLead | null;
  recordUrl: string | null;
  call: DeskCall | null;
  /** Without a call. */
  arriving: DeskState["arriving"];
}) {
  const { t } = useTranslation();
  // Between two of us: there is no customer.
  const internal = call?.direction === "internal";
  return (
    <section
      className={`desk-zone desk-customer ${lead ? "" : "desk-zone-empty"}`}
      aria-label={t("desk.zone.customer")}
      tabIndex={-1}
      data-lead={lead?.leadId ?? ""}
    >
      {lead && recordUrl && <RecordLink url={recordUrl} />}
      {internal ? (
        <>
          <h2 className="desk-name">{lead?.name}</h2>
          <Typography.Text type="secondary">{t("desk.internalCall")}</Typography.Text>
        </>
      ) : lead ? (
        <>
          {!call && arriving && <Arriving arriving={arriving} />}
          <Record lead={lead} call={call} story={(call ?? arriving)?.story ?? null} />
        </>
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("desk.noCustomer")} />
      )}
    </section>
  );
}

interface RecordProps {
  lead: DeskLead;
  call: DeskCall | null;
  story: CallerStory | null;
}

function Record({ lead, call, story }: RecordProps) {
  const { t } = useTranslation();
  const phones = [lead.phone, ...lead.morePhones];
  return (
    <>
      <Flex justify="space-between" align="start" gap={12} wrap>
        <div>
          <Typography.Title level={2} className="desk-name">
            {lead.name || t("desk.noName")}
            {lead.vip > 0 && (
              <Tag color="gold" className="desk-vip">
                {t("caller.vip", { level: lead.vip })}
              </Tag>
            )}
          </Typography.Title>
          <Flex gap={12} wrap className="num">
            {phones.map((phone) => (
              <Typography.Text key={phone} copyable={{ text: phone, tooltips: false }}>
                {formatPhone(phone)}
              </Typography.Text>
            ))}
          </Flex>
        </div>
        <Flex vertical align="end" gap={4}>
          {lead.listName && <Tag style={{ marginInlineEnd: 0 }}>{lead.listName}</Tag>}
          <LocalTime timeZone={lead.timeZone} />
        </Flex>
      </Flex>
      <Candidates lead={lead} call={call} />
      {story && <Story story={story} />}
      {lead.fields.length > 0 && (
        <dl className="desk-fields">
          {lead.fields.map((field) => (
            <div key={field.key}>
              <dt>{field.label}</dt>
              <dd>{field.value || "–"}</dd>
            </div>
          ))}
        </dl>
      )}
      {lead.callbacks.length > 0 && (
        <>
          <h3 className="desk-heading">{t("desk.promised")}</h3>
          <ul className="desk-promised">
            {lead.callbacks.map((callback) => (
              <li key={callback.id}>
                <span className="num">{formatInstant(callback.dueAt)}</span>{" "}
                {callback.agent ?? t("callbacks.team")}
                {callback.campaignName && <Tag>{callback.campaignName}</Tag>}
                {callback.note && <div className="desk-note">{callback.note}</div>}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className="desk-heading">{t("desk.history")}</h3>
      <History history={lead.history} />
    </>
  );
}

function LocalTime({ timeZone }: { timeZone: string }) {
  const { t } = useTranslation();
  const now = useNow(10_000);
  const time = new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(now);
  return <Typography.Text type="secondary">{t("desk.localTime", { time })}</Typography.Text>;
}

function History({ history }: { history: DeskLead["history"] }) {
  const { t } = useTranslation();
  if (history.length === 0) return <Typography.Text type="secondary">{t("desk.noHistory")}</Typography.Text>;
  return (
    <ol className="desk-history">
      {history.map((entry) => (
        <li key={entry.callId} data-outcome={entry.outcome}>
          <Flex gap="0 8px" wrap>
            <Link to={`/calls/${entry.callId}`} className="num">
              {formatInstant(entry.at)}
            </Link>
            <span>{t(`calls.direction.${entry.direction}`)}</span>
            {entry.outcome && <span>{t(`outcome.${entry.outcome}`, { defaultValue: entry.outcome })}</span>}
            {entry.disposition && <Tag>{entry.disposition}</Tag>}
            {entry.talkMs !== null && (
              <Typography.Text type="secondary" className="num">
                {formatDuration(entry.talkMs)}
              </Typography.Text>
            )}
            {entry.agent && <Typography.Text type="secondary">{entry.agent}</Typography.Text>}
            {entry.campaignName && <Typography.Text type="secondary">{entry.campaignName}</Typography.Text>}
          </Flex>
          {entry.note && <div className="desk-note">{entry.note}</div>}
        </li>
      ))}
    </ol>
  );
}
