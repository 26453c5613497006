import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { CallerIdPoolRow } from "../../../shared/caller-ids.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useCallerIdPools } from "./caller-id-api.ts";
import { PoolForm } from "./pool-form.tsx";

function useColumns(): TableColumnsType<CallerIdPoolRow> {
  const { t } = useTranslation();
  return [
    {
      title: t("callerIds.pool"),
      render: (_, pool) => <Link to={`/caller-ids/${pool.id}`}>{pool.name}</Link>,
    },
    {
      title: t("callerIds.numbers"),
      align: "right",
      render: (_, pool) =>
        t("callerIds.readyOf", { ready: formatNumber(pool.ready), all: formatNumber(pool.numbers) }),
    },
    {
      title: t("callerIds.usedToday"),
      align: "right",
      render: (_, pool) => formatNumber(pool.usedToday),
    },
    {
      title: t("callerIds.leftToday"),
      align: "right",
      render: (_, pool) => (pool.leftToday === null ? t("callerIds.noCap") : formatNumber(pool.leftToday)),
    },
    {
      title: t("callerIds.troubles"),
      render: (_, pool) => (
        <>
          {pool.alarms > 0 && <Tag color="red">{t("callerIds.alarms", { count: pool.alarms })}</Tag>}
          {pool.resting > 0 && <Tag color="blue">{t("callerIds.resting", { count: pool.resting })}</Tag>}
        </>
      ),
    },
    {
      title: t("navigation.campaigns"),
      render: (_, pool) => pool.campaigns.map((campaign) => campaign.name).join(", ") || "–",
    },
  ];
}

export function CallerIdPoolsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("campaigns.manage");
  const query = useCallerIdPools();
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("callerIds.add")}
    </Button>
  );
  return (
    <Page title={t("navigation.caller-ids")} help={t("callerIds.help")} actions={may && add}>
      <DataTable
        label={t("navigation.caller-ids")}
        query={query}
        columns={columns}
        rowKey={(pool) => pool.id}
        empty={<EmptyState text={t("callerIds.none")} />}
      />
      {adding && (
        <PoolForm
          pool={null}
          onClose={() => setAdding(false)}
          onSaved={(pool) => void navigate(`/caller-ids/${pool.id}`)}
        />
      )}
    </Page>
  );
}
