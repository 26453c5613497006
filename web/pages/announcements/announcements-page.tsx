import { ExperimentOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Space, Switch, type TableColumnsType, Tag, Typography, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  announcementRow,
  type AnnouncementRow,
  type AnnouncementTrial,
} from "../../../shared/announcements.ts";
import { api, apiUrl } from "../../lib/api.ts";
import { formatDuration, formatInstant, formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { announcementsKey, tryFile, useAnnouncements } from "./announcement-api.ts";
import { ChangeForm, UploadForm } from "./announcement-forms.tsx";
import { EarlyMediaTable } from "./early-media-table.tsx";
import { SoundButton } from "../../ui/sound-button.tsx";
import { Trial } from "./trial.tsx";
import { useDanger } from "../../ui/use-danger.ts";

function useColumns(
  may: boolean,
  onChange: (row: AnnouncementRow) => void,
): TableColumnsType<AnnouncementRow> {
  const { t } = useTranslation();
  const danger = useDanger();
  const enable = useAct(
    ({ id, name, cause, enabled }: AnnouncementRow) =>
      api.put(`/announcements/${id}`, announcementRow, { name, cause, enabled }),
    { stale: [announcementsKey] },
  );
  const remove = useAct((id: number) => api.delete(`/announcements/${id}`), { stale: [announcementsKey] });
  const ask = (row: AnnouncementRow) =>
    danger({
      title: t("announcements.removeQuestion", { name: row.name }),
      content: t("announcements.removeHelp"),
      okText: t("common.remove"),
      onOk: () => remove.mutateAsync(row.id),
    });
  return [
    {
      title: t("announcements.listen"),
      width: 70,
      render: (_, row) => (
        <SoundButton url={apiUrl(`/announcements/${row.id}/audio`)} label={t("announcements.listen")} />
      ),
    },
    { title: t("announcements.name"), dataIndex: "name" },
    {
      title: t("announcements.cause"),
      render: (_, row) => <Tag variant="filled">{t(`cause.${row.cause}`)}</Tag>,
    },
    {
      title: t("announcements.duration"),
      align: "right",
      render: (_, row) => formatDuration(row.durationMs),
    },
    { title: t("announcements.hits"), align: "right", render: (_, row) => formatNumber(row.hits) },
    {
      title: t("announcements.lastHeard"),
      render: (_, row) => (row.lastHeardAt ? formatInstant(row.lastHeardAt) : "–"),
    },
    {
      title: t("announcements.enabled"),
      render: (_, row) => (
        <Switch
          checked={row.enabled}
          disabled={!may}
          aria-label={t("announcements.enabledOf", { name: row.name })}
          loading={enable.isPending && enable.variables.id === row.id}
          onChange={(enabled) => enable.mutate({ ...row, enabled })}
        />
      ),
    },
    {
      title: t("common.actions"),
      render: (_, row) =>
        may && (
          <Space>
            <Button size="small" onClick={() => onChange(row)}>
              {t("announcements.edit")}
            </Button>
            <Button size="small" onClick={() => ask(row)}>
              {t("common.remove")}
            </Button>
          </Space>
        ),
    },
  ];
}

export function AnnouncementsPage() {
  const { t } = useTranslation();
  const may = useCan("trunks.manage");
  const query = useAnnouncements();
  const [form, setForm] = useState<AnnouncementRow | "upload" | null>(null);
  const [trial, setTrial] = useState<AnnouncementTrial | null>(null);
  const listen = useAct(tryFile, { onDone: setTrial });
  const columns = useColumns(may, setForm);
  const close = () => setForm(null);
  return (
    <Page
      title={t("navigation.announcements")}
      help={t("announcements.help")}
      actions={
        may && (
          <>
            <Upload
              accept=".wav,audio/wav"
              showUploadList={false}
              beforeUpload={(file) => {
                listen.mutate(file);
                return false;
              }}
            >
              <Button icon={<ExperimentOutlined />} loading={listen.isPending}>
                {t("announcements.try")}
              </Button>
            </Upload>
            <Button type="primary" icon={<UploadOutlined />} onClick={() => setForm("upload")}>
              {t("announcements.upload")}
            </Button>
          </>
        )
      }
    >
      <DataTable
        label={t("navigation.announcements")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("announcements.none")} />}
      />
      {may && (
        <>
          <Typography.Title level={2} style={{ fontSize: 16, margin: "8px 0 0" }}>
            {t("announcements.fromCalls")}
          </Typography.Title>
          <EarlyMediaTable onTrial={setTrial} />
        </>
      )}
      {form === "upload" && <UploadForm onClose={close} />}
      {form !== null && form !== "upload" && <ChangeForm row={form} onClose={close} />}
      {trial && <Trial trial={trial} onClose={() => setTrial(null)} />}
    </Page>
  );
}
