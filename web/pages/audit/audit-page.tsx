import { SafetyCertificateOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { App, Button, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type AuditEntry, auditEntry, auditVerification } from "../../../shared/audit.ts";
import { pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DayRangeFilter, FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useUsers } from "../users/user-api.ts";

const keys = ["from", "to", "actorId", "noun"] as const;
const nouns = [
  "user",
  "org-unit",
  "settings",
  "trunk",
  "list",
  "lead",
  "import",
  "campaign",
  "customer",
  "do-not-call",
  "token",
  "recording",
] as const;

export function AuditPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { values, set, page, pageSize, any } = useUrlFilter(keys);
  const users = useUsers({ pageSize: 500 });
  const query = useQuery({
    queryKey: ["audit", values, page, pageSize],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/audit", pageOf(auditEntry), { ...values, page, pageSize }, signal),
  });
  const verify = useAct(() => api.get("/audit/verification", auditVerification), {
    onDone: ({ entries, brokenAt }) =>
      void (brokenAt === null
        ? message.success(t("audit.intact", { entries: formatNumber(entries) }))
        : message.error({ content: t("audit.broken", { id: brokenAt }), duration: 10 })),
  });
  const columns: TableColumnsType<AuditEntry> = [
    { title: t("common.time"), render: (_, entry) => formatInstant(entry.at, "full") },
    {
      title: t("audit.actor"),
      render: (_, entry) => (entry.actor === "system" ? t("audit.system") : entry.actor),
    },
    {
      title: t("audit.action"),
      render: (_, entry) =>
        t(`audit.actions.${entry.action.replaceAll(".", "-")}`, { defaultValue: entry.action }),
    },
    {
      title: t("audit.noun"),
      render: (_, entry) =>
        `${t(`audit.nouns.${entry.noun}`, { defaultValue: entry.noun })}${entry.nounId ? ` ${entry.nounId}` : ""}`,
    },
    { title: t("audit.address"), dataIndex: "address" },
    {
      title: t("common.details"),
      render: (_, entry) =>
        Object.keys(entry.detail).length > 0 && (
          <Typography.Text
            type="secondary"
            className="mono"
            style={{
              fontSize: 12,
              display: "block",
              maxWidth: 480,
              whiteSpace: "normal",
              overflowWrap: "anywhere",
            }}
          >
            {JSON.stringify(entry.detail)}
          </Typography.Text>
        ),
    },
  ];
  return (
    <Page
      title={t("navigation.audit")}
      help={t("audit.help")}
      actions={
        <Button
          icon={<SafetyCertificateOutlined />}
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        >
          {t("audit.verify")}
        </Button>
      }
    >
      <DataTable
        label={t("navigation.audit")}
        query={query}
        columns={columns}
        rowKey={(entry) => entry.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t("common.nothingFound")} />}
        filters={
          <FilterBar onReset={any && (() => set({ from: null, to: null, actorId: null, noun: null }))}>
            <DayRangeFilter from={values.from} to={values.to} onChange={(from, to) => set({ from, to })} />
            <SelectFilter
              value={values.actorId}
              onChange={(actorId) => set({ actorId })}
              placeholder={t("audit.actor")}
              searchable
              options={(users.data?.items ?? []).map((user) => ({
                value: String(user.id),
                label: user.name,
              }))}
            />
            <SelectFilter
              value={values.noun}
              onChange={(noun) => set({ noun })}
              placeholder={t("audit.noun")}
              options={nouns.map((value) => ({ value, label: t(`audit.nouns.${value}`) }))}
            />
          </FilterBar>
        }
      />
    </Page>
  );
}
