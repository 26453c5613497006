import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Progress, Typography, Upload } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { importRow } from "../../../../shared/imports.ts";
import { errorText } from "../../../lib/error-text.ts";
import { formatBytes } from "../../../lib/format.ts";
import { upload } from "../../../lib/upload.ts";
import { Page } from "../../../ui/page.tsx";
import { Trail } from "../../../ui/trail.tsx";
import { ImportSteps } from "./import-steps.tsx";

interface Sending {
  file: File;
  share: number;
}

/** The first step of an import: one file, with how much of it has been sent. */
export function UploadPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = Number(useParams()["id"]);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const send = async (file: File) => {
    const controller = new AbortController();
    abort.current = controller;
    setError(null);
    setSending({ file, share: 0 });
    try {
      const row = await upload("/imports", importRow, file, {
        query: { listId },
        signal: controller.signal,
        onProgress: (share) => setSending({ file, share }),
      });
      await navigate(`/lists/${listId}/imports/${row.id}`, { replace: true });
    } catch (thrown) {
      setSending(null);
      if (!controller.signal.aborted) setError(thrown);
    }
  };
  return (
    <Page trail={<Trail to={`/lists/${listId}`}>{t("lists.list")}</Trail>} title={t("imports.title")}>
      <ImportSteps current={0} />
      <Card>
        {error !== null && (
          <Alert type="error" showIcon title={errorText(error)} style={{ marginBottom: 16 }} role="alert" />
        )}
        {sending ? (
          <Flex vertical gap={12} role="status">
            <Typography.Text>
              {t("imports.sending", { name: sending.file.name, size: formatBytes(sending.file.size) })}
            </Typography.Text>
            <Progress percent={Math.floor(sending.share * 100)} />
            <div>
              <Button onClick={() => abort.current?.abort()}>{t("common.cancel")}</Button>
            </div>
          </Flex>
        ) : (
          <Upload.Dragger
            accept=".csv,.txt,.tsv,.xlsx"
            multiple={false}
            showUploadList={false}
            beforeUpload={(file) => {
              void send(file);
              return false;
            }}
          >
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
            <p className="ant-upload-text">{t("imports.drop")}</p>
            <p className="ant-upload-hint">{t("imports.dropHelp")}</p>
          </Upload.Dragger>
        )}
      </Card>
    </Page>
  );
}
