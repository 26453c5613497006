import { DownloadOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Outcome, outcomes } from "../../../shared/calls.ts";
import { type LeadRow, type LeadStatus, leadStatuses, type ListRow } from "../../../shared/lists.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { LeadStatusTag, OutcomeTag } from "../../ui/tags.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { AssignLeads } from "./assign-leads.tsx";
import { CollectLeads } from "./collect-leads.tsx";
import { LeadDrawer } from "./lead-drawer.tsx";
import { LeadForm } from "./lead-form.tsx";
import { useLeads } from "./list-api.ts";

const keys = ["search", "status", "outcome", "importId", "lead"] as const;

function useColumns(open: (id: number) => void): TableColumnsType<LeadRow> {
  const { t } = useTranslation();
  return [
    {
      title: t("lists.leadName"),
      render: (_, lead) => (
        <Button
          type="link"
          style={{ padding: 0, height: "auto" }}
          onClick={(event) => {
            event.stopPropagation();
            open(lead.id);
          }}
        >
          {lead.name || t("lists.noName")}
        </Button>
      ),
    },
    { title: t("common.phone"), render: (_, lead) => <Phone value={lead.phone} leadId={lead.id} /> },
    { title: t("common.status"), render: (_, lead) => <LeadStatusTag status={lead.status} /> },
    { title: t("lists.attempts"), dataIndex: "attempts", align: "right" },
    { title: t("lists.lastOutcome"), render: (_, lead) => <OutcomeTag outcome={lead.lastOutcome} /> },
    { title: t("lists.lastAttempt"), render: (_, lead) => formatInstant(lead.lastAttemptAt) },
    {
      title: t("lists.due"),
      render: (_, lead) => {
        if (lead.status !== "ready" && lead.status !== "callback") return "–";
        return lead.dueAt ? formatInstant(lead.dueAt) : t("lists.atOnce");
      },
    },
    { title: t("lists.priority"), dataIndex: "priority", align: "right" },
    { title: t("lists.timeZone"), dataIndex: "timeZone" },
  ];
}

/** The leads of a list, filtered by the address, with the drawer of the one that is open. */
export function LeadsTable({ list }: { list: ListRow }) {
  const { t } = useTranslation();
  const mayImport = useCan("leads.import");
  const mayExport = useCan("leads.export");
  const { values, set, page, pageSize } = useUrlFilter(keys);
  const [adding, setAdding] = useState(false);
  const [assigning, setAssigning] = useState(false);
  const [collecting, setCollecting] = useState(false);
  const filter = {
    listId: list.id,
    search: values.search,
    status: values.status as LeadStatus | undefined,
    outcome: values.outcome as Outcome | undefined,
    importId: values.importId ? Number(values.importId) : undefined,
  };
  const query = useLeads({ ...filter, page, pageSize });
  const open = (id: number) => set({ lead: id, page });
  const columns = useColumns(open);
  const filtered = Object.entries(values).some(([key]) => key !== "lead");
  return (
    <>
      <DataTable
        label={t("lists.leads")}
        query={query}
        columns={columns}
        rowKey={(lead) => lead.id}
        onRowClick={(lead) => open(lead.id)}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t(filtered ? "common.nothingFound" : "lists.noLeads")} />}
        filters={
          <FilterBar
            onReset={filtered && (() => set({ search: null, status: null, outcome: null, importId: null }))}
          >
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("lists.searchLeads")}
            />
            <SelectFilter
              value={values.status}
              onChange={(status) => set({ status })}
              placeholder={t("common.status")}
              options={leadStatuses.map((value) => ({ value, label: t(`lists.leadStatus.${value}`) }))}
            />
            <SelectFilter
              value={values.outcome}
              onChange={(outcome) => set({ outcome })}
              placeholder={t("lists.lastOutcome")}
              options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
            />
            <span style={{ flex: 1 }} />
            {mayImport && (
              <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t("lists.addLead")}
              </Button>
            )}
            {mayImport && <Button onClick={() => setAssigning(true)}>{t("assign.button")}</Button>}
            {mayImport && <Button onClick={() => setCollecting(true)}>{t("collect.button")}</Button>}
            {mayExport && (
              <Button icon={<DownloadOutlined />} href={apiUrl("/leads/export.csv", filter)} download>
                {t("lists.export")}
              </Button>
            )}
          </FilterBar>
        }
      />
      {values.lead && <LeadDrawer id={Number(values.lead)} onClose={() => set({ lead: null, page })} />}
      {assigning && <AssignLeads list={list} onClose={() => setAssigning(false)} />}
      {collecting && (
        <CollectLeads
          listIds={[list.id]}
          campaignId={null}
          name={list.name}
          columns={list.columns}
          onClose={() => setCollecting(false)}
        />
      )}
      {adding && <LeadForm list={list} onClose={() => setAdding(false)} />}
    </>
  );
}
