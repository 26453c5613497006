import { Flex, Table, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallDetail } from "../../../shared/calls.ts";
import { type CallLeg, callLegs, type LegQuality, type StreamQuality } from "../../../shared/quality.ts";
import { EmptyState } from "../../ui/states.tsx";
import { GradeTag } from "../../ui/tags.tsx";

const directions = ["in", "out"] as const;

interface Row {
  leg: CallLeg;
  direction: (typeof directions)[number];
  stream: StreamQuality | null;
}

/** A grade in one word, and what spoils it most. */
function Grade({ stream }: { stream: StreamQuality }) {
  const { t } = useTranslation();
  return (
    <Flex gap={4} align="center" wrap>
      <GradeTag grade={stream.grade} />
      {stream.reason && <span>{t(`quality.reason.${stream.reason}`)}</span>}
    </Flex>
  );
}

/** A column of figures; reports of the party do not tell all that we count ourselves. */
const number = (
  title: string,
  of: (stream: StreamQuality) => string,
  { help, isReported = true }: { help?: string; isReported?: boolean } = {},
) => ({
  title: help ? <Tooltip title={help}>{title}</Tooltip> : title,
  align: "right" as const,
  render: (_: unknown, { stream, direction }: Row) => {
    if (!stream) return "";
    return direction === "in" || isReported ? of(stream) : "–";
  },
});

function useColumns() {
  const { t } = useTranslation();
  return [
    {
      title: t("quality.column.direction"),
      render: (_: unknown, row: Row) => t(`quality.direction.${row.leg}.${row.direction}`),
    },
    {
      title: t("quality.column.grade"),
      render: (_: unknown, { stream }: Row) =>
        stream ? (
          <Grade stream={stream} />
        ) : (
          <Typography.Text type="secondary">{t("quality.unreported")}</Typography.Text>
        ),
    },
    number(t("quality.column.mos"), (stream) => stream.mos.toFixed(2), { help: t("quality.mosHelp") }),
    number(t("quality.column.loss"), (stream) => `${stream.lossPercent.toFixed(1)} %`),
    number(t("quality.column.burst"), (stream) => stream.burstRatio.toFixed(1), {
      help: t("quality.burstHelp"),
      isReported: false,
    }),
    number(t("quality.column.late"), (stream) => String(stream.discarded), { isReported: false }),
    number(t("quality.column.jitter"), (stream) => `${stream.jitterMs.toFixed(1)} ms`),
    number(t("quality.column.packets"), (stream) => String(stream.packets)),
  ];
}

function LegLine({ leg, quality }: { leg: CallLeg; quality: LegQuality }) {
  const { t } = useTranslation();
  const facts = [
    quality.codec,
    quality.roundTripMs === null ? null : t("quality.roundTrip", { ms: Math.round(quality.roundTripMs) }),
    quality.security ? t("quality.encrypted", { suite: quality.security }) : t("quality.plain"),
  ].filter((fact) => fact !== null);
  return (
    <Typography.Text type="secondary">
      {t(`quality.leg.${leg}`)}: {facts.join(" · ")}
    </Typography.Text>
  );
}

/** How the call sounded, leg by leg and direction by direction: a word, why, and the figures. */
export function CallQuality({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { quality } = call;
  if (!quality) return <EmptyState text={t("quality.none")} />;
  const measured = callLegs.flatMap((leg) => {
    const of = quality[leg];
    return of && (of.in || of.out) ? [{ leg, quality: of }] : [];
  });
  const rows = measured.flatMap(({ leg, quality }) =>
    directions.map((direction): Row => ({ leg, direction, stream: quality[direction] })),
  );
  return (
    <Flex vertical gap={8}>
      <Table
        size="small"
        className="num"
        pagination={false}
        rowKey={(row) => `${row.leg} ${row.direction}`}
        dataSource={rows}
        columns={columns}
        scroll={{ x: "max-content" }}
      />
      {measured.map((each) => (
        <LegLine key={each.leg} {...each} />
      ))}
    </Flex>
  );
}
