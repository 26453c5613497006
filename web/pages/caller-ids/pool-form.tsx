import { Col, Form, Input, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import {
  callerIdInput,
  type CallerIdPoolDetail,
  callerIdPoolInput,
  type CallerIdPoolInput,
  rotations,
} from "../../../shared/caller-ids.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { callerIdsKey, inputOf, savePool } from "./caller-id-api.ts";

interface Fields extends Omit<CallerIdPoolInput, "numbers" | "alarmP"> {
  numbers: string[];
  alarmPercent: number;
}

interface Props {
  /** Null: a new one. */
  pool: CallerIdPoolDetail | null;
  onClose: () => void;
  onSaved: (pool: CallerIdPoolDetail) => void;
}

/** Numbers that trunks may show; those that the pool has stay, with their own settings. */
function NumbersField() {
  const { t } = useTranslation();
  const trunks = useTrunks();
  const shown = [...new Set(trunks.data?.items.flatMap((trunk) => trunk.callerIds))];
  const options = shown.map((value) => ({ value, label: formatPhone(value) }));
  return (
    <>
      <Form.Item name="numbers" label={t("callerIds.numbers")} extra={t("callerIds.numbersHelp")}>
        <Select
          mode="multiple"
          allowClear
          loading={trunks.isPending}
          options={options}
          optionFilterProp="value"
          maxTagCount={20}
        />
      </Form.Item>
      <Form.Item name="fallback" label={t("callerIds.fallback")} extra={t("callerIds.fallbackHelp")}>
        <Select allowClear placeholder={t("callerIds.waits")} options={options} />
      </Form.Item>
    </>
  );
}

function Caps() {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      {(["maxPerHour", "maxPerDay"] as const).map((name) => (
        <Col key={name} xs={24} sm={12}>
          <NumberItem
            name={name}
            label={t(`callerIds.${name}`)}
            min={1}
            max={100_000}
            placeholder={t("callerIds.noCap")}
          />
        </Col>
      ))}
    </Row>
  );
}

function AlarmFields() {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      <Col xs={24} sm={8}>
        <NumberItem
          name="alarmPercent"
          label={t("callerIds.alarmP")}
          tooltip={t("callerIds.alarmPHelp")}
          min={0.01}
          max={20}
          precision={2}
          suffix="%"
        />
      </Col>
      <Col xs={12} sm={8}>
        <SwitchItem name="restOnAlarm" label={t("callerIds.restOnAlarm")} />
      </Col>
      <Col xs={12} sm={8}>
        <NumberItem name="restDays" label={t("callerIds.restDays")} min={1} max={365} />
      </Col>
    </Row>
  );
}

/** A pool's own settings and which numbers it has. */
export function PoolForm({ pool, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const input = pool ? inputOf(pool) : callerIdPoolInput.parse({ name: "-" });
  const initial = {
    ...input,
    ...(!pool && { name: "" }),
    numbers: input.numbers.map((number) => number.number),
    alarmPercent: input.alarmP * 100,
  };
  const save = useAct(
    ({ alarmPercent, numbers, ...fields }: Fields) =>
      savePool(
        pool?.id ?? null,
        callerIdPoolInput.parse({
          ...input,
          ...fields,
          fallback: fields.fallback ?? null,
          maxPerHour: fields.maxPerHour ?? null,
          maxPerDay: fields.maxPerDay ?? null,
          alarmP: alarmPercent / 100,
          numbers: numbers.map(
            (number) => input.numbers.find((n) => n.number === number) ?? callerIdInput.parse({ number }),
          ),
        }),
      ),
    {
      stale: [callerIdsKey],
      said: t("common.saved"),
      onDone: (saved) => {
        onClose();
        onSaved(saved);
      },
    },
  );
  return (
    <ModalForm<Fields>
      title={pool?.name ?? t("callerIds.add")}
      width={640}
      initialValues={initial}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("callerIds.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <NumbersField />
      <Caps />
      <Row gutter={16}>
        <Col xs={24} sm={12}>
          <Form.Item name="rotation" label={t("callerIds.rotationLabel")}>
            <Select
              options={rotations.map((value) => ({ value, label: t(`callerIds.rotation.${value}`) }))}
            />
          </Form.Item>
        </Col>
        <Col xs={12} sm={6}>
          <SwitchItem
            name="localPresence"
            label={t("callerIds.localPresence")}
            tooltip={t("callerIds.localPresenceHelp")}
          />
        </Col>
        <Col xs={12} sm={6}>
          <SwitchItem name="sticky" label={t("callerIds.sticky")} tooltip={t("callerIds.stickyHelp")} />
        </Col>
      </Row>
      <AlarmFields />
    </ModalForm>
  );
}
