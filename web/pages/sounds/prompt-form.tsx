import { CaretRightOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { type PromptInput, type PromptPart, promptRow, type PromptRow } from "../../../shared/sounds.ts";
import { api } from "../../lib/api.ts";
import { playSound } from "../../lib/play-sound.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { PartsEditor } from "./parts-editor.tsx";
import { promptsKey, soundsKey } from "./sound-api.ts";

const ownNames = { zh: "中文", en: "English" };

/** The prompt as it will be heard; its variables speak their own names. */
async function listen(prompt: Pick<PromptInput, "language" | "parts">): Promise<void> {
  const names = prompt.parts.flatMap((part) =>
    part.kind === "text" ? [...part.text.matchAll(/\{\{\s*([^\s|}]+)/g)].map(([, name]) => name) : [],
  );
  const variables = Object.fromEntries(names.map((name) => [name, name]));
  await playSound("/prompts/listen", { ...prompt, variables });
}

export function PromptForm({ prompt, onClose }: { prompt: PromptRow | null; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [parts, setParts] = useState<PromptPart[]>(prompt?.parts ?? [{ kind: "text", text: "" }]);
  const [language, setLanguage] = useState(prompt?.language ?? (i18n.language === "en" ? "en" : "zh"));
  const said = parts.filter((part) => part.kind !== "text" || part.text.trim() !== "");
  const save = useAct(
    (input: PromptInput) =>
      prompt ? api.put(`/prompts/${prompt.id}`, promptRow, input) : api.post("/prompts", promptRow, input),
    { stale: [promptsKey, soundsKey], said: t("common.saved"), onDone: onClose },
  );
  const hear = useAct(listen);
  return (
    <ModalForm<{ name: string }>
      title={t(prompt ? "sounds.editPrompt" : "sounds.addPrompt")}
      width={680}
      initialValues={{ name: prompt?.name ?? "" }}
      isPending={save.isPending}
      onSubmit={({ name }) => save.mutate({ name, language, parts: said })}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("sounds.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item label={t("sounds.language")}>
        <Radio.Group
          optionType="button"
          value={language}
          onChange={(event) => setLanguage(event.target.value as typeof language)}
          options={languages.map((value) => ({ value, label: ownNames[value] }))}
        />
      </Form.Item>
      <Form.Item label={t("sounds.parts")} extra={t("sounds.variablesHelp", { open: "{{", close: "}}" })}>
        <PartsEditor parts={parts} onChange={setParts} />
      </Form.Item>
      <Flex>
        <Button
          icon={<CaretRightOutlined />}
          disabled={said.length === 0}
          loading={hear.isPending}
          onClick={() => hear.mutate({ language, parts: said })}
        >
          {t("sounds.listen")}
        </Button>
      </Flex>
    </ModalForm>
  );
}
