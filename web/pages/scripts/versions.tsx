import { Button, Modal, Space, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type ScriptDetail,
  scriptDetail,
  type ScriptDocument,
  type ScriptVersionRow,
} from "../../../shared/scripts.ts";
import { scriptsKey, useScriptVersion } from "../../features/scripts/script-api.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ScriptPreview } from "./preview.tsx";

interface Props {
  script: ScriptDetail;
  may: boolean;
  onTake: (document: ScriptDocument) => void;
}

/** What was published: looked at, walked, put in force again, or taken as the draft. */
export function ScriptVersions({ script, may, onTake }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<ScriptVersionRow | null>(null);
  const restore = useAct((id: number) => api.post(`/script-versions/${id}/restore`, scriptDetail), {
    stale: [scriptsKey],
    said: t("scripts.restored"),
  });
  const columns: TableColumnsType<ScriptVersionRow> = [
    {
      title: t("scripts.version"),
      render: (_, row) => (
        <Space>
          {t("scripts.versionNumber", { number: row.number })}
          {row.id === script.version?.id && (
            <Tag variant="filled" color="success">
              {t("scripts.inForce")}
            </Tag>
          )}
        </Space>
      ),
    },
    { title: t("common.note"), dataIndex: "note" },
    { title: t("scripts.publishedAt"), render: (_, row) => formatInstant(row.publishedAt) },
    { title: t("scripts.publishedBy"), render: (_, row) => row.publishedBy ?? "–" },
    {
      title: t("navigation.calls"),
      align: "right",
      render: (_, row) => (
        <Link to={`/calls?scriptId=${script.id}&scriptVersionId=${row.id}`}>{formatNumber(row.calls)}</Link>
      ),
    },
    {
      title: t("common.actions"),
      render: (_, row) => (
        <Space>
          <Button size="small" onClick={() => setShown(row)}>
            {t("scripts.look")}
          </Button>
          {may && row.id !== script.version?.id && (
            <Button size="small" loading={restore.isPending} onClick={() => restore.mutate(row.id)}>
              {t("scripts.restore")}
            </Button>
          )}
        </Space>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("scripts.tab.versions")}
        query={{
          data: { items: script.versions, total: script.versions.length },
          error: null,
          isFetching: false,
          refetch: () => undefined,
        }}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState text={t("scripts.noVersions")} />}
      />
      {shown && (
        <VersionModal
          row={shown}
          onClose={() => setShown(null)}
          onTake={may ? (document) => (setShown(null), onTake(document)) : undefined}
        />
      )}
    </>
  );
}

function VersionModal({
  row,
  onClose,
  onTake,
}: {
  row: ScriptVersionRow;
  onClose: () => void;
  onTake: ((document: ScriptDocument) => void) | undefined;
}) {
  const { t } = useTranslation();
  const query = useScriptVersion(row.id);
  return (
    <Modal
      open
      width={960}
      title={t("scripts.versionNumber", { number: row.number })}
      onCancel={onClose}
      footer={
        onTake && query.data ? (
          <Button onClick={() => onTake(query.data.document)}>{t("scripts.takeAsDraft")}</Button>
        ) : null
      }
    >
      <Loaded query={query}>{(version) => <ScriptPreview document={version.document} />}</Loaded>
    </Modal>
  );
}
