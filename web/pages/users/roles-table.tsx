import { CheckOutlined } from "@ant-design/icons";
import { Card, Table } from "antd";
import { useTranslation } from "react-i18next";
import {
  type Permission,
  permissions,
  rolePermissions,
  roles,
  roleScope,
} from "../../../shared/permissions.ts";

/** What each role may do, and whose records it sees. */
export function RolesTable() {
  const { t } = useTranslation();
  const rows: (Permission | "scope")[] = ["scope", ...permissions];
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => row}
        dataSource={rows}
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: t("users.permission"),
            render: (_, row) =>
              row === "scope" ? (
                <strong>{t("users.scopeLabel")}</strong>
              ) : (
                t(`permission.${row.replace(".", "-")}`)
              ),
          },
          ...roles.map((role) => ({
            title: t(`role.${role}`),
            align: "center" as const,
            render: (_: unknown, row: Permission | "scope") => {
              if (row === "scope") return t(`users.scope.${roleScope[role]}`);
              return rolePermissions[role].includes(row) && <CheckOutlined aria-label={t("common.yes")} />;
            },
          })),
        ]}
      />
    </Card>
  );
}
