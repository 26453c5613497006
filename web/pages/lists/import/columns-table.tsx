import { Flex, Input, Select, Table, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type ColumnMapping, columnRoles, type ImportPreview } from "../../../../shared/imports.ts";
import type { PhoneKind } from "../../../../shared/after-call.ts";
import { phoneKinds } from "../../../../shared/customers.ts";
import { formatPhone } from "../../../lib/format-phone.ts";
import { withRole } from "./mapping.ts";

interface Props {
  preview: ImportPreview;
  columns: ColumnMapping[];
  onChange: (columns: ColumnMapping[]) => void;
}

interface HeadProps {
  header: string;
  mapping: ColumnMapping;
  onChange: (mapping: ColumnMapping) => void;
  index: number;
}

function Head({ header, mapping, onChange, index }: HeadProps) {
  const { t } = useTranslation();
  const name = header || t("imports.column", { number: index + 1 });
  return (
    <Flex vertical gap={4} style={{ minWidth: 140 }}>
      <Typography.Text strong ellipsis style={{ maxWidth: 200 }}>
        {name}
      </Typography.Text>
      <Select
        size="small"
        value={mapping.role}
        aria-label={t("imports.roleOf", { column: name })}
        options={columnRoles.map((value) => ({ value, label: t(`imports.role.${value}`) }))}
        onChange={(role) => onChange(withRole(role, header, index))}
      />
      {mapping.role === "phone" && (
        <Select<PhoneKind | "">
          size="small"
          value={mapping.kind ?? ""}
          popupMatchSelectWidth={false}
          aria-label={t("leadNumbers.kindOf", { phone: name })}
          options={[
            { value: "", label: t("leadNumbers.byNumber") },
            ...phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) })),
          ]}
          onChange={(kind) => onChange(kind === "" ? { role: "phone" } : { role: "phone", kind })}
        />
      )}
      {mapping.role === "field" && (
        <Input
          size="small"
          value={mapping.label}
          maxLength={100}
          aria-label={t("imports.labelOf", { column: name })}
          onChange={(event) => onChange({ ...mapping, label: event.target.value })}
        />
      )}
      {mapping.role !== "field" && mapping.role !== "phone" && <div style={{ height: 26 }} />}
    </Flex>
  );
}

/** The first rows of the file under what each column will become, and the numbers as they will be dialled. */
export function ColumnsTable({ preview, columns, onChange }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const rows = preview.rows.map((cells, index) => ({ key: index, cells, phone: preview.phones[index] }));
  return (
    <Table
      size="small"
      className="num"
      bordered
      pagination={false}
      dataSource={rows.slice(0, 10)}
      scroll={{ x: "max-content" }}
      columns={[
        {
          title: t("imports.dialled"),
          fixed: "left" as const,
          render: (_, { phone }) =>
            phone?.phone ? (
              <Flex vertical>
                {formatPhone(phone.phone)}
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {phone.timeZone}
                </Typography.Text>
              </Flex>
            ) : (
              <Typography.Text type="danger">{t("imports.noNumber")}</Typography.Text>
            ),
        },
        ...preview.columns.map(({ header }, index) => {
          const mapping = columns[index] ?? { role: "ignore" as const };
          return {
            key: `column-${index}`,
            title: (
              <Head
                header={header}
                mapping={mapping}
                index={index}
                onChange={(changed) => onChange(columns.map((old, i) => (i === index ? changed : old)))}
              />
            ),
            render: (_: unknown, { cells }: { cells: string[] }) => (
              <span style={mapping.role === "ignore" ? { color: token.colorTextQuaternary } : {}}>
                {(cells[index] ?? "").slice(0, 80)}
              </span>
            ),
          };
        }),
      ]}
    />
  );
}
