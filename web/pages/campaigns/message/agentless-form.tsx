import { Alert, Button, Card, Checkbox, Col, Flex, InputNumber, Row } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AgentlessSettings, agentlessSettings } from "../../../../shared/broadcasts.ts";
import { type CampaignDetail, campaignDetail } from "../../../../shared/campaigns.ts";
import { flowProblems } from "../../../../shared/message-flow.ts";
import { api } from "../../../lib/api.ts";
import { useCan } from "../../../lib/session.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { campaignsKey } from "../campaign-api.ts";
import { Field, MachinesCard } from "./machines-card.tsx";
import { OptOutFields } from "./opt-out-fields.tsx";
import { leavesOf } from "./step-fields.tsx";
import { StepsEditor } from "./steps-editor.tsx";
import { Walk } from "./walk.tsx";

const empty = agentlessSettings.parse({
  flow: { steps: [], optOut: { key: "9", scope: "global", prompt: "opted-out" } },
});

/** The flow of an agentless campaign, how fast it is dialled, and a walk through it before anybody is called. */
export function AgentlessForm({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const [settings, setSettings] = useState<AgentlessSettings>(campaign.agentless ?? empty);
  const set = (change: Partial<AgentlessSettings>) => setSettings((now) => ({ ...now, ...change }));
  const leaves = leavesOf(campaign.dispositions);
  const { flow } = settings;
  const problems = flowProblems(flow);
  const save = useAct(
    () => api.put(`/campaigns/${campaign.id}/agentless`, campaignDetail, agentlessSettings.parse(settings)),
    { stale: [campaignsKey], said: t("common.saved") },
  );
  const storable = agentlessSettings.safeParse(settings).success;
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={16}>
        <Flex vertical gap={16}>
          <Card title={t("broadcast.pace")}>
            <Flex wrap gap="12px 32px">
              <Field label={t("broadcast.concurrency")} help={t("broadcast.concurrencyHelp")}>
                <InputNumber<number>
                  aria-label={t("broadcast.concurrency")}
                  min={1}
                  max={2000}
                  value={settings.concurrency}
                  onChange={(concurrency) => set({ concurrency: concurrency ?? 1 })}
                />
              </Field>
              <Field label={t("broadcast.callsPerSecond")}>
                <InputNumber<number>
                  aria-label={t("broadcast.callsPerSecond")}
                  min={0.1}
                  max={200}
                  step={0.5}
                  value={settings.callsPerSecond}
                  onChange={(callsPerSecond) => set({ callsPerSecond: callsPerSecond ?? 1 })}
                />
              </Field>
              <Field label={t("broadcast.startAfter")} help={t("broadcast.startAfterHelp")}>
                <DurationInput
                  aria-label={t("broadcast.startAfter")}
                  units={["second"]}
                  min={0}
                  value={settings.startAfterMs}
                  onChange={(startAfterMs) => set({ startAfterMs: startAfterMs ?? 1000 })}
                />
              </Field>
            </Flex>
          </Card>
          <MachinesCard settings={settings} onChange={set} />
          <Card title={t("broadcast.flow")}>
            <Flex vertical gap={16}>
              <StepsEditor
                label={t("broadcast.flow")}
                steps={flow.steps}
                leaves={leaves}
                taken={flow.optOut?.key}
                onChange={(steps) => set({ flow: { ...flow, steps } })}
              />
              <Flex vertical gap={8}>
                <Checkbox
                  checked={flow.optOut !== null}
                  onChange={(event) =>
                    set({ flow: { ...flow, optOut: event.target.checked ? empty.flow.optOut : null } })
                  }
                >
                  {t("broadcast.optOutAlways")}
                </Checkbox>
                {flow.optOut && (
                  <OptOutFields
                    rule={flow.optOut}
                    onChange={(optOut) => set({ flow: { ...flow, optOut } })}
                  />
                )}
              </Flex>
              {problems.length > 0 && (
                <Alert
                  type={storable ? "warning" : "error"}
                  showIcon
                  title={t(storable ? "broadcast.gaps" : "broadcast.faults")}
                  description={problems.map((problem) => t(`broadcast.problem.${problem}`)).join(" ")}
                />
              )}
            </Flex>
          </Card>
          {may && (
            <Flex justify="flex-end">
              <Button
                type="primary"
                disabled={!storable}
                loading={save.isPending}
                onClick={() => save.mutate(undefined)}
              >
                {t("common.save")}
              </Button>
            </Flex>
          )}
        </Flex>
      </Col>
      <Col xs={24} xl={8}>
        <Walk flow={flow} leaves={leaves} />
      </Col>
    </Row>
  );
}
