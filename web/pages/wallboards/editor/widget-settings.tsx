import { Button, Checkbox, Flex, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  figureNames,
  gaugeFigures,
  leaderFigures,
  type Limits,
  type Widget,
} from "../../../../shared/wallboards.ts";
import { unitOf, type Unit } from "../../../features/wallboards/figures.ts";
import { useCan } from "../../../lib/session.ts";
import { useQueues } from "../../queues/queue-api.ts";
import { useCampaigns } from "../../campaigns/campaign-api.ts";

interface Props {
  widget: Widget;
  onChange: (widget: Widget) => void;
  onRemove: () => void;
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex vertical gap={4}>
      <span aria-hidden>{label}</span>
      {children}
    </Flex>
  );
}

/** How many of what a person types make one of what is stored. */
const scaleOf: Record<Unit, number> = { share: 100, ms: 0.001, count: 1, ratio: 1 };

function LimitFields({
  limits,
  unit,
  onChange,
}: {
  limits: Limits | null;
  unit: Unit;
  onChange: (limits: Limits | null) => void;
}) {
  const { t } = useTranslation();
  const now = limits ?? { direction: "above", warn: null, bad: null };
  const scale = scaleOf[unit];
  const suffix = unit === "share" ? "%" : unit === "ms" ? "s" : "";
  const change = (next: Partial<Limits>) => onChange({ ...now, ...next });
  return (
    <>
      <Field label={t("wallboards.coloured")}>
        <Select
          aria-label={t("wallboards.coloured")}
          value={now.direction}
          onChange={(direction) => change({ direction })}
          options={(["above", "below"] as const).map((value) => ({
            value,
            label: t(`wallboards.direction.${value}`),
          }))}
        />
      </Field>
      {(["warn", "bad"] as const).map((name) => (
        <Field key={name} label={t(`wallboards.level.${name}`)}>
          <InputNumber
            aria-label={t(`wallboards.level.${name}`)}
            style={{ width: "100%" }}
            min={0}
            suffix={suffix}
            value={now[name] === null ? null : Math.round(now[name] * scale * 100) / 100}
            onChange={(value) => change({ [name]: value === null ? null : value / scale })}
          />
        </Field>
      ))}
    </>
  );
}

function CampaignSelect({
  value,
  onChange,
}: {
  value: number | null;
  onChange: (id: number | null) => void;
}) {
  const { t } = useTranslation();
  const campaigns = useCampaigns({ pageSize: 500 }, useCan("campaigns.see")).data?.items ?? [];
  return (
    <Field label={t("wallboards.campaign")}>
      <Select
        aria-label={t("wallboards.campaign")}
        value={value ?? 0}
        onChange={(id: number) => onChange(id || null)}
        options={[
          { value: 0, label: t("wallboards.allCampaigns") },
          ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </Field>
  );
}

/** Which queues, apart or as a group, and from when on the longest wait is coloured. */
function QueueFields({
  widget,
  change,
}: {
  widget: Extract<Widget, { type: "queues" }>;
  change: (next: object) => void;
}) {
  const { t } = useTranslation();
  const queues = useQueues().data?.items ?? [];
  return (
    <>
      <Field label={t("wallboards.queue.which")}>
        <Select
          mode="multiple"
          aria-label={t("wallboards.queue.which")}
          placeholder={t("wallboards.queue.all")}
          value={widget.queueIds}
          onChange={(queueIds: number[]) => change({ queueIds })}
          options={queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Checkbox checked={widget.together} onChange={({ target }) => change({ together: target.checked })}>
        {t("wallboards.queue.together")}
      </Checkbox>
      <strong>{t("wallboards.queue.longest")}</strong>
      <LimitFields limits={widget.waitLimits} unit="ms" onChange={(waitLimits) => change({ waitLimits })} />
    </>
  );
}

/** Everything about the chosen widget. */
export function WidgetSettings({ widget, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const figures = { number: figureNames, gauge: gaugeFigures, leaders: leaderFigures }[
    widget.type as "number"
  ] as readonly string[] | undefined;
  // What is put in belongs to this type: each field is shown for the types that have it.
  const change = (next: object) => onChange({ ...widget, ...next });
  return (
    <Flex vertical gap={12} role="region" aria-label={t("wallboards.settings")}>
      <strong>{t(`wallboards.widget.${widget.type}`)}</strong>
      <Field label={t("wallboards.title")}>
        <Input
          aria-label={t("wallboards.title")}
          maxLength={60}
          value={widget.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      {"figure" in widget && figures && (
        <Field label={t("wallboards.figureLabel")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            aria-label={t("wallboards.figureLabel")}
            value={widget.figure}
            onChange={(figure) => change({ figure })}
            options={figures.map((value) => ({ value, label: t(`wallboards.figure.${value}`) }))}
          />
        </Field>
      )}
      {"campaignId" in widget && (
        <CampaignSelect value={widget.campaignId} onChange={(campaignId) => change({ campaignId })} />
      )}
      {widget.type === "text" && (
        <Field label={t("wallboards.text")}>
          <Input.TextArea
            aria-label={t("wallboards.text")}
            maxLength={1000}
            autoSize={{ minRows: 3 }}
            value={widget.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        </Field>
      )}
      {widget.type === "leaders" && (
        <Field label={t("wallboards.count")}>
          <InputNumber
            aria-label={t("wallboards.count")}
            min={1}
            max={20}
            value={widget.count}
            onChange={(count) => change({ count: count ?? 5 })}
          />
        </Field>
      )}
      {widget.type === "queues" && <QueueFields widget={widget} change={change} />}
      {"limits" in widget && (
        <LimitFields
          limits={widget.limits}
          unit={unitOf(widget.figure)}
          onChange={(limits) => change({ limits })}
        />
      )}
      <Button danger onClick={onRemove}>
        {t("wallboards.remove")}
      </Button>
    </Flex>
  );
}
