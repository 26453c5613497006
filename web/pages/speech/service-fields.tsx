import { Checkbox, Flex, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { speechConfig } from "../../../shared/speech.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";

/** Where the service is, and what it is asked for. */
export function ServiceFields({
  speaks,
  recognises,
  hasKey,
}: {
  speaks: boolean;
  recognises: boolean;
  hasKey: boolean;
}) {
  const { t } = useTranslation();
  const removes = Form.useWatch<boolean>("removeKey");
  return (
    <>
      <Form.Item
        name="url"
        label={t("speech.url")}
        extra={t("speech.urlHelp")}
        rules={[{ required: true }, fits(speechConfig.shape.url, t("speech.urlRule"))]}
      >
        <Input placeholder="https://speech.example.com/v1" inputMode="url" />
      </Form.Item>
      <Form.Item
        name="apiKey"
        label={t("speech.apiKey")}
        extra={hasKey ? t("speech.keyKept") : t("speech.keyHelp")}
      >
        <Input.Password autoComplete="new-password" disabled={removes} />
      </Form.Item>
      {hasKey && (
        <Form.Item name="removeKey" valuePropName="checked">
          <Checkbox>{t("speech.removeKey")}</Checkbox>
        </Form.Item>
      )}
      {speaks && (
        <Form.Item name="speechModel" label={t("speech.speechModel")} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
      )}
      {speaks && (
        <Flex wrap gap="0 16px">
          {languages.map((language) => (
            <Form.Item
              key={language}
              name={["voices", language]}
              label={t(`speech.voice.${language}`)}
              style={{ flex: "1 1 200px" }}
            >
              <Input />
            </Form.Item>
          ))}
        </Flex>
      )}
      {recognises && (
        <Form.Item
          name="transcriptionModel"
          label={t("speech.transcriptionModel")}
          rules={[{ required: true }]}
        >
          <Input />
        </Form.Item>
      )}
      <NumberItem
        name="timeoutSeconds"
        label={t("speech.timeout")}
        extra={t("speech.timeoutHelp")}
        min={1}
        max={60}
        suffix={t("settings.seconds")}
      />
    </>
  );
}
