import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Progress, Segmented, type TableColumnsType, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { ListRow } from "../../../shared/lists.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useLists } from "./list-api.ts";
import { ListForm } from "./list-form.tsx";

const keys = ["search", "archived"] as const;

function useColumns(): TableColumnsType<ListRow> {
  const { t } = useTranslation();
  return [
    { title: t("lists.name"), render: (_, list) => <Link to={`/lists/${list.id}`}>{list.name}</Link> },
    {
      title: t("lists.progress"),
      render: (_, { leads }) => (
        <Tooltip
          title={t("lists.readyOf", { ready: formatNumber(leads.ready), total: formatNumber(leads.total) })}
        >
          <Progress
            style={{ width: 140 }}
            size={{ height: 6 }}
            percent={leads.total === 0 ? 0 : Math.round((leads.done / leads.total) * 100)}
            aria-label={t("lists.progress")}
          />
        </Tooltip>
      ),
    },
    { title: t("lists.total"), align: "right", render: (_, list) => formatNumber(list.leads.total) },
    {
      title: t("lists.leadStatus.ready"),
      align: "right",
      render: (_, list) => (
        <Link to={`/lists/${list.id}?status=ready`}>{formatNumber(list.leads.ready)}</Link>
      ),
    },
    {
      title: t("lists.leadStatus.callback"),
      align: "right",
      render: (_, list) => (
        <Link to={`/lists/${list.id}?status=callback`}>{formatNumber(list.leads.callback)}</Link>
      ),
    },
    {
      title: t("lists.leadStatus.done"),
      align: "right",
      render: (_, list) => <Link to={`/lists/${list.id}?status=done`}>{formatNumber(list.leads.done)}</Link>,
    },
    { title: t("common.created"), render: (_, list) => formatInstant(list.createdAt) },
  ];
}

export function ListsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("leads.import");
  const { values, set, page, pageSize } = useUrlFilter(keys);
  const archived = values.archived === "true";
  const query = useLists({ page, pageSize, search: values.search, archived });
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("lists.add")}
    </Button>
  );
  return (
    <Page title={t("navigation.lists")} help={t("lists.help")} actions={may && add}>
      <DataTable
        label={t("navigation.lists")}
        query={query}
        columns={columns}
        rowKey={(list) => list.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={
          values.search || archived ? (
            <EmptyState text={t("common.nothingFound")} />
          ) : (
            <EmptyState text={t("lists.none")} action={may && add} />
          )
        }
        filters={
          <FilterBar>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("lists.searchByName")}
            />
            <Flex>
              <Segmented
                value={archived ? "archived" : "current"}
                options={[
                  { value: "current", label: t("lists.current") },
                  { value: "archived", label: t("lists.archived") },
                ]}
                onChange={(value) => set({ archived: value === "archived" ? "true" : null })}
              />
            </Flex>
          </FilterBar>
        }
      />
      {adding && (
        <ListForm
          list={null}
          onClose={() => setAdding(false)}
          onSaved={(list) => void navigate(`/lists/${list.id}/import`)}
        />
      )}
    </Page>
  );
}
