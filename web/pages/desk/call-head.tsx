import { Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";

/** Of which queue the customer is, how long they waited, and when they asked to be called back. */
function FromQueue({ queue: { name, waitedMs, askedAt } }: { queue: NonNullable<DeskCall["queue"]> }) {
  const { t } = useTranslation();
  const waited = formatDuration(waitedMs);
  return (
    <Typography.Text type="secondary">
      {askedAt === null
        ? t("desk.fromQueue", { name, waited })
        : t("desk.callsBackFrom", { name, waited, at: formatInstant(askedAt) })}
    </Typography.Text>
  );
}

/** What the call is doing, the number and the campaign; of an internal call, who. */
export function CallHead({ call, word }: { call: DeskCall; word: string }) {
  const { t } = useTranslation();
  const internal = call.direction === "internal";
  return (
    <Flex vertical align="center" gap={2} style={{ textAlign: "center" }}>
      <Typography.Text type="secondary">{word}</Typography.Text>
      <Typography.Text strong style={{ fontSize: 18 }} className="num">
        {internal ? call.lead.name : formatPhone(call.lead.phone)}
      </Typography.Text>
      {internal && <Typography.Text type="secondary">{t("calls.direction.internal")}</Typography.Text>}
      {call.queue && <FromQueue queue={call.queue} />}
      {call.campaignName && <Typography.Text type="secondary">{call.campaignName}</Typography.Text>}
    </Flex>
  );
}
