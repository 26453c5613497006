import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { CustomerRow } from "../../../shared/customers.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useCustomers } from "./customer-api.ts";
import { CustomerForm } from "./customer-form.tsx";

const keys = ["search"] as const;

function useColumns(): TableColumnsType<CustomerRow> {
  const { t } = useTranslation();
  return [
    {
      title: t("common.name"),
      render: (_, row) => <Link to={`/customers/${row.id}`}>{row.name || t("customers.noName")}</Link>,
    },
    { title: t("customers.organisation"), render: (_, row) => row.organisation || "–" },
    {
      title: t("customers.phones"),
      render: (_, row) => (
        <Flex wrap gap="2px 14px" style={{ maxWidth: 420 }}>
          {row.phones.map(({ phone }) => (
            <Phone key={phone} value={phone} customerId={row.id} />
          ))}
        </Flex>
      ),
    },
    { title: t("customers.email"), render: (_, row) => row.email ?? "–" },
    { title: t("customers.updated"), render: (_, row) => formatInstant(row.updatedAt) },
  ];
}

export function CustomersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("customers.manage");
  const { values, set, page, pageSize } = useUrlFilter(keys);
  const query = useCustomers({ page, pageSize, search: values.search });
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t("navigation.customers")}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("customers.add")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("navigation.customers")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t(values.search ? "common.nothingFound" : "customers.none")} />}
        filters={
          <FilterBar>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("customers.search")}
            />
          </FilterBar>
        }
      />
      {adding && (
        <CustomerForm
          customer={null}
          onClose={() => setAdding(false)}
          onSaved={(saved) => void navigate(`/customers/${saved.id}`)}
        />
      )}
    </Page>
  );
}
