import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Select, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pageOf } from "../../../shared/common.ts";
import {
  doNotCallAdded,
  doNotCallInput,
  type DoNotCallRow,
  doNotCallRow,
} from "../../../shared/do-not-call.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { NumberCheckCard } from "./number-check.tsx";
import { RegistersCard } from "./registers-card.tsx";
import { useDanger } from "../../ui/use-danger.ts";

const doNotCallKey = ["do-not-call"] as const;
const keys = ["search", "campaignId"] as const;

interface Fields {
  phones: string;
  campaignId?: number;
  reason?: string;
}

function AddNumbers({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const campaigns = useCampaigns({ pageSize: 500 });
  const add = useAct(
    (fields: Fields) =>
      api.post(
        "/do-not-call",
        doNotCallAdded,
        doNotCallInput.parse({ ...fields, campaignId: fields.campaignId ?? null }),
      ),
    {
      stale: [doNotCallKey],
      onDone: ({ added, known, invalid }) => {
        onClose();
        const count = { added: formatNumber(added), known: formatNumber(known) };
        modal[invalid.length > 0 ? "warning" : "success"]({
          title: t("doNotCall.added", count),
          content: invalid.length > 0 && (
            <>
              {t("doNotCall.invalid")}
              <pre style={{ maxHeight: 200, overflow: "auto" }}>{invalid.join("\n")}</pre>
            </>
          ),
        });
      },
    },
  );
  return (
    <ModalForm<Fields>
      title={t("doNotCall.add")}
      isPending={add.isPending}
      onSubmit={(fields) => add.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item
        name="phones"
        label={t("doNotCall.numbers")}
        extra={t("doNotCall.numbersHelp")}
        rules={[{ required: true }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
      <Form.Item name="campaignId" label={t("doNotCall.scope")}>
        <Select
          allowClear
          placeholder={t("doNotCall.everywhere")}
          showSearch={{ optionFilterProp: "label" }}
          options={(campaigns.data?.items ?? []).map((c) => ({ value: c.id, label: c.name }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t("lists.reason")} rules={[{ max: 500 }]}>
        <Input />
      </Form.Item>
    </ModalForm>
  );
}

export function DoNotCallPage() {
  const { t } = useTranslation();
  const danger = useDanger();
  const may = useCan("compliance.manage");
  const { values, set, page, pageSize, any } = useUrlFilter(keys);
  const [adding, setAdding] = useState(false);
  const campaigns = useCampaigns({ pageSize: 500 });
  const query = useQuery({
    queryKey: [...doNotCallKey, values, page, pageSize],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get("/do-not-call", pageOf(doNotCallRow), { ...values, page, pageSize }, signal),
  });
  const remove = useAct((id: number) => api.delete(`/do-not-call/${id}`), { stale: [doNotCallKey] });
  const ask = (row: DoNotCallRow) =>
    danger({
      title: t("doNotCall.removeQuestion", { phone: formatPhone(row.phone) }),
      content: t("doNotCall.removeHelp"),
      okText: t("common.remove"),
      onOk: () => remove.mutateAsync(row.id),
    });
  const columns: TableColumnsType<DoNotCallRow> = [
    { title: t("common.phone"), render: (_, row) => formatPhone(row.phone) },
    { title: t("doNotCall.scope"), render: (_, row) => row.campaign?.name ?? t("doNotCall.everywhere") },
    {
      title: t("doNotCall.source"),
      render: (_, row) => t(`doNotCall.sources.${row.source}`, { defaultValue: row.source }),
    },
    { title: t("lists.reason"), render: (_, row) => row.reason || "–" },
    {
      title: t("doNotCall.until"),
      render: (_, row) => (row.expiresAt ? formatInstant(row.expiresAt) : t("doNotCall.forever")),
    },
    {
      title: t("common.created"),
      render: (_, row) => `${formatInstant(row.createdAt)}${row.by === null ? "" : ` ${row.by}`}`,
    },
    ...(may
      ? [
          {
            title: t("common.actions"),
            render: (_: unknown, row: DoNotCallRow) => (
              <Button size="small" onClick={() => ask(row)}>
                {t("common.remove")}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={t("navigation.do-not-call")}
      help={t("doNotCall.help")}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("doNotCall.add")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("navigation.do-not-call")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t(any ? "common.nothingFound" : "doNotCall.none")} />}
        filters={
          <FilterBar onReset={any && (() => set({ search: null, campaignId: null }))}>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("common.phone")}
            />
            <SelectFilter
              value={values.campaignId}
              onChange={(campaignId) => set({ campaignId })}
              placeholder={t("doNotCall.scope")}
              searchable
              options={(campaigns.data?.items ?? []).map((c) => ({ value: String(c.id), label: c.name }))}
            />
          </FilterBar>
        }
      />
      <NumberCheckCard />
      <RegistersCard />
      {adding && <AddNumbers onClose={() => setAdding(false)} />}
    </Page>
  );
}
