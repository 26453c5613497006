import { Card, Flex, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { settings, type Settings } from "../../../shared/settings.ts";
import { api } from "../../lib/api.ts";
import { settingsKey, useCompany } from "../../lib/session.ts";
import { useAct } from "../../ui/use-act.ts";
import { promptsKey, soundsKey, usePrompts, useSounds } from "./sound-api.ts";

/** What customers hear: music on hold, and the message to those whom nobody can take. */
export function ChosenSounds() {
  const { t } = useTranslation();
  const company = useCompany();
  const sounds = useSounds().data?.items ?? [];
  const prompts = usePrompts().data?.items ?? [];
  const save = useAct((change: Partial<Settings>) => api.patch("/settings", settings, change), {
    stale: [settingsKey, soundsKey, promptsKey],
    said: t("common.saved"),
  });
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
          <Form.Item
            label={t("sounds.abandonMessage")}
            extra={t("sounds.abandonMessageHelp")}
            style={{ flex: "1 1 320px", marginBottom: 0 }}
          >
            <Select<number | null>
              allowClear
              aria-label={t("sounds.abandonMessage")}
              placeholder={t("sounds.builtIn")}
              value={
                prompts.some(({ id }) => id === company.abandonPromptId) ? company.abandonPromptId : null
              }
              options={prompts.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id: number | null | undefined) => save.mutate({ abandonPromptId: id ?? null })}
            />
          </Form.Item>
        </Flex>
      </Form>
    </Card>
  );
}
