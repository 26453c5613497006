import { Card, Flex, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type AgentlessSettings, onMachineChoices } from "../../../../shared/broadcasts.ts";
import { PromptPicker } from "./prompt-picker.tsx";

export function Field({
  label,
  help,
  children,
}: {
  label: string;
  help?: string;
  children: React.ReactNode;
}) {
  return (
    <Flex vertical gap={4}>
      <span>{label}</span>
      {children}
      {help && <Typography.Text type="secondary">{help}</Typography.Text>}
    </Flex>
  );
}

/** What answering machines hear. */
export function MachinesCard({
  settings: { onMachine, voicemailPrompt },
  onChange,
}: {
  settings: AgentlessSettings;
  onChange: (change: Partial<AgentlessSettings>) => void;
}) {
  const { t } = useTranslation();
  return (
    <Card title={t("broadcast.onMachine")}>
      <Field label={t("broadcast.onMachine")} help={t("broadcast.onMachineHelp")}>
        <Flex wrap gap={8} align="center">
          <Select
            aria-label={t("broadcast.onMachine")}
            value={onMachine}
            options={onMachineChoices.map((value) => ({
              value,
              label: t(`broadcast.onMachineChoice.${value}`),
            }))}
            style={{ width: 300 }}
            onChange={(choice) => onChange({ onMachine: choice })}
          />
          {onMachine === "prompt" && (
            <PromptPicker
              label={t("broadcast.machinePrompt")}
              value={voicemailPrompt}
              onChange={(prompt) => onChange({ voicemailPrompt: prompt })}
            />
          )}
        </Flex>
      </Field>
    </Card>
  );
}
