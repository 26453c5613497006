import { Button, Card, Col, Form, InputNumber, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { replayModes, type ReplaySettings } from "../../../shared/replay.ts";
import { formatNumber } from "../../lib/format.ts";
import { useReplayDays } from "./replay-api.ts";

interface Fields {
  day: string;
  mode: ReplaySettings["mode"];
  ratio: number;
  ceilingPercent: number;
  ringSeconds: number;
  waitLimit: number;
  cancelSeconds?: number | null;
  agentsPercent: number;
}

interface Props {
  campaign: CampaignDetail;
  busy: boolean;
  onStart: (day: string, settings: ReplaySettings) => void;
}

function settingsOf(fields: Fields): ReplaySettings {
  return {
    mode: fields.mode,
    ratio: fields.ratio,
    abandonCeiling: fields.ceilingPercent / 100,
    ringTimeoutMs: fields.ringSeconds * 1000,
    abandonAfterMs: fields.waitLimit * 1000,
    cancelAfterMs: fields.cancelSeconds == null ? null : fields.cancelSeconds * 1000,
    agentsPercent: fields.agentsPercent,
  };
}

interface Field {
  name: string;
  min: number;
  max: number;
  step: number;
  suffix: string;
  of: readonly ReplaySettings["mode"][];
}

/** Which of the other settings a mode has. */
function Numbers({ mode }: { mode: ReplaySettings["mode"] }) {
  const { t } = useTranslation();
  const all: Field[] = [
    { name: "ratio", min: 1, max: 10, step: 0.1, suffix: "", of: ["ratio"] },
    { name: "ceilingPercent", min: 0.1, max: 10, step: 0.1, suffix: "%", of: ["predictive"] },
    { name: "cancelSeconds", min: 5, max: 120, step: 1, suffix: "s", of: ["predictive"] },
    { name: "ringSeconds", min: 15, max: 120, step: 1, suffix: "s", of: replayModes },
    { name: "waitLimit", min: 0.5, max: 10, step: 0.5, suffix: "s", of: replayModes },
    { name: "agentsPercent", min: 10, max: 300, step: 5, suffix: "%", of: replayModes },
  ];
  return all
    .filter((field) => field.of.includes(mode))
    .map(({ name, of: _of, ...bounds }) => (
      <Col key={name} xs={12} md={6} xl={4}>
        <Form.Item
          name={name}
          label={t(`replay.${name}`)}
          rules={[{ required: name !== "cancelSeconds", message: t("replay.needed") }]}
        >
          <InputNumber<number> {...bounds} style={{ width: "100%" }} />
        </Form.Item>
      </Col>
    ));
}

/** A day, and what is played otherwise; it begins with the campaign's own settings. */
export function ReplayForm({ campaign, busy, onStart }: Props) {
  const { t } = useTranslation();
  const days = useReplayDays(campaign.id);
  const [form] = Form.useForm<Fields>();
  const mode = Form.useWatch("mode", form) ?? "predictive";
  const initial: Partial<Fields> = {
    mode: replayModes.find((mode) => mode === campaign.mode) ?? "progressive",
    ratio: campaign.ratio,
    ceilingPercent: campaign.abandonCeiling * 100,
    ringSeconds: campaign.ringTimeoutMs / 1000,
    waitLimit: campaign.abandonAfterMs / 1000,
    agentsPercent: 100,
  };
  return (
    <Card>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => onStart(fields.day, settingsOf({ ...initial, ...fields }))}
      >
        <Row gutter={16}>
          <Col xs={24} md={12} xl={6}>
            <Form.Item
              name="day"
              label={t("replay.day")}
              rules={[{ required: true, message: t("replay.dayNeeded") }]}
            >
              <Select
                loading={days.isPending}
                placeholder={t("replay.dayNeeded")}
                notFoundContent={t("replay.noDays")}
                options={(days.data?.items ?? []).map((day) => ({
                  value: day.day,
                  label: t("replay.dayOf", {
                    day: day.day,
                    calls: formatNumber(day.calls),
                    answers: formatNumber(day.answers),
                  }),
                }))}
              />
            </Form.Item>
          </Col>
          <Col xs={24} md={12} xl={6}>
            <Form.Item name="mode" label={t("replay.mode")}>
              <Select
                options={replayModes.map((value) => ({ value, label: t(`campaigns.mode.${value}`) }))}
              />
            </Form.Item>
          </Col>
          <Numbers mode={mode} />
        </Row>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("replay.start")}
        </Button>
      </Form>
    </Card>
  );
}
