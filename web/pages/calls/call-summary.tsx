import { Breadcrumb, Descriptions, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallDetail } from "../../../shared/calls.ts";
import { asText } from "../../lib/plain-text.ts";
import { useCan } from "../../lib/session.ts";
import { EmptyState } from "../../ui/states.tsx";
import { useCampaign } from "../campaigns/campaign-api.ts";

function shown(value: unknown, words: { yes: string; no: string }): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return asText(value);
}

/** What the agent wrote down, under the campaign's own labels. */
export function CallSummary({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.see");
  const campaign = useCampaign(may ? (call.campaign?.id ?? null) : null);
  const labels = new Map(campaign.data?.form.map((field) => [field.key, field.label]));
  const answers = Object.entries(call.form ?? {});
  if (call.dispositionPath.length === 0 && answers.length === 0 && !call.note)
    return <EmptyState text={t("calls.noSummary")} />;
  const words = { yes: t("common.yes"), no: t("common.no") };
  return (
    <Flex vertical gap={16}>
      {call.dispositionPath.length > 0 && (
        <Breadcrumb
          separator="›"
          items={call.dispositionPath.map((title) => ({ title: <strong>{title}</strong> }))}
        />
      )}
      {answers.length > 0 && (
        <Descriptions
          column={1}
          size="small"
          bordered
          items={answers.map(([key, value]) => ({
            key,
            label: labels.get(key) ?? key,
            children: shown(value, words),
          }))}
        />
      )}
      {call.note && (
        <Typography.Paragraph style={{ whiteSpace: "pre-wrap", margin: 0 }}>{call.note}</Typography.Paragraph>
      )}
    </Flex>
  );
}
