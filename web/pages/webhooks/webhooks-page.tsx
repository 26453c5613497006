import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { WebhookRow } from "../../../shared/webhooks.ts";
import { formatNumber } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { useWebhooks } from "./webhook-api.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookState } from "./webhook-state.tsx";

function useColumns(): TableColumnsType<WebhookRow> {
  const { t } = useTranslation();
  return [
    { title: t("webhooks.name"), render: (_, row) => <Link to={`/webhooks/${row.id}`}>{row.name}</Link> },
    { title: t("webhooks.url"), dataIndex: "url", ellipsis: true },
    { title: t("common.status"), render: (_, row) => <WebhookState webhook={row} /> },
    ...(["delivered", "waiting", "failed"] as const).map((state) => ({
      title: t(`webhooks.count.${state}`),
      align: "right" as const,
      render: (_: unknown, row: WebhookRow) => (
        <Link to={`/webhooks/${row.id}?state=${state}`}>{formatNumber(row[state])}</Link>
      ),
    })),
  ];
}

/** Addresses of other systems that hear what happens. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useWebhooks();
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ id: number; secret: string }>();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("webhooks.add")}
    </Button>
  );
  return (
    <Page title={t("navigation.webhooks")} help={t("webhooks.help")} actions={add}>
      <DataTable
        label={t("navigation.webhooks")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("webhooks.none")} />}
      />
      {adding && <WebhookForm webhook={null} onClose={() => setAdding(false)} onMade={setMade} />}
      {made && <SecretShown secret={made.secret} onClose={() => void navigate(`/webhooks/${made.id}`)} />}
    </Page>
  );
}
