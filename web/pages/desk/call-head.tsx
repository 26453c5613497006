import { Flex, Typography } from "antd";
import type { DeskCall } from "../../../shared/desk.ts";
import { formatPhone } from "../../lib/format-phone.ts";

/** What the call is doing, the number and the campaign. */
export function CallHead({ call, word }: { call: DeskCall; word: string }) {
  return (
    <Flex vertical align="center" gap={2} style={{ textAlign: "center" }}>
      <Typography.Text type="secondary">{word}</Typography.Text>
      <Typography.Text strong style={{ fontSize: 18 }} className="num">
        {formatPhone(call.lead.phone)}
      </Typography.Text>
      {call.campaignName && <Typography.Text type="secondary">{call.campaignName}</Typography.Text>}
    </Flex>
  );
}
