import { App, Button, Dropdown, Progress, type TableColumnsType, Tag, Tooltip, Typography } from "antd";
import { MoreOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type CallerIdPoolDetail,
  type CallerIdRow,
  type CallerIdStatus,
  type Drift,
} from "../../../shared/caller-ids.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { AnswerRate } from "./answer-rate.tsx";
import { callerIdsKey, judgeCallerIdAnew, restCallerId } from "./caller-id-api.ts";
import { NumberForm } from "./number-form.tsx";

const colours: Record<CallerIdStatus, string> = {
  off: "default",
  "no-trunk": "red",
  resting: "blue",
  "day-cap": "orange",
  "hour-cap": "gold",
  alarm: "red",
  ready: "green",
};

/** An hour's or a day's calls against their cap. */
function Use({ used, cap, label }: { used: number; cap: number | null; label: string }) {
  if (cap === null) return formatNumber(used);
  return (
    <span style={{ display: "inline-block", minWidth: 90 }}>
      {formatNumber(used)} / {formatNumber(cap)}
      <Progress
        percent={Math.min(100, (used / cap) * 100)}
        size="small"
        showInfo={false}
        aria-label={label}
        status={used >= cap ? "exception" : "normal"}
      />
    </span>
  );
}

function DriftCell({ row }: { row: CallerIdRow }) {
  const { t } = useTranslation();
  const found: Drift | null = row.alarm ?? row.drift;
  if (!found) return <Typography.Text type="secondary">{t("callerIds.notCompared")}</Typography.Text>;
  const figures = {
    statistic: found.statistic.toFixed(1),
    p: found.p < 0.001 ? found.p.toExponential(1) : found.p.toFixed(3),
    answered: formatNumber(found.answered),
    calls: formatNumber(found.calls),
    expected: found.expected.toFixed(0),
    blocks: formatNumber(found.blocks),
  };
  const callsOf = new URLSearchParams({
    callerId: row.number,
    counted: "dialled",
    ...(found.since && { from: found.since }),
  });
  return (
    <Tooltip title={t("callerIds.driftHelp", figures)}>
      <span>
        {t("callerIds.drift", figures)}
        {found.calls > 0 && (
          <>
            {" · "}
            <Link to={`/calls?${callsOf}`}>{t("callerIds.driftCalls", figures)}</Link>
          </>
        )}
      </span>
    </Tooltip>
  );
}

function useMenu(pool: CallerIdPoolDetail, onEdit: (row: CallerIdRow) => void) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const stale = { stale: [callerIdsKey], said: t("common.saved") };
  const rest = useAct(restCallerId, stale);
  const judge = useAct(judgeCallerIdAnew, stale);
  return (row: CallerIdRow) => [
    { key: "edit", label: t("callerIds.edit"), onClick: () => onEdit(row) },
    row.restUntil
      ? {
          key: "wake",
          label: t("callerIds.wake"),
          onClick: () => rest.mutate({ number: row.number, days: 0 }),
        }
      : {
          key: "rest",
          label: t("callerIds.rest", { count: pool.restDays }),
          onClick: () => rest.mutate({ number: row.number, days: pool.restDays }),
        },
    ...(row.alarm
      ? [
          {
            key: "judge",
            label: t("callerIds.judgeAnew"),
            onClick: () =>
              void modal.confirm({
                title: t("callerIds.judgeAnew"),
                content: t("callerIds.judgeAnewHelp"),
                onOk: () => judge.mutateAsync(row.number),
              }),
          },
        ]
      : []),
  ];
}

function useColumns(
  pool: CallerIdPoolDetail,
  onEdit: (row: CallerIdRow) => void,
): TableColumnsType<CallerIdRow> {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const menu = useMenu(pool, onEdit);
  return [
    {
      title: t("callerIds.number"),
      render: (_, row) => (
        <>
          {formatPhone(row.number)}
          <br />
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {[row.area ?? row.country, ...row.trunks.map((trunk) => trunk.name)].filter(Boolean).join(" · ")}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t("callerIds.state"),
      render: (_, row) => (
        <>
          <Tag color={colours[row.status]}>{t(`callerIds.status.${row.status}`)}</Tag>
          {row.restUntil && (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {t("callerIds.until", { time: formatInstant(row.restUntil) })}
            </Typography.Text>
          )}
        </>
      ),
    },
    {
      title: t("callerIds.thisHour"),
      render: (_, row) => (
        <Use used={row.usedThisHour} cap={row.capPerHour} label={t("callerIds.thisHour")} />
      ),
    },
    {
      title: t("callerIds.today"),
      render: (_, row) => <Use used={row.usedToday} cap={row.capPerDay} label={t("callerIds.today")} />,
    },
    { title: t("callerIds.rate"), render: (_, row) => <AnswerRate row={row} /> },
    { title: t("callerIds.watch"), render: (_, row) => <DriftCell row={row} /> },
    {
      title: t("common.actions"),
      render: (_, row) =>
        may && (
          <Dropdown trigger={["click"]} menu={{ items: menu(row) }}>
            <Button
              size="small"
              icon={<MoreOutlined />}
              aria-label={t("callerIds.actionsOf", { number: row.number })}
            />
          </Dropdown>
        ),
    },
  ];
}

export function NumbersTable({ pool }: { pool: CallerIdPoolDetail }) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<CallerIdRow | null>(null);
  const columns = useColumns(pool, setEdited);
  const data = { items: pool.numbers, total: pool.numbers.length };
  return (
    <>
      <DataTable
        label={t("callerIds.numbers")}
        query={{ data, error: null, isFetching: false, refetch: () => undefined }}
        columns={columns}
        rowKey={(row) => row.number}
        empty={<EmptyState text={t("callerIds.noNumbers")} />}
      />
      {edited && <NumberForm pool={pool} row={edited} onClose={() => setEdited(null)} />}
    </>
  );
}
