import { Button, Select, type TableColumnsType, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { deliveryStates, type DeliveryRow } from "../../../shared/webhooks.ts";
import { formatInstant } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { sendAgain, useDeliveries, webhooksKey } from "./webhook-api.ts";

const colours = { waiting: "blue", delivered: "green", failed: "red" } as const;
const filters = ["state"] as const;

/** What the last attempt brought: a status, or what went wrong. */
function Answer({ row }: { row: DeliveryRow }) {
  const { t } = useTranslation();
  const said = [row.status, row.error && t(`webhooks.error.${row.error}`)].filter(Boolean).join(" · ");
  if (!row.answer) return <>{said || "–"}</>;
  return (
    <Tooltip title={<span style={{ whiteSpace: "pre-wrap" }}>{row.answer}</span>}>
      <span tabIndex={0}>{said}</span>
    </Tooltip>
  );
}

function Subject({ subject }: { subject: string }) {
  const [kind, id] = subject.split(":");
  if (kind !== "call" || !id) return <>–</>;
  return <Link to={`/calls/${id}`}>{id.slice(-8)}</Link>;
}

/** What was sent, what waits, and what was given up; each can be sent again. */
export function DeliveriesTable({ webhookId }: { webhookId: number }) {
  const { t } = useTranslation();
  const { values, set, page, pageSize } = useUrlFilter(filters);
  const query = useDeliveries(webhookId, { ...values, page, pageSize });
  const again = useAct((row: DeliveryRow) => sendAgain(webhookId, row), { stale: [webhooksKey] });
  const columns: TableColumnsType<DeliveryRow> = [
    { title: t("common.time"), render: (_, row) => formatInstant(row.at, "full") },
    { title: t("webhooks.what"), render: (_, row) => t(`webhooks.event.${row.type}`) },
    { title: t("webhooks.call"), render: (_, row) => <Subject subject={row.subject} /> },
    {
      title: t("common.status"),
      render: (_, row) => <Tag color={colours[row.state]}>{t(`webhooks.state.${row.state}`)}</Tag>,
    },
    { title: t("webhooks.attempts"), align: "right", dataIndex: "attempts" },
    { title: t("webhooks.answer"), render: (_, row) => <Answer row={row} /> },
    {
      title: t("webhooks.took"),
      align: "right",
      render: (_, row) => (row.tookMs === null ? "–" : `${row.tookMs} ms`),
    },
    {
      render: (_, row) =>
        row.state !== "waiting" && (
          <Button
            size="small"
            loading={again.isPending && again.variables?.id === row.id}
            onClick={() => again.mutate(row)}
          >
            {t("webhooks.again")}
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label={t("webhooks.deliveries")}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
      empty={<EmptyState text={t("webhooks.nothingSent")} />}
      filters={
        <Select
          allowClear
          aria-label={t("common.status")}
          placeholder={t("common.status")}
          style={{ width: 160 }}
          value={values.state}
          onChange={(state) => set({ state })}
          options={deliveryStates.map((value) => ({ value, label: t(`webhooks.state.${value}`) }))}
        />
      }
    />
  );
}
