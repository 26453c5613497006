import { PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Space, type TableColumnsType, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PromptRow } from "../../../shared/sounds.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { PromptForm } from "./prompt-form.tsx";
import { promptsKey, soundsKey, usePrompts, useVoice } from "./sound-api.ts";
import { useDanger } from "../../ui/use-danger.ts";

export function PromptsTable({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const query = usePrompts();
  const voice = useVoice().data;
  const [editing, setEditing] = useState<PromptRow | "new" | null>(null);
  const remove = useDelete((id: number) => api.delete(`/prompts/${id}`), { stale: [promptsKey, soundsKey] });
  const ask = (row: PromptRow) =>
    danger({
      title: t("sounds.removeQuestion", { name: row.name }),
      okText: t("common.remove"),
      onOk: () => remove.ask(row.id),
    });
  const columns: TableColumnsType<PromptRow> = [
    {
      title: t("sounds.name"),
      render: (_, row) => (
        <Space>
          {row.name}
          {row.isAbandonMessage && (
            <Tag variant="filled" color="processing">
              {t("sounds.abandonMessage")}
            </Tag>
          )}
          {row.isVoicemailNotice && (
            <Tag variant="filled" color="processing">
              {t("sounds.voicemailNotice")}
            </Tag>
          )}
        </Space>
      ),
    },
    { title: t("sounds.language"), render: (_, row) => t(`sounds.languages.${row.language}`) },
    {
      title: t("sounds.says"),
      render: (_, row) => (
        <Typography.Text type="secondary" ellipsis style={{ maxWidth: 420 }}>
          {row.parts
            .map((part) => (part.kind === "text" ? part.text : `[${t(`sounds.part.${part.kind}`)}]`))
            .join(" ")}
        </Typography.Text>
      ),
    },
    { title: t("sounds.changed"), render: (_, row) => formatInstant(row.updatedAt) },
    {
      title: t("common.actions"),
      render: (_, row) =>
        may && (
          <Space>
            <Button size="small" onClick={() => setEditing(row)}>
              {t("common.edit")}
            </Button>
            <Button size="small" onClick={() => ask(row)}>
              {t("common.remove")}
            </Button>
          </Space>
        ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {voice?.problem && (
        <Alert
          type="warning"
          showIcon
          title={t("sounds.noVoice")}
          description={t(`errors.${voice.problem}`)}
        />
      )}
      <DataTable
        label={t("sounds.prompts")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("sounds.noPrompts")} />}
        filters={
          may && (
            <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>
              {t("sounds.addPrompt")}
            </Button>
          )
        }
      />
      {editing && <PromptForm prompt={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Flex>
  );
}
