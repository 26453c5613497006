import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type BuiltInPrompt, builtInPrompts, type PromptChoice } from "../../../../shared/message-flow.ts";
import { apiUrl } from "../../../lib/api.ts";
import { currentLanguage } from "../../../lib/i18n/index.ts";
import { SoundButton } from "../../../ui/sound-button.tsx";
import { usePrompts } from "../../sounds/sound-api.ts";
import { PromptForm } from "../../sounds/prompt-form.tsx";

/** Names of prompts for this person's eyes. */
export function usePromptName(): (choice: PromptChoice) => string {
  const { t } = useTranslation();
  const prompts = usePrompts().data?.items ?? [];
  return (choice) => {
    if (choice === null) return t("broadcast.noPrompt");
    if (typeof choice === "string") return t(`broadcast.builtIn.${choice}`);
    return prompts.find((prompt) => prompt.id === choice)?.name ?? t("broadcast.lostPrompt");
  };
}

interface Props {
  label: string;
  value: PromptChoice;
  onChange: (choice: PromptChoice) => void;
  /** None is a choice. */
  optional?: boolean;
  builtIn?: readonly BuiltInPrompt[];
  /** The key that a built-in prompt speaks of. */
  optOutKey?: string | undefined;
}

/** Chooses a prompt, lets one hear it, and makes a new one in place. */
export function PromptPicker({ label, value, onChange, optional, builtIn, optOutKey = "" }: Props) {
  const { t } = useTranslation();
  const prompts = usePrompts();
  const nameOf = usePromptName();
  const [adding, setAdding] = useState(false);
  const url =
    typeof value === "number"
      ? apiUrl(`/prompts/${value}/audio`)
      : apiUrl(
          `/prompts/built-in/${value}/audio?language=${currentLanguage()}&key=${encodeURIComponent(optOutKey)}`,
        );
  const options = [
    ...(builtIn ?? builtInPrompts).map((name) => ({ value: name as PromptChoice, label: nameOf(name) })),
    ...(prompts.data?.items ?? []).map(({ id, name }) => ({ value: id as PromptChoice, label: name })),
  ];
  return (
    <Flex gap={6} align="center" style={{ width: 440, minWidth: 0, maxWidth: "100%" }}>
      <Select<PromptChoice>
        aria-label={label}
        placeholder={optional ? t("broadcast.nothingSaid") : t("broadcast.choosePrompt")}
        allowClear={optional ?? false}
        loading={prompts.isPending}
        showSearch={{ optionFilterProp: "label" }}
        status={value === null && !optional ? "warning" : ""}
        value={value}
        options={options}
        style={{ flex: 1, minWidth: 0 }}
        onChange={(choice) => onChange(choice ?? null)}
      />
      {value !== null && (
        <SoundButton key={url} url={url} label={t("broadcast.hear", { name: nameOf(value) })} />
      )}
      <Button
        size="small"
        icon={<PlusOutlined />}
        aria-label={`${t("sounds.addPrompt")}: ${label}`}
        onClick={() => setAdding(true)}
      />
      {adding && <PromptForm prompt={null} onClose={() => setAdding(false)} />}
    </Flex>
  );
}
