import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, type TableColumnsType, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ivrFlowDetail, type IvrFlowRow } from "../../../shared/ivr/flow.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter } from "../../ui/filters.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDelete } from "../../ui/use-delete.tsx";
import { useDanger } from "../../ui/use-danger.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { newDocument } from "./document.ts";
import { FlowStatus } from "./flow-status.tsx";
import { flowsKey, useFlows } from "./flow-api.ts";

const keys = ["search"] as const;

function useColumns(may: boolean): TableColumnsType<IvrFlowRow> {
  const { t } = useTranslation();
  const danger = useDanger();
  const remove = useDelete((id: number) => api.delete(`/ivr/flows/${id}`), {
    stale: [flowsKey],
    said: t("common.deleted"),
  });
  return [
    {
      title: t("ivr.name"),
      render: (_, row) => (
        <Flex vertical>
          <Link to={`/ivr/${row.id}`}>{row.name}</Link>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t("ivr.blockCount", { count: row.blocks })}
          </Typography.Text>
        </Flex>
      ),
    },
    { title: t("common.status"), render: (_, row) => <FlowStatus flow={row} /> },
    {
      title: t("navigation.numbers"),
      render: (_, row) =>
        row.numbers.length === 0
          ? "–"
          : row.numbers.map((number) => <div key={number}>{formatPhone(number)}</div>),
    },
    { title: t("ivr.changedAt"), render: (_, row) => formatInstant(row.updatedAt) },
    ...(may
      ? [
          {
            title: t("common.actions"),
            render: (_: unknown, row: IvrFlowRow) => (
              <Button
                size="small"
                aria-label={`${t("common.delete")}: ${row.name}`}
                onClick={() =>
                  danger({
                    title: t("ivr.removeQuestion", { name: row.name }),
                    content: t("ivr.removeHelp"),
                    okText: t("common.delete"),
                    onOk: () => remove.ask(row.id),
                  })
                }
              >
                {t("common.delete")}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

export function IvrFlowsPage() {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const { values, set, page, pageSize, any } = useUrlFilter(keys);
  const [adds, setAdds] = useState(false);
  const query = useFlows({ page, pageSize, search: values.search });
  const columns = useColumns(may);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdds(true)}>
      {t("ivr.add")}
    </Button>
  );
  return (
    <Page title={t("navigation.ivr")} help={t("ivr.pageHelp")} actions={may && add}>
      <DataTable
        label={t("navigation.ivr")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={
          any ? (
            <EmptyState text={t("common.nothingFound")} />
          ) : (
            <EmptyState text={t("ivr.none")} action={may && add} />
          )
        }
        filters={
          <FilterBar onReset={any && (() => set({ search: null }))}>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("ivr.searchByName")}
            />
          </FilterBar>
        }
      />
      {adds && <NewFlow onClose={() => setAdds(false)} />}
    </Page>
  );
}

function NewFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useAct(
    ({ name }: { name: string }) => api.post("/ivr/flows", ivrFlowDetail, { name, document: newDocument() }),
    { stale: [flowsKey], onDone: ({ id }) => void navigate(`/ivr/${id}`) },
  );
  return (
    <ModalForm<{ name: string }>
      title={t("ivr.add")}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("ivr.name")}
        rules={[
          { required: true, whitespace: true, message: t("common.isRequired", { label: t("ivr.name") }) },
        ]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
    </ModalForm>
  );
}
