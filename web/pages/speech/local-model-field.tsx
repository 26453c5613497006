import { Form, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useSpeechModels } from "./speech-api.ts";

/** Which of the models on the server writes down what was said, and where models are put. */
export function LocalModelField() {
  const { t } = useTranslation();
  const models = useSpeechModels().data;
  return (
    <Form.Item
      name="localModel"
      getValueProps={(value: string) => ({ value: value || undefined })}
      label={t("speech.localModel")}
      rules={[{ required: true }]}
      extra={
        <>
          {t("speech.localModelHelp")} {models && <Typography.Text code>{models.folder}</Typography.Text>}
        </>
      }
    >
      <Select
        placeholder={t("speech.noLocalModel")}
        options={models?.items.map(({ name, kind }) => ({
          value: name,
          label: `${name} · ${kind ?? t("speech.unknownModel")}`,
          disabled: kind === null,
        }))}
      />
    </Form.Item>
  );
}
