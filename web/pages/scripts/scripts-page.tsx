import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Space, type TableColumnsType, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ScriptKind, scriptKinds, type ScriptRow } from "../../../shared/scripts.ts";
import { scriptsKey, useScripts } from "../../features/scripts/script-api.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { CopyScript, ImportScript, NewScript } from "./script-forms.tsx";
import { ScriptStatus } from "./script-status.tsx";

const keys = ["search", "kind"] as const;

function useColumns(may: boolean, onCopy: (row: ScriptRow) => void): TableColumnsType<ScriptRow> {
  const { t } = useTranslation();
  const danger = useDanger();
  const mayReport = useCan("reports.see");
  const remove = useAct((id: number) => api.delete(`/scripts/${id}`), {
    stale: [scriptsKey],
    said: t("common.deleted"),
  });
  const ask = (row: ScriptRow) =>
    danger({
      title: t("scripts.removeQuestion", { name: row.name }),
      content: t("scripts.removeHelp"),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(row.id),
    });
  return [
    {
      title: t("scripts.name"),
      render: (_, row) => (
        <Flex vertical>
          <Link to={`/scripts/${row.id}`}>{row.name}</Link>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t("scripts.size", { pages: row.pages, questions: row.questions })}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("scripts.kindLabel"),
      render: (_, row) => (
        <Tag variant="filled" color={row.kind === "questionnaire" ? "processing" : "default"}>
          {t(`scripts.kind.${row.kind}`)}
        </Tag>
      ),
    },
    { title: t("common.status"), render: (_, row) => <ScriptStatus script={row} /> },
    {
      title: t("navigation.campaigns"),
      render: (_, row) =>
        row.campaigns.length === 0
          ? "–"
          : row.campaigns.map((campaign) => (
              <div key={campaign.id}>
                <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
              </div>
            )),
    },
    { title: t("scripts.changedAt"), render: (_, row) => formatInstant(row.updatedAt) },
    {
      title: t("common.actions"),
      render: (_, row) => (
        <Space>
          {mayReport && (
            <Link to={`/scripts/${row.id}/results`}>
              <Button size="small">{t("scripts.results")}</Button>
            </Link>
          )}
          {may && (
            <Button size="small" onClick={() => onCopy(row)}>
              {t("common.copy")}
            </Button>
          )}
          {may && (
            <Button size="small" onClick={() => ask(row)}>
              {t("common.delete")}
            </Button>
          )}
        </Space>
      ),
    },
  ];
}

export function ScriptsPage() {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const { values, set, page, pageSize, any } = useUrlFilter(keys);
  const [adds, setAdds] = useState(false);
  const [copied, setCopied] = useState<ScriptRow | null>(null);
  const query = useScripts({
    page,
    pageSize,
    search: values.search,
    kind: values.kind as ScriptKind | undefined,
  });
  const columns = useColumns(may, setCopied);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdds(true)}>
      {t("scripts.add")}
    </Button>
  );
  return (
    <Page
      title={t("navigation.scripts")}
      help={t("scripts.help")}
      actions={
        may && (
          <>
            <ImportScript />
            {add}
          </>
        )
      }
    >
      <DataTable
        label={t("navigation.scripts")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={
          any ? (
            <EmptyState text={t("common.nothingFound")} />
          ) : (
            <EmptyState text={t("scripts.none")} action={may && add} />
          )
        }
        filters={
          <FilterBar onReset={any && (() => set({ search: null, kind: null }))}>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("scripts.searchByName")}
            />
            <SelectFilter
              value={values.kind}
              onChange={(kind) => set({ kind })}
              placeholder={t("scripts.kindLabel")}
              options={scriptKinds.map((value) => ({ value, label: t(`scripts.kind.${value}`) }))}
            />
          </FilterBar>
        }
      />
      {adds && <NewScript onClose={() => setAdds(false)} />}
      {copied && <CopyScript script={copied} onClose={() => setCopied(null)} />}
    </Page>
  );
}
