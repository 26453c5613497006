import { App, Button, Descriptions, Drawer, Flex, Input, Tabs, Timeline, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LeadDetail } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { LeadStatusTag, OutcomeTag } from "../../ui/tags.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useCalls } from "../calls/call-api.ts";
import { ConsentPanel } from "../compliance/consent-panel.tsx";
import { LeadNumber } from "./lead-number.tsx";
import { LeadLocks } from "./lead-locks.tsx";
import { LeadWhyPanel } from "./lead-why.tsx";
import { leadsKey, listsKey, useLead } from "./list-api.ts";

function Actions({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const stale = [leadsKey, listsKey];
  const exclude = useAct((reason: string) => api.post(`/leads/${lead.id}/exclude`, null, { reason }), {
    stale,
  });
  const activate = useAct(() => api.post(`/leads/${lead.id}/activate`, null, {}), { stale });
  const ask = () => {
    let reason = "";
    modal.confirm({
      title: t("lists.excludeQuestion"),
      content: (
        <Input
          autoFocus
          maxLength={200}
          placeholder={t("lists.reason")}
          aria-label={t("lists.reason")}
          onChange={(event) => {
            reason = event.target.value;
          }}
        />
      ),
      okText: t("lists.exclude"),
      onOk: () => (reason.trim() ? exclude.mutateAsync(reason.trim()) : Promise.reject(new Error("empty"))),
    });
  };
  if (lead.status === "ready" || lead.status === "callback")
    return <Button onClick={ask}>{t("lists.exclude")}</Button>;
  if (lead.status === "claimed") return null;
  return (
    <Button loading={activate.isPending} onClick={() => activate.mutate(undefined)}>
      {t("lists.activate")}
    </Button>
  );
}

function Facts({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const items = [
    ...lead.numbers.map((_, position) => ({
      label: t(position === 0 ? "common.phone" : "lists.morePhone"),
      children: <LeadNumber lead={lead} position={position} />,
    })),
    { label: t("lists.name"), children: <Link to={`/lists/${lead.listId}`}>{lead.listName}</Link> },
    { label: t("lists.attempts"), children: lead.attempts },
    { label: t("lists.lastOutcome"), children: <OutcomeTag outcome={lead.lastOutcome} /> },
    { label: t("lists.lastAttempt"), children: formatInstant(lead.lastAttemptAt) },
    { label: t("lists.timeZone"), children: lead.timeZone },
    ...(lead.customerId
      ? [
          {
            label: t("lists.customer"),
            children: <Link to={`/customers/${lead.customerId}`}>{t("lists.openCustomer")}</Link>,
          },
        ]
      : []),
    ...(lead.origin
      ? [
          {
            label: t("collect.origin"),
            children: (
              <Link to={`/lists/${lead.origin.listId}?lead=${lead.origin.id}`}>
                {t("collect.originOf", { list: lead.origin.listName })}
              </Link>
            ),
          },
        ]
      : []),
    ...lead.fields.map(({ label, value }) => ({ label, children: value })),
  ];
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      items={items.map((item, index) => ({ key: index, ...item }))}
    />
  );
}

function Calls({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const query = useCalls({ leadId, pageSize: 50 });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState text={t("lists.noCalls")} />
        ) : (
          <Timeline
            items={items.map((call) => ({
              key: call.id,
              content: (
                <Flex gap={8} wrap align="center">
                  <Link to={`/calls/${call.id}`}>{formatInstant(call.plannedAt)}</Link>
                  <OutcomeTag outcome={call.outcome} state={call.state} />
                  {call.disposition}
                  <Typography.Text type="secondary">{call.agent?.name}</Typography.Text>
                </Flex>
              ),
            }))}
          />
        )
      }
    </Loaded>
  );
}

function History({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  if (lead.history.length === 0) return <EmptyState text={t("lists.noHistory")} />;
  return (
    <Timeline
      items={lead.history.map((entry, index) => ({
        key: index,
        content: (
          <Flex vertical>
            <span>{t(`lists.history.${entry.type}`, { ...entry.data, defaultValue: entry.type })}</span>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {formatInstant(entry.at)} {entry.byUser}
            </Typography.Text>
          </Flex>
        ),
      }))}
    />
  );
}

export function LeadDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useLead(id);
  const may = useCan("leads.import");
  const mayCalls = useCan("calls.see");
  const mayStory = useCan("compliance.see");
  const lead = query.data;
  return (
    <Drawer
      open
      size={560}
      onClose={onClose}
      title={
        <Flex gap={8} align="center">
          {lead ? lead.name || t("lists.noName") : t("common.loading")}
          {lead && <LeadStatusTag status={lead.status} />}
        </Flex>
      }
      extra={lead && may && <Actions lead={lead} />}
    >
      <Loaded query={query}>
        {(loaded) => (
          <Tabs
            items={[
              {
                key: "facts",
                label: t("lists.record"),
                children: (
                  <Flex vertical gap={20}>
                    <LeadWhyPanel leadId={id} />
                    <LeadLocks leadId={id} />
                    <Facts lead={loaded} />
                  </Flex>
                ),
              },
              ...(mayCalls
                ? [{ key: "calls", label: t("navigation.calls"), children: <Calls leadId={id} /> }]
                : []),
              {
                key: "consents",
                label: t("consents.title"),
                children: (
                  <ConsentPanel person={{ leadId: id }} phones={[loaded.phone, ...loaded.morePhones]} />
                ),
              },
              {
                key: "history",
                label: t("lists.historyLabel"),
                children: (
                  <Flex vertical gap={16}>
                    {mayStory && <Link to={`/leads/${id}/story`}>{t("story.open")}</Link>}
                    <History lead={loaded} />
                  </Flex>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
