import { Button, Card, Flex, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { abandonedFirst, type Abandonment } from "../../../../shared/broadcasts.ts";
import { type CampaignDetail, campaignDetail } from "../../../../shared/campaigns.ts";
import { api } from "../../../lib/api.ts";
import { useCan } from "../../../lib/session.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { campaignsKey } from "../campaign-api.ts";
import { OptOutFields } from "./opt-out-fields.tsx";
import { PromptPicker } from "./prompt-picker.tsx";

/** What a person hears whom no agent takes in time. */
export function AbandonmentForm({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const [rule, setRule] = useState<Abandonment>(campaign.abandonment);
  const set = (change: Partial<Abandonment>) => setRule((now) => ({ ...now, ...change }));
  const save = useAct(() => api.put(`/campaigns/${campaign.id}/abandonment`, campaignDetail, rule), {
    stale: [campaignsKey],
    said: t("common.saved"),
  });
  return (
    <Card title={t("broadcast.abandoned.title")}>
      <Flex vertical gap={14}>
        <Typography.Text type="secondary">{t("broadcast.abandoned.help")}</Typography.Text>
        <Radio.Group
          aria-label={t("broadcast.abandoned.first")}
          value={rule.first}
          options={abandonedFirst.map((value) => ({ value, label: t(`broadcast.abandoned.${value}`) }))}
          onChange={(event) => set({ first: event.target.value as Abandonment["first"] })}
        />
        {rule.first === "queue" && (
          <Flex gap={8} align="center">
            {t("broadcast.waitAtMost")}
            <DurationInput
              aria-label={t("broadcast.waitAtMost")}
              units={["second", "minute"]}
              min={5000}
              value={rule.queueMs}
              onChange={(queueMs) => set({ queueMs: queueMs ?? 30_000 })}
            />
          </Flex>
        )}
        <PromptPicker
          label={t("broadcast.abandoned.prompt")}
          builtIn={["abandoned"]}
          optOutKey={rule.optOut.key}
          value={rule.prompt}
          onChange={(prompt) => set({ prompt: prompt ?? "abandoned" })}
        />
        <Flex vertical gap={8}>
          {t("broadcast.optOutKey")}
          <OptOutFields rule={rule.optOut} onChange={(optOut) => set({ optOut })} />
          <Flex gap={8} align="center">
            {t("broadcast.abandoned.keyWait")}
            <DurationInput
              aria-label={t("broadcast.abandoned.keyWait")}
              units={["second"]}
              min={1000}
              value={rule.keyWaitMs}
              onChange={(keyWaitMs) => set({ keyWaitMs: keyWaitMs ?? 5000 })}
            />
          </Flex>
        </Flex>
        {may && (
          <div>
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate(undefined)}>
              {t("common.save")}
            </Button>
          </div>
        )}
      </Flex>
    </Card>
  );
}
