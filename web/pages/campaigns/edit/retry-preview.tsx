import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Form, Select, Skeleton, Typography } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { PhoneKind } from "../../../../shared/after-call.ts";
import type { Outcome } from "../../../../shared/calls.ts";
import { retryPreview, type RetryPreviewInput } from "../../../../shared/campaigns.ts";
import { phoneKinds } from "../../../../shared/customers.ts";
import { api } from "../../../lib/api.ts";
import { errorText } from "../../../lib/error-text.ts";
import { companyZone } from "../../../lib/format.ts";
import { currentLanguage } from "../../../lib/i18n/index.ts";
import { campaignsKey } from "../campaign-api.ts";
import { retryable } from "./retry-editor.tsx";

/** The value, once it has stood still for a while. */
function useSettled<T>(value: T, afterMs: number): T {
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), afterMs);
    return () => clearTimeout(timer);
  }, [key, afterMs]);
  return JSON.parse(settled) as T;
}

const dayAndTime = (iso: string, timeZone: string) =>
  new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(iso));

/** When a lead would be called if every attempt ended in the same way, by the rules as they stand in the form. */
export function RetryPreview() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const { id } = useParams();
  const [outcome, setOutcome] = useState<Outcome>("no-answer");
  const [kinds, setKinds] = useState<PhoneKind[]>(["mobile"]);
  const timeZone = companyZone();
  const rules = {
    hours: Form.useWatch("hours", form) as RetryPreviewInput["hours"] | undefined,
    attempts: Form.useWatch("attempts", form) as RetryPreviewInput["attempts"] | undefined,
    retries: Form.useWatch("retries", form) as RetryPreviewInput["retries"] | undefined,
    afterCall: Form.useWatch("afterCall", form) as RetryPreviewInput["afterCall"],
  };
  const campaignId = id === undefined ? null : Number(id);
  const asked = useSettled({ ...rules, outcome, kinds, timeZone, campaignId }, 400);
  const query = useQuery({
    queryKey: [...campaignsKey, "retry-preview", asked],
    enabled: Boolean(asked.hours && asked.attempts && asked.retries),
    placeholderData: keepPreviousData,
    queryFn: () => api.post("/campaigns/retry-preview", retryPreview, asked),
  });
  const plan = query.data;
  return (
    <Card size="small" title={t("retry.previewTitle")}>
      <Flex wrap gap={8} align="center" style={{ marginBottom: 12 }}>
        {t("retry.previewEach")}
        <Select
          value={outcome}
          popupMatchSelectWidth={false}
          aria-label={t("retry.previewOutcome")}
          options={retryable.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          onChange={setOutcome}
        />
        {t("retry.previewNumbers")}
        <Select
          mode="multiple"
          value={kinds}
          style={{ minWidth: 160 }}
          aria-label={t("retry.previewKinds")}
          options={phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
          onChange={(next) => setKinds(next.length > 0 ? next : ["mobile"])}
        />
      </Flex>
      {query.error && <Alert type="warning" showIcon title={errorText(query.error)} />}
      {!plan && !query.error && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      {plan && (
        <>
          <ol className="num" style={{ columns: "260px", margin: 0, paddingInlineStart: 24 }}>
            {plan.calls.map((call) => (
              <li key={call.at}>
                {dayAndTime(call.at, timeZone)}{" "}
                {kinds.length > 1 && (
                  <Typography.Text type="secondary">{t(`customers.kind.${call.kind}`)}</Typography.Text>
                )}
              </li>
            ))}
          </ol>
          <Typography.Paragraph type="secondary" style={{ margin: "8px 0 0" }}>
            {t(`retry.end.${plan.end}`, { defaultValue: t("retry.end.other") })}{" "}
            {plan.end !== "more" && t(`retry.then.${plan.exhausted}`)}
          </Typography.Paragraph>
        </>
      )}
    </Card>
  );
}
