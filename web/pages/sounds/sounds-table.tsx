import { UploadOutlined } from "@ant-design/icons";
import { Button, Form, Input, Space, type TableColumnsType, Tag, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { soundRow, type SoundRow } from "../../../shared/sounds.ts";
import { api, apiUrl } from "../../lib/api.ts";
import { formatBytes, formatDuration, formatInstant } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { SoundButton } from "../../ui/sound-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDelete } from "../../ui/use-delete.tsx";
import { soundsKey, uploadSound, useSounds } from "./sound-api.ts";
import { useDanger } from "../../ui/use-danger.ts";

const nameOf = (file: File) => file.name.replace(/\.wav$/i, "").slice(0, 100);

function Rename({ row, onClose }: { row: SoundRow; onClose: () => void }) {
  const { t } = useTranslation();
  const rename = useAct((fields: { name: string }) => api.put(`/sounds/${row.id}`, soundRow, fields), {
    stale: [soundsKey],
    said: t("common.saved"),
    onDone: onClose,
  });
  return (
    <ModalForm<{ name: string }>
      title={row.name}
      initialValues={row}
      isPending={rename.isPending}
      onSubmit={(fields) => rename.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("sounds.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
    </ModalForm>
  );
}

function Uses({ row }: { row: SoundRow }) {
  const { t } = useTranslation();
  if (row.prompts.length === 0 && !row.isHoldMusic) return "–";
  return (
    <Space wrap size={4}>
      {row.isHoldMusic && (
        <Tag variant="filled" color="processing">
          {t("sounds.holdMusic")}
        </Tag>
      )}
      {row.prompts.map((name) => (
        <Tag key={name} variant="filled">
          {name}
        </Tag>
      ))}
    </Space>
  );
}

export function SoundsTable({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const query = useSounds();
  const [renaming, setRenaming] = useState<SoundRow | null>(null);
  const add = useAct(uploadSound, { stale: [soundsKey], said: t("common.saved") });
  const remove = useDelete((id: number) => api.delete(`/sounds/${id}`), { stale: [soundsKey] });
  const ask = (row: SoundRow) =>
    danger({
      title: t("sounds.removeQuestion", { name: row.name }),
      okText: t("common.remove"),
      onOk: () => remove.ask(row.id),
    });
  const columns: TableColumnsType<SoundRow> = [
    {
      title: t("sounds.listen"),
      width: 70,
      render: (_, row) => <SoundButton url={apiUrl(`/sounds/${row.id}/audio`)} label={t("sounds.listen")} />,
    },
    { title: t("sounds.name"), dataIndex: "name" },
    { title: t("sounds.duration"), align: "right", render: (_, row) => formatDuration(row.durationMs) },
    { title: t("sounds.size"), align: "right", render: (_, row) => formatBytes(row.bytes) },
    { title: t("sounds.usedBy"), render: (_, row) => <Uses row={row} /> },
    { title: t("common.created"), render: (_, row) => formatInstant(row.createdAt) },
    {
      title: t("common.actions"),
      render: (_, row) =>
        may && (
          <Space>
            <Button size="small" onClick={() => setRenaming(row)}>
              {t("sounds.rename")}
            </Button>
            <Button size="small" onClick={() => ask(row)}>
              {t("common.remove")}
            </Button>
          </Space>
        ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("sounds.sounds")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("sounds.noSounds")} />}
        filters={
          may && (
            <Upload
              accept=".wav,audio/wav"
              showUploadList={false}
              beforeUpload={(file) => {
                add.mutate({ name: nameOf(file), file });
                return false;
              }}
            >
              <Button icon={<UploadOutlined />} loading={add.isPending}>
                {t("sounds.upload")}
              </Button>
            </Upload>
          )
        }
      />
      {renaming && <Rename row={renaming} onClose={() => setRenaming(null)} />}
    </>
  );
}
