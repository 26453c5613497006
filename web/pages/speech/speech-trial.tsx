import { CaretRightOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { useAct } from "../../ui/use-act.ts";
import { listen, type SpeechTrial, transcribe } from "./speech-api.ts";

/** Tries what is in the form before it is saved. `valuesOf` rejects when the form has faults. */
export function SpeechTrialCard({
  recognises,
  valuesOf,
}: {
  recognises: boolean;
  valuesOf: () => Promise<Omit<SpeechTrial, "text" | "language">>;
}) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<"zh" | "en">(i18n.language === "en" ? "en" : "zh");
  const [written, setWritten] = useState<string | null>(null);
  const [own, setOwn] = useState<string | null>(null);
  const text = own ?? t("speech.example", { lng: language });
  const trial = async () => ({ ...(await valuesOf()), text, language });
  const hear = useAct(async () => listen(await trial()));
  const write = useAct(async () => transcribe(await trial()), {
    onDone: (heard) => setWritten(heard.text),
  });
  return (
    <Card title={t("speech.try")}>
      <Form.Item label={t("sounds.language")}>
        <Radio.Group
          optionType="button"
          aria-label={t("sounds.language")}
          value={language}
          onChange={(event) => setLanguage(event.target.value as typeof language)}
          options={languages.map((value) => ({ value, label: t(`sounds.languages.${value}`) }))}
        />
      </Form.Item>
      <Form.Item label={t("speech.text")}>
        <Input
          aria-label={t("speech.text")}
          value={text}
          maxLength={500}
          onChange={(event) => setOwn(event.target.value)}
        />
      </Form.Item>
      <Flex gap={8} wrap>
        <Button
          icon={<CaretRightOutlined />}
          disabled={text.trim() === ""}
          loading={hear.isPending}
          onClick={() => hear.mutate(undefined)}
        >
          {t("sounds.listen")}
        </Button>
        {recognises && (
          <Button
            disabled={text.trim() === ""}
            loading={write.isPending}
            onClick={() => write.mutate(undefined)}
          >
            {t("speech.write")}
          </Button>
        )}
      </Flex>
      {written !== null && (
        <Alert
          style={{ marginTop: 16 }}
          type={written === "" ? "warning" : "success"}
          title={written === "" ? t("speech.nothingHeard") : t("speech.heard", { text: written })}
        />
      )}
    </Card>
  );
}
