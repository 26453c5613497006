import { UploadOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, InputNumber, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  announcementCauses,
  announcementRow,
  type AnnouncementRow,
  type EarlyMediaRow,
} from "../../../shared/announcements.ts";
import { api, apiUrl } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { announcementsKey, trainFromFile } from "./announcement-api.ts";

interface Named {
  name: string;
  cause: AnnouncementRow["cause"];
}

function NameAndCause() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="name" label={t("announcements.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="cause" label={t("announcements.cause")} rules={[{ required: true }]}>
        <Select options={announcementCauses.map((value) => ({ value, label: t(`cause.${value}`) }))} />
      </Form.Item>
    </>
  );
}

function useSaved(onClose: () => void, said: string) {
  return { stale: [announcementsKey], said, onDone: onClose };
}

export function UploadForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [asked, setAsked] = useState(false);
  const train = useAct(trainFromFile, useSaved(onClose, t("announcements.trained")));
  return (
    <ModalForm<Named>
      title={t("announcements.uploadTitle")}
      isPending={train.isPending}
      onSubmit={(fields) => {
        setAsked(true);
        if (file) train.mutate({ ...fields, file });
      }}
      onClose={onClose}
    >
      <Form.Item
        label={t("announcements.file")}
        extra={t("announcements.fileHelp")}
        {...(asked && !file ? { validateStatus: "error" as const, help: t("announcements.fileNeeded") } : {})}
      >
        <Upload
          accept=".wav,audio/wav"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen);
            return false;
          }}
          onRemove={() => setFile(null)}
        >
          <Button icon={<UploadOutlined />}>{t("announcements.pickFile")}</Button>
        </Upload>
      </Form.Item>
      <NameAndCause />
    </ModalForm>
  );
}

export function ChangeForm({ row, onClose }: { row: AnnouncementRow; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useAct(
    (fields: Named) =>
      api.put(`/announcements/${row.id}`, announcementRow, { ...fields, enabled: row.enabled }),
    useSaved(onClose, t("common.saved")),
  );
  return (
    <ModalForm<Named>
      title={row.name}
      initialValues={row}
      isPending={change.isPending}
      onSubmit={(fields) => change.mutate(fields)}
      onClose={onClose}
    >
      <NameAndCause />
    </ModalForm>
  );
}

interface FromCall extends Named {
  from: number;
  to: number;
}

export function FromCallForm({ sample, onClose }: { sample: EarlyMediaRow; onClose: () => void }) {
  const { t } = useTranslation();
  const seconds = Math.floor(sample.durationMs / 100) / 10;
  const train = useAct(
    ({ from, to, ...fields }: FromCall) =>
      api.post("/announcements/from-call", announcementRow, {
        ...fields,
        callId: sample.callId,
        span: { fromMs: Math.round(from * 1000), toMs: Math.round(to * 1000) },
      }),
    useSaved(onClose, t("announcements.trained")),
  );
  const bounds = { min: 0, max: seconds, step: 0.1, precision: 1, suffix: t("announcements.seconds") };
  return (
    <ModalForm<FromCall>
      title={t("announcements.trainTitle")}
      initialValues={{ from: 0, to: Math.min(seconds, 30) }}
      isPending={train.isPending}
      onSubmit={(fields) => train.mutate(fields)}
      onClose={onClose}
    >
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a few words of a telephone network */}
      <audio controls src={apiUrl(`/early-media/${sample.callId}/audio`)} style={{ width: "100%" }} />
      <Flex gap={16} style={{ marginTop: 12 }}>
        <Form.Item name="from" label={t("announcements.from")} rules={[{ required: true }]}>
          <InputNumber<number> {...bounds} />
        </Form.Item>
        <Form.Item name="to" label={t("announcements.to")} rules={[{ required: true }]}>
          <InputNumber<number> {...bounds} />
        </Form.Item>
      </Flex>
      <NameAndCause />
    </ModalForm>
  );
}
