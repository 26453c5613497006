import { Card, Flex, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { settings, type Settings } from "../../../shared/settings.ts";
import { api } from "../../lib/api.ts";
import { settingsKey, useCompany } from "../../lib/session.ts";
import { useAct } from "../../ui/use-act.ts";
import { promptsKey, soundsKey, usePrompts, useSounds } from "./sound-api.ts";

const useChoice = () => {
  const { t } = useTranslation();
  return useAct((change: Partial<Settings>) => api.patch("/settings", settings, change), {
    stale: [settingsKey, soundsKey, promptsKey],
    said: t("common.saved"),
  });
};

/** A prompt that the company chose, or what comes with the system. */
function PromptItem({
  name,
  word,
}: {
  name: "abandonPromptId" | "voicemailPromptId";
  word: "abandonMessage" | "voicemailNotice";
}) {
  const { t } = useTranslation();
  const chosen = useCompany()[name];
  const prompts = usePrompts().data?.items ?? [];
  const save = useChoice();
  return (
    <Form.Item
      label={t(`sounds.${word}`)}
      extra={t(`sounds.${word}Help`)}
      style={{ flex: "1 1 320px", marginBottom: 0 }}
    >
      <Select<number | null>
        allowClear
        aria-label={t(`sounds.${word}`)}
        placeholder={t("sounds.builtIn")}
        value={prompts.some(({ id }) => id === chosen) ? chosen : null}
        options={prompts.map((prompt) => ({ value: prompt.id, label: prompt.name }))}
        onChange={(id: number | null | undefined) => save.mutate({ [name]: id ?? null })}
      />
    </Form.Item>
  );
}

/** What customers hear: music on hold, the message to those whom nobody can take, the notice of the voicemail. */
export function ChosenSounds() {
  const { t } = useTranslation();
  const company = useCompany();
  const sounds = useSounds().data?.items ?? [];
  const save = useChoice();
  return (
    <Card>
      <Form layout="vertical">
        <Flex wrap gap="0 32px">
          <Form.Item
            label={t("sounds.holdMusic")}
            extra={t("sounds.holdMusicHelp")}
            style={{ flex: "1 1 320px", marginBottom: 0 }}
          >
            <Select<number[]>
              mode="multiple"
              aria-label={t("sounds.holdMusic")}
              placeholder={t("sounds.builtIn")}
              value={company.holdSoundIds.filter((id) => sounds.some((sound) => sound.id === id))}
              options={sounds.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(holdSoundIds) => save.mutate({ holdSoundIds })}
            />
          </Form.Item>
          <PromptItem name="abandonPromptId" word="abandonMessage" />
          <PromptItem name="voicemailPromptId" word="voicemailNotice" />
        </Flex>
      </Form>
    </Card>
  );
}
