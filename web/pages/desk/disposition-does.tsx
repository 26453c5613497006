import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { DispositionNode } from "../../../shared/campaigns.ts";

/** What the chosen result does, in words, before it is saved. */
export function DispositionDoesLine({ leaf }: { leaf: DispositionNode }) {
  const { t } = useTranslation();
  const does = leaf.does ?? {};
  const parts = [
    t(`does.effect.${leaf.effect}`),
    does.doNotCall && t(`does.scope.${does.doNotCall.scope}`),
    does.doNotCall && t(`does.numbers.${does.doNotCall.numbers}`),
    does.listId !== undefined && t("does.goesOnList"),
    does.ticket && t("does.asksTicket", { title: does.ticket.title }),
  ].filter((part) => typeof part === "string");
  return <Typography.Text type="secondary">{parts.join(" · ")}</Typography.Text>;
}
