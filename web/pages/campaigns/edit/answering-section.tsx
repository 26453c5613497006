import { Alert, Form, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { listenings, machineActions, sensitivities } from "../../../../shared/answering.ts";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { usePrompts } from "../../sounds/sound-api.ts";

/** What one kind of answer gets, and the message where it gets one. */
function Action({ of, prompt }: { of: "onMachine" | "onScreener"; prompt: string }) {
  const { t } = useTranslation();
  const prompts = usePrompts();
  const action: unknown = Form.useWatch(["answering", of]);
  return (
    <>
      <FormColumn span={action === "message" ? 12 : 24}>
        <Form.Item name={["answering", of]} label={t(`answering.${of}`)}>
          <Select
            style={{ maxWidth: 420 }}
            options={machineActions.map((value) => ({ value, label: t(`answering.action.${of}.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      {action === "message" && (
        <FormColumn span={12}>
          <Form.Item
            name={["answering", prompt]}
            label={t("answering.prompt")}
            rules={[{ required: true, message: t("answering.promptMissing") }]}
          >
            <Select
              loading={prompts.isPending}
              placeholder={t("answering.promptMissing")}
              options={(prompts.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        </FormColumn>
      )}
    </>
  );
}

/** Before an agent or beside one, and on which side to err. */
function Listening() {
  const { t } = useTranslation();
  const isBeside = Form.useWatch(["answering", "listen"]) === "beside";
  return (
    <>
      <FormColumn span={12}>
        <Form.Item
          name={["answering", "listen"]}
          label={t("answering.listen")}
          extra={t(`answering.listenHelp.${isBeside ? "beside" : "before"}`)}
        >
          <Select
            options={listenings.map((value) => ({ value, label: t(`answering.listening.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn span={12}>
        <Form.Item
          name={["answering", "sensitivity"]}
          label={t("answering.sensitivity")}
          extra={t("answering.sensitivityHelp")}
        >
          <Select
            options={sensitivities.map((value) => ({ value, label: t(`answering.sensitivities.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      {isBeside && (
        <FormColumn span={24}>
          <Form.Item
            name={["answering", "takeBack"]}
            label={t("answering.takeBack")}
            extra={t("answering.takeBackHelp")}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </FormColumn>
      )}
    </>
  );
}

/** Whether it is found out who answered, and what becomes of machines. */
export function AnsweringSection() {
  const { t } = useTranslation();
  const isOn = Form.useWatch(["answering", "enabled"]) === true;
  return (
    <FormSection title={t("campaigns.section.answering")} help={t("answering.help")}>
      <FormColumn span={24}>
        <Form.Item name={["answering", "enabled"]} label={t("answering.enabled")} valuePropName="checked">
          <Switch />
        </Form.Item>
        {isOn && <Alert type="info" showIcon title={t("answering.cost")} style={{ marginBottom: 20 }} />}
      </FormColumn>
      {isOn && (
        <>
          <Listening />
          <Action of="onMachine" prompt="machinePromptId" />
          <Action of="onScreener" prompt="screenerPromptId" />
          <FormColumn span={12}>
            <Form.Item
              name={["answering", "samplePercent"]}
              label={t("answering.sample")}
              extra={t("answering.sampleHelp")}
            >
              <InputNumber min={0} max={100} step={0.5} suffix="%" style={{ width: 130 }} />
            </Form.Item>
          </FormColumn>
          <FormColumn span={12}>
            <Form.Item
              name={["answering", "maxErrorPercent"]}
              label={t("answering.maxError")}
              extra={t("answering.maxErrorHelp")}
            >
              <InputNumber min={0.1} max={50} step={0.1} suffix="%" style={{ width: 130 }} />
            </Form.Item>
          </FormColumn>
        </>
      )}
    </FormSection>
  );
}
