import { LeftOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type DeskCall, deskCall } from "../../../shared/desk.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { CallWork } from "./call-work.tsx";

const unfinishedKey = ["desk", "unfinished"] as const;

const useUnfinished = () =>
  useQuery({
    queryKey: unfinishedKey,
    staleTime: 0,
    queryFn: ({ signal }) => api.get("/desk/unfinished", z.object({ items: z.array(deskCall) }), {}, signal),
  });

/** Summaries whose time ran out or whose page was lost, to be completed between calls. */
export function UnfinishedSummaries() {
  const { t } = useTranslation();
  const items = useUnfinished().data?.items ?? [];
  const [openId, setOpenId] = useState<string>();
  const open = items.find((call) => call.callId === openId);
  if (open) return <LateSummary call={open} close={() => setOpenId(undefined)} />;
  if (items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("desk.noWork")} />;
  return (
    <div className="desk-form">
      <h3 className="desk-heading">{t("desk.unfinished.title", { count: items.length })}</h3>
      <Typography.Text type="secondary">{t("desk.unfinished.help")}</Typography.Text>
      <ul className="desk-unfinished">
        {items.map((call) => (
          <li key={call.callId}>
            <Button block onClick={() => setOpenId(call.callId)}>
              <Flex justify="space-between" gap={8} wrap style={{ width: "100%" }}>
                <span>{call.lead.name || formatPhone(call.lead.phone)}</span>
                <span className="num">{formatInstant(call.connectedAt)}</span>
              </Flex>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LateSummary({ call, close }: { call: DeskCall; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const saved = async () => {
    close();
    await queries.invalidateQueries({ queryKey: unfinishedKey });
  };
  return (
    <>
      <Button type="link" icon={<LeftOutlined />} onClick={close} className="desk-back">
        {t("desk.unfinished.back")}
      </Button>
      <Flex gap={8} wrap align="center" style={{ marginBottom: 12 }}>
        <Typography.Text strong>{call.lead.name || formatPhone(call.lead.phone)}</Typography.Text>
        <Typography.Text type="secondary" className="num">
          {formatInstant(call.connectedAt)}
        </Typography.Text>
        {call.campaignName && <Tag style={{ marginInlineEnd: 0 }}>{call.campaignName}</Tag>}
      </Flex>
      <CallWork key={call.callId} call={call} when="late" onDone={() => void saved()} />
    </>
  );
}
