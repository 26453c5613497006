import { Drawer, Flex, type TableColumnsType, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { FlowBlockRow } from "../../../shared/inbound-reports.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { type Days, pathOfVisits, spanOf, useFlowBlocks } from "./inbound-api.ts";
import { duration, FigureLink } from "./parts.tsx";

interface Props {
  flowId: number;
  name: string;
  days: Days;
  onClose: () => void;
}

/** By which exits callers left a block, keys by what they stand for. */
function Exits({ row, flowId, days }: { row: FlowBlockRow } & Pick<Props, "flowId" | "days">) {
  const { t } = useTranslation();
  const word = (exit: string, label: string) =>
    [row.kind === "menu" && /^[\d*#]$/.test(exit) ? exit : t(`inboundReports.exit.${exit}`, exit), label]
      .filter(Boolean)
      .join(" ");
  return (
    <Flex gap={4} wrap>
      {row.exits.map(({ exit, label, visits }) => (
        <Tag key={exit} style={{ margin: 0 }}>
          {word(exit, label)} ·{" "}
          <Link to={pathOfVisits({ flowId, flowBlock: row.blockId, flowExit: exit, ...spanOf(days) })}>
            {formatNumber(visits)}
          </Link>
        </Tag>
      ))}
    </Flex>
  );
}

/** A flow block by block: who came, who hung up, which keys were pressed, how long it took. */
export function FlowBlocks({ flowId, name, days, onClose }: Props) {
  const { t } = useTranslation();
  const query = useFlowBlocks(flowId, { ...days });
  const columns: TableColumnsType<FlowBlockRow> = [
    {
      title: t("inboundReports.block"),
      render: (_, { title, kind, blockId }) => (
        <Flex vertical>
          {title || (kind === "" ? blockId : t(`ivr.kind.${kind}`))}
          {title && kind !== "" && (
            <Typography.Text type="secondary">{t(`ivr.kind.${kind}`)}</Typography.Text>
          )}
        </Flex>
      ),
    },
    {
      title: t("inboundReports.visits"),
      align: "right",
      render: (_, { blockId, visits }) => (
        <FigureLink value={visits} filter={{ flowId, flowBlock: blockId, ...spanOf(days) }} />
      ),
    },
    {
      title: t("inboundReports.leftHere"),
      align: "right",
      render: (_, { blockId, leftHere, visits }) => (
        <>
          <FigureLink
            value={leftHere}
            filter={{ flowId, flowBlock: blockId, flowExit: "left", ...spanOf(days) }}
          />{" "}
          {leftHere > 0 && (
            <Typography.Text type="secondary">({formatShare(leftHere, visits)})</Typography.Text>
          )}
        </>
      ),
    },
    { title: t("inboundReports.flow.meanTime"), align: "right", render: (_, row) => duration(row.meanMs) },
    { title: t("inboundReports.exits"), render: (_, row) => <Exits row={row} flowId={flowId} days={days} /> },
    {
      title: t("inboundReports.flow.verification"),
      render: (_, { verification }) =>
        verification &&
        t("inboundReports.verifiedOf", {
          callers: formatNumber(verification.callers),
          verified: formatNumber(verification.verified),
          tries: formatNumber(verification.tries),
          share: formatShare(verification.verified, verification.callers),
        }),
    },
  ];
  return (
    <Drawer open size={1080} title={t("inboundReports.blocksOf", { name })} onClose={onClose}>
      <DataTable
        label={t("inboundReports.blocksOf", { name })}
        query={query}
        columns={columns}
        rowKey={({ blockId }) => blockId}
        empty={<EmptyState text={t("inboundReports.none")} />}
      />
    </Drawer>
  );
}
