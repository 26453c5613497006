import { Button, Space, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AnnouncementTrial, EarlyMediaRow } from "../../../shared/announcements.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { OutcomeTag } from "../../ui/tags.tsx";
import { useAct } from "../../ui/use-act.ts";
import { tryCall, useEarlyMedia } from "./announcement-api.ts";
import { FromCallForm } from "./announcement-forms.tsx";
import { SoundButton } from "../../ui/sound-button.tsx";

/** What networks said in calls that nobody answered, to train from. */
export function EarlyMediaTable({ onTrial }: { onTrial: (trial: AnnouncementTrial) => void }) {
  const { t } = useTranslation();
  const query = useEarlyMedia(true);
  const [training, setTraining] = useState<EarlyMediaRow | null>(null);
  const check = useAct(tryCall, { onDone: onTrial });
  const columns: TableColumnsType<EarlyMediaRow> = [
    {
      title: t("announcements.listen"),
      width: 70,
      render: (_, row) => (
        <SoundButton url={apiUrl(`/early-media/${row.callId}/audio`)} label={t("announcements.listen")} />
      ),
    },
    {
      title: t("common.time"),
      render: (_, row) => <Link to={`/calls/${row.callId}`}>{formatInstant(row.at)}</Link>,
    },
    { title: t("common.phone"), render: (_, row) => formatPhone(row.phone) },
    { title: t("announcements.outcome"), render: (_, row) => <OutcomeTag outcome={row.outcome} /> },
    {
      title: t("announcements.duration"),
      align: "right",
      render: (_, row) => formatDuration(row.durationMs),
    },
    {
      title: t("common.actions"),
      render: (_, row) => (
        <Space>
          <Button
            size="small"
            loading={check.isPending && check.variables === row.callId}
            onClick={() => check.mutate(row.callId)}
          >
            {t("announcements.check")}
          </Button>
          <Button size="small" type="primary" ghost onClick={() => setTraining(row)}>
            {t("announcements.train")}
          </Button>
        </Space>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("announcements.fromCalls")}
        query={query}
        columns={columns}
        rowKey={(row) => row.callId}
        empty={<EmptyState text={t("announcements.noEarlyMedia")} />}
      />
      {training && <FromCallForm sample={training} onClose={() => setTraining(null)} />}
    </>
  );
}
