import { Card, Flex, Tag, theme, Typography } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { CountedAnswer, QuestionResult, ScriptResultsQuery } from "../../../shared/scripts.ts";
import { formatInstant, formatNumber, formatShare } from "../../lib/format.ts";
import { HeatTable } from "../../ui/heat-table.tsx";
import { columnsOption } from "./columns-option.ts";
import { callsOfScript } from "./result-links.ts";

const Chart = lazy(async () => ({ default: (await import("../../ui/chart.tsx")).Chart }));
/** More values than this are not drawn one by one. */
const mostColumns = 60;

interface Props {
  scriptId: number;
  query: ScriptResultsQuery;
  question: QuestionResult;
}
interface CountsProps {
  counts: readonly CountedAnswer[];
  answered: number;
  to: (answer: string) => string;
}

/** Bars that are a list: each number leads to its calls. */
function Bars({ counts, answered, to }: CountsProps) {
  const most = Math.max(1, ...counts.map((one) => one.calls));
  return (
    <div className="script-bars num">
      {counts.map(({ answer, label, calls }) => [
        <span key={`${answer} label`}>{label}</span>,
        <div key={`${answer} bar`} className="script-bar" aria-hidden>
          <div style={{ width: `${(100 * calls) / most}%`, opacity: calls === 0 ? 0 : 1 }} />
        </div>,
        <span key={`${answer} number`} style={{ textAlign: "end" }}>
          <Link to={to(answer)} aria-label={`${label}: ${calls}`}>
            {formatNumber(calls)}
          </Link>{" "}
          <Typography.Text type="secondary">{formatShare(calls, answered)}</Typography.Text>
        </span>,
      ])}
    </div>
  );
}

/** How often each value was given. */
function Columns({ counts, label, to }: CountsProps & { label: string }) {
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const paint = {
    text: token.colorTextSecondary,
    line: token.colorBorderSecondary,
    main: token.colorPrimary,
    ground: token.colorBgContainer,
    font: token.fontFamily,
  };
  return (
    <Suspense fallback={<div style={{ height: 200 }} />}>
      <Chart
        label={label}
        height={200}
        option={columnsOption(counts, paint)}
        onOpen={(index) => {
          const counted = counts[index];
          if (counted) void navigate(to(counted.answer));
        }}
      />
    </Suspense>
  );
}

function Nps({ nps }: { nps: NonNullable<QuestionResult["nps"]> }) {
  const { t } = useTranslation();
  const all = nps.promoters + nps.passives + nps.detractors;
  const parts = [
    ["promoters", "success"],
    ["passives", "default"],
    ["detractors", "error"],
  ] as const;
  return (
    <Flex gap={8} wrap align="center">
      <Typography.Text strong style={{ fontSize: 20 }} className="num">
        {t("scripts.npsScore", { score: nps.score })}
      </Typography.Text>
      {parts.map(([name, color]) => (
        <Tag key={name} variant="filled" color={color} className="num">
          {t(`scripts.nps.${name}`)} {formatNumber(nps[name])} · {formatShare(nps[name], all)}
        </Tag>
      ))}
    </Flex>
  );
}

/** What was answered to one question; every number leads to its calls. */
export function QuestionCard({ scriptId, query, question }: Props) {
  const { t } = useTranslation();
  const { key, type, label, answered, counts, rows, mean, nps, texts } = question;
  const link = (narrowed: { answer?: string; answerRow?: string } = {}) =>
    callsOfScript(scriptId, query, { question: key, ...narrowed });
  const to = (answer: string) => link({ answer });
  const most = Math.max(1, ...rows.flatMap((row) => row.counts.map((one) => one.calls)));
  return (
    <Card
      size="small"
      title={<span style={{ whiteSpace: "normal" }}>{label || key}</span>}
      extra={
        <Flex gap={6} align="center">
          {!question.isAsked && <Tag variant="filled">{t("scripts.askedBefore")}</Tag>}
          <Link to={link()} className="num">
            {t("scripts.answers", { count: answered })}
          </Link>
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        {mean !== null && (
          <Flex gap={20} wrap align="center">
            {nps && <Nps nps={nps} />}
            <Typography.Text className="num">
              {t("scripts.mean", { mean: Math.round(mean * 100) / 100 })}
            </Typography.Text>
          </Flex>
        )}
        {type === "number" && counts.length > 0 && counts.length <= mostColumns && (
          <Columns counts={counts} answered={answered} label={label} to={to} />
        )}
        {type !== "number" && counts.length > 0 && <Bars counts={counts} answered={answered} to={to} />}
        {type === "matrix" && (
          <HeatTable
            label={label}
            corner={t("scripts.row")}
            columns={rows[0]?.counts.map((one) => one.label) ?? []}
            rows={rows.map((row) => ({
              name: row.label,
              cells: row.counts.map((one) => ({
                heat: one.calls === 0 ? null : one.calls / most,
                text: formatNumber(one.calls),
                detail: `${row.label} · ${one.label}: ${formatShare(one.calls, answered)}`,
                label: `${row.label}, ${one.label}: ${one.calls}`,
                to: link({ answer: one.answer, answerRow: row.row }),
              })),
            }))}
          />
        )}
        {type === "text" && (
          <ul className="script-texts">
            {texts.map(({ callId, at, text }) => (
              <li key={callId}>
                <span style={{ whiteSpace: "pre-wrap" }}>{text}</span>{" "}
                <Link to={`/calls/${callId}`} className="num">
                  {formatInstant(at)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Flex>
    </Card>
  );
}
