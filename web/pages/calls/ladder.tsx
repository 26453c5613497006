import { Drawer, Flex, theme, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LadderMessage } from "../../../shared/calls.ts";
import { formatInstant } from "../../lib/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useLadder } from "./call-api.ts";
import { describeMessage } from "./sip-line.ts";

const columns = { agent: 110, waihu: 360, customer: 610 } as const;
const width = 720;
const rowHeight = 40;
const top = 46;

interface ArrowProps {
  row: LadderMessage;
  index: number;
  onOpen: () => void;
}

/** One message: from or to us, on the side of its leg. */
function Arrow({ row, index, onOpen }: ArrowProps) {
  const { token } = theme.useToken();
  const { title, cseq, hasBody } = describeMessage(row.message);
  const y = top + index * rowHeight + 26;
  const far = columns[row.leg];
  const [from, to] = row.direction === "out" ? [columns.waihu, far] : [far, columns.waihu];
  const failed = /^[456]\d\d/.test(title);
  const colour = failed ? token.colorError : token.colorPrimary;
  const tip = to > from ? -1 : 1;
  const label = `${title}${hasBody ? " (SDP)" : ""}`;
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={`${formatInstant(row.at, "millis")} ${label} ${cseq}`}
      style={{ cursor: "pointer" }}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onOpen();
        }
      }}
    >
      <rect x={0} y={y - 24} width={width} height={rowHeight - 2} fill="transparent" />
      <line x1={from} x2={to} y1={y} y2={y} stroke={colour} strokeWidth={1.6} />
      <path d={`M ${to} ${y} l ${tip * 8} -4.5 v 9 z`} fill={colour} />
      <text
        x={(from + to) / 2}
        y={y - 6}
        textAnchor="middle"
        fontSize={12.5}
        fontWeight={600}
        fill={token.colorText}
      >
        {label}
      </text>
      <text x={(from + to) / 2} y={y + 13} textAnchor="middle" fontSize={10.5} fill={token.colorTextTertiary}>
        {formatInstant(row.at, "millis")} · {cseq}
      </text>
    </g>
  );
}

function Picture({ rows, onOpen }: { rows: LadderMessage[]; onOpen: (row: LadderMessage) => void }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const height = top + rows.length * rowHeight + 20;
  const parties = ["agent", "waihu", "customer"] as const;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={{ display: "block", margin: "0 auto", fontFamily: "inherit" }}
      aria-label={t("calls.ladder")}
    >
      {parties.map((party) => (
        <g key={party}>
          <line
            x1={columns[party]}
            x2={columns[party]}
            y1={top - 8}
            y2={height}
            stroke={token.colorBorder}
            strokeDasharray={party === "waihu" ? "" : "3 3"}
          />
          <text
            x={columns[party]}
            y={22}
            textAnchor="middle"
            fontSize={13}
            fontWeight={600}
            fill={token.colorText}
          >
            {t(`calls.ladderParty.${party}`)}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- messages have no id and never move
        <Arrow key={index} row={row} index={index} onOpen={() => onOpen(row)} />
      ))}
    </svg>
  );
}

/** The SIP messages of a call between its agent, this system and the carrier; a click opens the message as it was sent. */
export function Ladder({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const query = useLadder(callId, true);
  const [open, setOpen] = useState<LadderMessage | null>(null);
  return (
    <Loaded query={query}>
      {({ items: rows }) => (
        <>
          {rows.length === 0 ? (
            <EmptyState text={t("calls.noLadder")} />
          ) : (
            <div style={{ overflowX: "auto" }}>
              <Typography.Paragraph type="secondary">{t("calls.ladderHelp")}</Typography.Paragraph>
              <Picture rows={rows} onOpen={setOpen} />
            </div>
          )}
          <Drawer
            open={open !== null}
            size={640}
            onClose={() => setOpen(null)}
            title={open && describeMessage(open.message).title}
          >
            {open && (
              <Flex vertical gap={12}>
                <Typography.Text type="secondary" className="num">
                  {formatInstant(open.at, "millis")} ·{" "}
                  {open.direction === "out"
                    ? `${open.local} → ${open.remote}`
                    : `${open.remote} → ${open.local}`}
                </Typography.Text>
                <Typography.Paragraph copyable={{ text: open.message }} style={{ margin: 0 }}>
                  <pre
                    className="mono"
                    style={{ fontSize: 12, whiteSpace: "pre-wrap", overflowWrap: "anywhere", margin: 0 }}
                  >
                    {open.message}
                  </pre>
                </Typography.Paragraph>
              </Flex>
            )}
          </Drawer>
        </>
      )}
    </Loaded>
  );
}
