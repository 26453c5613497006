import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Speech } from "../../../../shared/ivr/block-parts.ts";
import { apiUrl } from "../../../lib/api.ts";
import { SoundButton } from "../../../ui/sound-button.tsx";
import { PromptForm } from "../../sounds/prompt-form.tsx";
import { usePrompts } from "../../sounds/sound-api.ts";
import "../flow.css";
import type { FormContext, FormProps } from "./context.ts";

interface Props {
  label: string;
  help?: string;
  value: Speech;
  context: Pick<FormContext, "languages" | "variables">;
  onChange: (value: Speech) => void;
}

/** What is said: a stored prompt, or texts in each language of the flow, with variables. */
export function SpeechField({ label, help, value, context, onChange }: Props) {
  const { t } = useTranslation();
  const prompts = usePrompts();
  const [adds, setAdds] = useState(false);
  const chosen = prompts.data?.items.find(({ id }) => id === value.promptId);
  return (
    <fieldset className="ivr-list">
      <legend>{label}</legend>
      <Flex gap={6} align="center">
        <Select<number | null>
          value={value.promptId}
          aria-label={`${label}: ${t("ivr.prompt")}`}
          placeholder={t("ivr.text")}
          allowClear
          loading={prompts.isPending}
          showSearch={{ optionFilterProp: "label" }}
          style={{ flex: 1, minWidth: 0 }}
          options={(prompts.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(promptId?: number | null) => onChange({ ...value, promptId: promptId ?? null })}
        />
        {chosen && (
          <SoundButton
            key={chosen.id}
            url={apiUrl(`/prompts/${chosen.id}/audio`)}
            label={t("broadcast.hear", { name: chosen.name })}
          />
        )}
        <Button
          size="small"
          icon={<PlusOutlined />}
          aria-label={`${t("sounds.addPrompt")}: ${label}`}
          onClick={() => setAdds(true)}
        />
      </Flex>
      {value.promptId === null &&
        context.languages.map((language) => (
          <div key={language} className="ivr-text">
            <Input.TextArea
              value={value[language]}
              maxLength={1000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              aria-label={`${label}: ${t(`ivr.language.${language}`)}`}
              placeholder={t(`ivr.language.${language}`)}
              onChange={(event) => onChange({ ...value, [language]: event.target.value })}
            />
            <Dropdown
              trigger={["click"]}
              menu={{
                items: context.variables.map((name) => ({ key: name, label: name })),
                onClick: ({ key }) => onChange({ ...value, [language]: `${value[language]}{{${key}}}` }),
              }}
            >
              <Button
                size="small"
                type="text"
                aria-label={`${t("ivr.insertVariable")}: ${label}: ${t(`ivr.language.${language}`)}`}
              >
                {"{ }"}
              </Button>
            </Dropdown>
          </div>
        ))}
      {help && <small>{help}</small>}
      {adds && <PromptForm prompt={null} onClose={() => setAdds(false)} />}
    </fieldset>
  );
}

/** What a block says first. */
export function SaidField({
  block,
  put,
  context,
  t,
}: Pick<FormProps<"prompt">, "context" | "t"> & {
  block: { speech: Speech };
  put: (change: { speech: Speech }) => void;
}) {
  return (
    <SpeechField
      label={t("ivr.speech")}
      value={block.speech}
      context={context}
      onChange={(speech) => put({ speech })}
    />
  );
}
