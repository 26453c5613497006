import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType, Typography } from "antd";
import { type ComponentProps, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "./data-table.tsx";
import { DeleteButton } from "./delete-button.tsx";
import { EmptyState } from "./states.tsx";

interface Named {
  id: number;
  name: string;
}

interface Props<Row extends Named> {
  query: ComponentProps<typeof DataTable<Row>>["query"];
  /** What this table lists, for screen readers. */
  label: string;
  /** May they be made, changed and deleted? */
  may: boolean;
  words: { name: string; add: string; none: string; deleteHelp: string };
  /** Under a name. */
  about?: (row: Row) => string;
  /** After the name. */
  columns: TableColumnsType<Row>;
  onDelete: (id: number) => Promise<unknown>;
  /** For one that is there, or, with null, for a new one. */
  renderForm: (row: Row | null, close: () => void) => ReactNode;
}

/** What people make and call by a name: a table, a form behind each name, and each deleted once that was asked. */
export function NamedTable<Row extends Named>(props: Props<Row>) {
  const { t } = useTranslation();
  const { may, words, about } = props;
  const [editing, setEditing] = useState<Row | "new" | null>(null);
  const columns: TableColumnsType<Row> = [
    {
      title: words.name,
      render: (_, row) => (
        <Flex vertical>
          {may ? (
            <Button
              type="link"
              style={{ padding: 0, height: "auto", justifyContent: "start" }}
              onClick={() => setEditing(row)}
            >
              {row.name}
            </Button>
          ) : (
            row.name
          )}
          {about && <Typography.Text type="secondary">{about(row)}</Typography.Text>}
        </Flex>
      ),
    },
    ...props.columns,
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("common.deleteQuestion", { name })}
          help={words.deleteHelp}
          onDelete={() => props.onDelete(id)}
        />
      ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {may && (
        <Flex>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {words.add}
          </Button>
        </Flex>
      )}
      <DataTable
        label={props.label}
        query={props.query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={words.none} />}
      />
      {editing && props.renderForm(editing === "new" ? null : editing, () => setEditing(null))}
    </Flex>
  );
}
