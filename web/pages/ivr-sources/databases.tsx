import { PlusOutlined } from "@ant-design/icons";
import { Button, Space, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IvrDatabase } from "../../../shared/ivr/outside.ts";
import { api } from "../../lib/api.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { AskingFlows } from "./asking-flows.tsx";
import { DatabaseForm } from "./database-form.tsx";
import { databasesKey, tryDatabase, useBoundDatabases } from "./source-api.ts";
import { TryButton } from "./tried.tsx";

/** Databases that flows may ask. */
export function Databases() {
  const { t } = useTranslation();
  const query = useBoundDatabases();
  const [edited, setEdited] = useState<IvrDatabase | "new" | null>(null);
  const remove = useAct((id: number) => api.delete(`/ivr/databases/${id}`), {
    stale: [databasesKey],
    said: t("common.deleted"),
  });
  const columns: TableColumnsType<IvrDatabase> = [
    { title: t("ivrSources.name"), dataIndex: "name" },
    {
      title: t("ivrSources.where"),
      render: (_, row) => `${row.host} / ${row.database}`,
    },
    { title: t("ivrSources.user"), dataIndex: "user" },
    { title: t("ivrSources.flows"), render: (_, row) => <AskingFlows flows={row.flows} /> },
    {
      title: t("common.actions"),
      render: (_, row) => (
        <Space align="start" wrap>
          <TryButton name={row.name} onTry={() => tryDatabase({ id: row.id })} />
          <Button size="small" aria-label={`${t("common.edit")}: ${row.name}`} onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <DeleteButton
            name={row.name}
            title={t("ivrSources.removeQuestion", { name: row.name })}
            help={
              row.flows.length === 0
                ? t("ivrSources.removeUnused")
                : t("ivrSources.removeUsed", { flows: row.flows.map(({ name }) => name).join(", ") })
            }
            onDelete={() => remove.mutateAsync(row.id)}
          />
        </Space>
      ),
    },
  ];
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
      {t("ivrSources.addDatabase")}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t("ivrSources.databases")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("ivrSources.noDatabases")} action={add} />}
        filters={(query.data?.items.length ?? 0) > 0 && add}
      />
      {edited && <DatabaseForm database={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
