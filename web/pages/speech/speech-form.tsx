import { Button, Card, Flex, Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import {
  recognitionEngines,
  type SpeechConfig,
  type SpeechInput,
  type SpeechState,
  synthesisEngines,
} from "../../../shared/speech.ts";
import { useAct } from "../../ui/use-act.ts";
import { ServiceFields } from "./service-fields.tsx";
import { LocalModelField } from "./local-model-field.tsx";
import { saveSpeech, speechKey } from "./speech-api.ts";
import { SpeechTrialCard } from "./speech-trial.tsx";

type Values = SpeechConfig & { apiKey?: string; removeKey?: boolean };

/** An empty key keeps what is stored: it is never sent to the page. */
function inputOf({ apiKey, removeKey, ...shown }: Values, state: SpeechState): SpeechInput {
  const { hasKey: _, ...stored } = state;
  return { ...stored, ...shown, ...(removeKey ? { apiKey: null } : apiKey ? { apiKey } : {}) };
}

export function SpeechForm({ state }: { state: SpeechState }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) ?? state;
  const [speaks, recognises] = [values.synthesis === "service", values.recognition === "service"];
  const save = useAct(saveSpeech, {
    stale: [speechKey, ["voice"]],
    said: t("common.saved"),
    onDone: () => form.setFieldsValue({ apiKey: "", removeKey: false }),
  });
  return (
    <Flex vertical gap={16} style={{ maxWidth: 640 }}>
      <Card>
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={state}
          onFinish={(given) => save.mutate(inputOf(given, state))}
        >
          <Form.Item name="synthesis" label={t("speech.synthesis")} extra={t("speech.synthesisHelp")}>
            <Radio.Group
              optionType="button"
              options={synthesisEngines.map((value) => ({ value, label: t(`speech.engine.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="recognition" label={t("speech.recognition")} extra={t("speech.recognitionHelp")}>
            <Radio.Group
              optionType="button"
              options={recognitionEngines.map((value) => ({ value, label: t(`speech.engine.${value}`) }))}
            />
          </Form.Item>
          {values.recognition === "sherpa-onnx" && <LocalModelField />}
          {(speaks || recognises) && (
            <ServiceFields speaks={speaks} recognises={recognises} hasKey={state.hasKey} />
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Form>
      </Card>
      <SpeechTrialCard
        recognises={values.recognition !== "none"}
        valuesOf={async () => inputOf(await form.validateFields(), state)}
      />
    </Flex>
  );
}
