import { Button, Card, Form } from "antd";
import { useTranslation } from "react-i18next";
import {
  type Forwarding,
  type ForwardingInput,
  forwardKinds,
  type ForwardTarget,
} from "../../../shared/forwarding.ts";
import { useForwardingChange } from "../../features/desk/use-forwarding.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { HoursInput } from "../campaigns/edit/hours-input.tsx";
import { TargetInput } from "./target-input.tsx";

/** Where my calls go. */
export function ForwardingCard({ forwarding }: { forwarding: Forwarding }) {
  const { t } = useTranslation();
  const save = useForwardingChange(t("common.saved"));
  const isWhole = (_: unknown, target: ForwardTarget | null) =>
    target?.type === "number" && target.phone.trim().length < 2
      ? Promise.reject(new Error(t("myLine.numberMissing")))
      : Promise.resolve();
  return (
    <Card title={t("myLine.forwarding")}>
      <Form<ForwardingInput>
        layout="vertical"
        initialValues={forwarding}
        onFinish={(input) => save.mutate(input)}
      >
        <SwitchItem
          name="doNotDisturb"
          label={t("myLine.doNotDisturb")}
          extra={t("myLine.doNotDisturbHelp")}
        />
        {forwardKinds.map((kind) => (
          <Form.Item key={kind} name={kind} label={t(`myLine.kind.${kind}`)} rules={[{ validator: isWhole }]}>
            <TargetInput label={t(`myLine.kind.${kind}`)} />
          </Form.Item>
        ))}
        <NumberItem
          name="noAnswerSeconds"
          label={t("myLine.noAnswerSeconds")}
          min={5}
          max={120}
          suffix={t("settings.seconds")}
        />
        <Form.Item name="hours" label={t("myLine.hours")} extra={t("myLine.hoursHelp")}>
          <HoursInput label={t("myLine.hours")} />
        </Form.Item>
        {forwarding.directNumber !== null && (
          <p>{t("myLine.directNumber", { number: formatPhone(forwarding.directNumber) })}</p>
        )}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("common.save")}
        </Button>
      </Form>
    </Card>
  );
}
