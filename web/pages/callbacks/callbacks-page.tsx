import { Button, Flex, Segmented, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type CallbackFilter,
  type CallbackLevel,
  callbackLevels,
  type CallbackRow,
} from "../../../shared/callbacks.ts";
import { formatInstant } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { useUsers } from "../users/user-api.ts";
import { useCallbacks } from "./callback-api.ts";
import { CallbackTime } from "./callback-time.tsx";
import { CancelCallback } from "./cancel-callback.tsx";
import { MoveCallback } from "./move-callback.tsx";

const keys = ["state", "level", "campaignId", "agentId"] as const;
const states = ["open", "overdue", "closed"] as const;
const levelColours: Record<CallbackLevel, string> = {
  agreed: "default",
  team: "warning",
  supervisors: "error",
};

type Acting = { callback: CallbackRow; act: "move" | "cancel" } | null;

function Person({ callback }: { callback: CallbackRow }) {
  const { t } = useTranslation();
  const name = callback.name || t("lists.noName");
  if (callback.leadId !== null && callback.listId !== null)
    return <Link to={`/lists/${callback.listId}?lead=${callback.leadId}`}>{name}</Link>;
  return callback.customerId === null ? name : <Link to={`/customers/${callback.customerId}`}>{name}</Link>;
}

function useColumns(closed: boolean, act: (acting: Acting) => void): TableColumnsType<CallbackRow> {
  const { t } = useTranslation();
  return [
    { title: t("desk.callback.when"), render: (_, row) => <CallbackTime callback={row} /> },
    { title: t("lists.leadName"), render: (_, row) => <Person callback={row} /> },
    {
      title: t("common.phone"),
      render: (_, row) => <Phone value={row.phone} leadId={row.leadId ?? undefined} />,
    },
    {
      title: t("callbacks.agent"),
      render: (_, row) => (
        <Flex vertical>
          {row.agent?.name ?? t("callbacks.team")}
          {row.level !== "agreed" && (
            <Tag variant="filled" color={levelColours[row.level]}>
              {t(`callbacks.level.${row.level}`)}
            </Tag>
          )}
        </Flex>
      ),
    },
    { title: t("callbacks.promisedBy"), render: (_, row) => row.promisedBy ?? "–" },
    { title: t("callbacks.campaign"), render: (_, row) => row.campaign?.name ?? "–" },
    { title: t("common.note"), render: (_, row) => row.note.slice(0, 120) || "–" },
    closed
      ? {
          title: t("callbacks.ended"),
          render: (_, row) => (
            <Flex vertical>
              {t(`callbacks.reason.${row.closeReason}`, { defaultValue: row.closeReason ?? "" })}
              <span>
                {formatInstant(row.closedAt)} {row.closedBy}
              </span>
            </Flex>
          ),
        }
      : {
          title: t("common.actions"),
          render: (_, row) =>
            row.state === "dialling" ? (
              <Tag color="processing">{t("callbacks.state.dialling")}</Tag>
            ) : (
              <Flex gap={8}>
                <Button size="small" onClick={() => act({ callback: row, act: "move" })}>
                  {t("callbacks.move")}
                </Button>
                <Button size="small" onClick={() => act({ callback: row, act: "cancel" })}>
                  {t("callbacks.cancel")}
                </Button>
              </Flex>
            ),
        },
  ];
}

/** Every promise to call again; what nobody kept stands first. */
export function CallbacksPage() {
  const { t } = useTranslation();
  const { values, set, page, pageSize } = useUrlFilter(keys);
  const [acting, setActing] = useState<Acting>(null);
  const state = (values.state ?? "open") as CallbackFilter["state"];
  const query = useCallbacks({
    state,
    level: values.level as CallbackLevel | undefined,
    campaignId: values.campaignId ? Number(values.campaignId) : undefined,
    agentId: values.agentId ? Number(values.agentId) : undefined,
    page,
    pageSize,
  });
  const campaigns = useCampaigns({ pageSize: 500 });
  const users = useUsers({ active: true, pageSize: 500 });
  const columns = useColumns(state === "closed", setActing);
  const narrowed = Boolean(values.level ?? values.campaignId ?? values.agentId);
  return (
    <Page title={t("navigation.callbacks")} help={t("callbacks.help")}>
      <DataTable
        label={t("navigation.callbacks")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t(narrowed ? "common.nothingFound" : `callbacks.none.${state}`)} />}
        filters={
          <FilterBar onReset={narrowed && (() => set({ level: null, campaignId: null, agentId: null }))}>
            <Segmented
              value={state}
              options={states.map((value) => ({ value, label: t(`callbacks.states.${value}`) }))}
              onChange={(value) => set({ state: value === "open" ? null : value })}
            />
            <SelectFilter
              value={values.level}
              onChange={(level) => set({ level })}
              placeholder={t("callbacks.levelLabel")}
              options={callbackLevels.map((value) => ({ value, label: t(`callbacks.level.${value}`) }))}
            />
            <SelectFilter
              value={values.campaignId}
              onChange={(campaignId) => set({ campaignId })}
              placeholder={t("callbacks.campaign")}
              searchable
              options={(campaigns.data?.items ?? []).map((c) => ({ value: String(c.id), label: c.name }))}
            />
            <SelectFilter
              value={values.agentId}
              onChange={(agentId) => set({ agentId })}
              placeholder={t("callbacks.agent")}
              searchable
              options={(users.data?.items ?? []).map((u) => ({ value: String(u.id), label: u.name }))}
            />
          </FilterBar>
        }
      />
      {acting?.act === "move" && <MoveCallback callback={acting.callback} onClose={() => setActing(null)} />}
      {acting?.act === "cancel" && (
        <CancelCallback callback={acting.callback} onClose={() => setActing(null)} />
      )}
    </Page>
  );
}
