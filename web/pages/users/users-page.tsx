import { PlusOutlined } from "@ant-design/icons";
import { Badge, Button, Flex, type TableColumnsType, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { roles } from "../../../shared/permissions.ts";
import type { User } from "../../../shared/users.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { OrgUnits } from "./org-units.tsx";
import { RolesTable } from "./roles-table.tsx";
import { UserForm } from "./user-form.tsx";
import { useDirectNumbers, useOrgUnits, useUsers } from "./user-api.ts";
import { UserPassword } from "./user-password.tsx";

const keys = ["search", "role", "active", "tab"] as const;

function UsersTable() {
  const { t } = useTranslation();
  const may = useCan("users.manage");
  const { values, set, page, pageSize } = useUrlFilter(keys);
  const query = useUsers({
    page,
    pageSize,
    search: values.search,
    role: values.role,
    active: values.active ?? "true",
  });
  const units = useOrgUnits();
  const directNumbers = useDirectNumbers();
  const directNumberOf = (id: number) => directNumbers.data?.get(id);
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [resetting, setResetting] = useState<User | null>(null);
  const unitName = (id: number | null) => units.data?.find((unit) => unit.id === id)?.name ?? "–";
  const columns: TableColumnsType<User> = [
    {
      title: t("common.name"),
      render: (_, user) =>
        may ? (
          <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setEditing(user)}>
            {user.name}
          </Button>
        ) : (
          user.name
        ),
    },
    { title: t("common.login"), dataIndex: "login" },
    { title: t("common.role"), render: (_, user) => t(`role.${user.role}`) },
    { title: t("users.unit"), render: (_, user) => unitName(user.orgUnitId) },
    { title: t("users.extension"), render: (_, user) => user.extension ?? "–" },
    {
      title: t("users.directNumber"),
      render: (_, user) => {
        const number = directNumberOf(user.id);
        return number === undefined ? "–" : formatPhone(number);
      },
    },
    {
      title: t("common.status"),
      render: (_, user) => (
        <Badge
          status={user.active ? "success" : "default"}
          text={t(user.active ? "users.active" : "users.inactive")}
        />
      ),
    },
    { title: t("common.created"), render: (_, user) => formatInstant(user.createdAt, "day") },
    ...(may
      ? [
          {
            title: t("common.actions"),
            render: (_: unknown, user: User) => (
              <Button size="small" onClick={() => setResetting(user)}>
                {t("users.resetPassword")}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable
        label={t("navigation.users")}
        query={query}
        columns={columns}
        rowKey={(user) => user.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t("common.nothingFound")} />}
        filters={
          <FilterBar>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("users.search")}
            />
            <SelectFilter
              value={values.role}
              onChange={(role) => set({ role })}
              placeholder={t("common.role")}
              options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            />
            <SelectFilter
              value={values.active}
              onChange={(active) => set({ active })}
              placeholder={t("users.active")}
              width={120}
              options={[
                { value: "true", label: t("users.active") },
                { value: "false", label: t("users.inactive") },
              ]}
            />
            <Flex flex={1} justify="flex-end">
              {may && (
                <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
                  {t("users.add")}
                </Button>
              )}
            </Flex>
          </FilterBar>
        }
      />
      {editing && directNumbers.data && (
        <UserForm
          user={editing === "new" ? null : editing}
          directNumber={editing === "new" ? undefined : directNumberOf(editing.id)}
          onClose={() => setEditing(null)}
        />
      )}
      {resetting && <UserPassword user={resetting} onClose={() => setResetting(null)} />}
    </>
  );
}

export function UsersPage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  return (
    <Page title={t("users.title")}>
      <Tabs
        activeKey={values.tab ?? "users"}
        onChange={(tab) => set({ tab: tab === "users" ? null : tab })}
        items={[
          { key: "users", label: t("navigation.users"), children: <UsersTable /> },
          { key: "units", label: t("users.units"), children: <OrgUnits /> },
          { key: "roles", label: t("users.roles"), children: <RolesTable /> },
        ]}
      />
    </Page>
  );
}
