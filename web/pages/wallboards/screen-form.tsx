import { Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import type { ScreenInput, ScreenRow, WallboardRow } from "../../../shared/wallboards.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { addScreen, saveScreen, screensKey } from "./wallboard-api.ts";

interface Props {
  /** Null: a new one. */
  screen: ScreenRow | null;
  boards: readonly WallboardRow[];
  onClose: () => void;
  /** Of a new one: the secret of its link, told this once. */
  onMade: (token: string) => void;
}

/** Which boards a screen shows by turns, and how. */
export function ScreenForm({ screen, boards, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const save = useAct(
    async (input: ScreenInput) => {
      if (!screen) return addScreen(input);
      await saveScreen(screen.id, input);
      return null;
    },
    {
      stale: [screensKey],
      said: t("common.saved"),
      onDone: (made) => {
        onClose();
        if (made) onMade(made.token);
      },
    },
  );
  const usual = { seconds: 20, theme: "dark", language: currentLanguage(), boardIds: [] };
  return (
    <ModalForm<ScreenInput>
      title={screen?.name ?? t("wallboards.addScreen")}
      initialValues={screen ?? usual}
      isPending={save.isPending}
      onSubmit={(input) => save.mutate(input)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("wallboards.name")} rules={[{ required: true, max: 80 }]}>
        <Input autoFocus placeholder={t("wallboards.screenExample")} />
      </Form.Item>
      <Form.Item
        name="boardIds"
        label={t("wallboards.shownInTurn")}
        rules={[{ required: true, type: "array" }]}
      >
        <Select mode="multiple" options={boards.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="seconds" label={t("wallboards.seconds")} rules={[{ required: true }]}>
        <InputNumber min={5} max={3600} />
      </Form.Item>
      <Form.Item name="theme" label={t("wallboards.theme")}>
        <Select
          options={(["dark", "light"] as const).map((value) => ({
            value,
            label: t(`wallboards.themes.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="language" label={t("wallboards.language")}>
        <Select options={languages.map((value) => ({ value, label: t(`wallboards.languages.${value}`) }))} />
      </Form.Item>
    </ModalForm>
  );
}
