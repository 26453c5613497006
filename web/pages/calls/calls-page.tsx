import { AudioOutlined } from "@ant-design/icons";
import { type TableColumnsType, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { gradeOfMos } from "../../../shared/quality.ts";
import { callFilter, type CallRow } from "../../../shared/calls.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { GradeTag, OutcomeTag } from "../../ui/tags.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useCalls } from "./call-api.ts";
import { callFilterKeys, CallFilters } from "./call-filters.tsx";

function useColumns(): TableColumnsType<CallRow> {
  const { t } = useTranslation();
  return [
    {
      title: t("common.time"),
      render: (_, call) => <Link to={`/calls/${call.id}`}>{formatInstant(call.plannedAt, "full")}</Link>,
    },
    {
      title: t("calls.person"),
      render: (_, call) =>
        call.customer ? <Link to={`/customers/${call.customer.id}`}>{call.name}</Link> : call.name || "–",
    },
    {
      title: t("common.phone"),
      render: (_, call) => (
        <Phone
          value={call.phone}
          {...(call.campaign ? { campaignId: call.campaign.id } : {})}
          {...(call.leadId ? { leadId: call.leadId } : {})}
          {...(call.customer ? { customerId: call.customer.id } : {})}
        />
      ),
    },
    {
      title: t("calls.outcome"),
      render: (_, call) => <OutcomeTag outcome={call.outcome} state={call.state} />,
    },
    { title: t("calls.talk"), align: "right", render: (_, call) => formatDuration(call.talkMs) },
    { title: t("calls.agent"), render: (_, call) => call.agent?.name ?? "–" },
    {
      title: t("calls.disposition"),
      render: (_, call) => call.disposition ?? <Typography.Text type="secondary">–</Typography.Text>,
    },
    {
      title: t("calls.campaign"),
      render: (_, call) =>
        call.campaign ? <Link to={`/campaigns/${call.campaign.id}`}>{call.campaign.name}</Link> : "–",
    },
    { title: t("calls.origin"), responsive: ["xxl"], render: (_, call) => t(`origin.${call.origin}`) },
    { title: t("calls.trunk"), responsive: ["xxl"], render: (_, call) => call.trunk?.name ?? "–" },
    {
      title: t("quality.column.grade"),
      responsive: ["xxl"],
      render: (_, call) => (call.mos === null ? "–" : <GradeTag grade={gradeOfMos(call.mos)} />),
    },
    {
      title: <span className="visually-hidden">{t("calls.recording")}</span>,
      render: (_, call) =>
        call.hasRecording && (
          <Tooltip title={t("calls.hasRecording")}>
            <AudioOutlined aria-label={t("calls.hasRecording")} />
          </Tooltip>
        ),
    },
  ];
}

export function CallsPage() {
  const { t } = useTranslation();
  const { values, set, page, pageSize, any } = useUrlFilter(callFilterKeys);
  const filter = callFilter.partial().safeParse({ ...values, page, pageSize });
  const query = useCalls(filter.success ? filter.data : { page, pageSize });
  const columns = useColumns();
  const mayExport = useCan("reports.export");
  return (
    <Page
      title={t("navigation.calls")}
      actions={mayExport && <ExportMenu path="/calls/export" query={values} />}
    >
      <DataTable
        label={t("navigation.calls")}
        query={query}
        columns={columns}
        rowKey={(call) => call.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t(any ? "common.nothingFound" : "calls.none")} />}
        filters={
          <CallFilters
            values={values}
            set={set}
            any={any}
            dispositionName={query.data?.items[0]?.disposition ?? undefined}
          />
        }
      />
    </Page>
  );
}
