import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Typography } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Estimate,
  leadCount,
  type LeadConditions,
  leadConditions,
} from "../../../shared/lead-conditions.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";

/** The value after it has been still for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** A count, with the interval it lies in when it comes from a sample. */
export function useEstimateText() {
  const { t } = useTranslation();
  return ({ leads, low, high, exact }: Estimate) =>
    exact
      ? formatNumber(leads)
      : t("conditions.about", {
          leads: formatNumber(leads),
          low: formatNumber(low),
          high: formatNumber(high),
        });
}

interface Props {
  listIds: number[];
  conditions: LeadConditions;
}

/** How many ready leads the conditions keep, before they are saved. */
export function KeptCount({ listIds, conditions }: Props) {
  const { t } = useTranslation();
  const text = useEstimateText();
  const asked = useSettled(JSON.stringify(conditions), 400);
  const parsed = leadConditions.safeParse(JSON.parse(asked));
  const query = useQuery({
    queryKey: ["leads", "count", listIds, asked],
    enabled: parsed.success && listIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: () => api.post("/leads/count", leadCount, { listIds, conditions: parsed.data }),
  });
  if (!parsed.success) return <Typography.Text type="warning">{t("conditions.incomplete")}</Typography.Text>;
  if (listIds.length === 0 || !query.data) return null;
  return (
    <Typography.Text strong aria-live="polite">
      {t("conditions.keeps", { kept: text(query.data), ready: formatNumber(query.data.ready) })}
    </Typography.Text>
  );
}
