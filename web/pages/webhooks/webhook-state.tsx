import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { WebhookRow } from "../../../shared/webhooks.ts";
import { formatInstant } from "../../lib/format.ts";

/** How an address fares, in one tag. */
export function WebhookState({ webhook }: { webhook: WebhookRow }) {
  const { t } = useTranslation();
  if (webhook.offBecause) return <Tag color="red">{t(`webhooks.offBecause.${webhook.offBecause}`)}</Tag>;
  if (!webhook.enabled) return <Tag>{t("webhooks.off")}</Tag>;
  if (webhook.failingSince)
    return (
      <Tag color="orange">{t("webhooks.failingSince", { at: formatInstant(webhook.failingSince) })}</Tag>
    );
  return <Tag color="green">{t("webhooks.well")}</Tag>;
}
