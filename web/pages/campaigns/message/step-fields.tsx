import { Flex, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { DispositionNode } from "../../../../shared/campaigns.ts";
import { type FlowStep, optOutScopes } from "../../../../shared/message-flow.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { PromptPicker } from "./prompt-picker.tsx";

export interface Leaf {
  id: number;
  label: string;
}

/** Dispositions that can be set, each with the way to it. */
export function leavesOf(nodes: readonly DispositionNode[], path = ""): Leaf[] {
  return nodes.flatMap((node) => {
    const label = path + node.label;
    if (node.children.length > 0) return leavesOf(node.children, `${label} / `);
    return node.id === undefined ? [] : [{ id: node.id, label }];
  });
}

interface Props<S> {
  step: S;
  onChange: (step: S) => void;
  leaves: readonly Leaf[];
}

/** As wide as its place, however narrow that is. */
const fields = { flex: "1 1 240px", minWidth: 0, maxWidth: "100%" };

type Of<D extends FlowStep["do"]> = Extract<FlowStep, { do: D }>;

function MenuFields({ step, onChange }: Omit<Props<Of<"menu">>, "leaves">) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={8} style={fields}>
      <PromptPicker
        label={t("broadcast.question")}
        value={step.prompt}
        onChange={(prompt) => onChange({ ...step, prompt })}
      />
      <Flex wrap gap="6px 16px" align="center">
        <Flex gap={6} align="center">
          {t("broadcast.waitForKey")}
          <DurationInput
            aria-label={t("broadcast.waitForKey")}
            units={["second"]}
            min={500}
            value={step.waitMs}
            onChange={(waitMs) => onChange({ ...step, waitMs: waitMs ?? 5000 })}
          />
        </Flex>
        <Flex gap={6} align="center">
          {t("broadcast.repeats")}
          <InputNumber<number>
            aria-label={t("broadcast.repeats")}
            min={0}
            max={5}
            value={step.repeats}
            style={{ width: 70 }}
            onChange={(repeats) => onChange({ ...step, repeats: repeats ?? 0 })}
          />
        </Flex>
        <Flex gap={6} align="center" style={fields}>
          {t("broadcast.wrongPrompt")}
          <PromptPicker
            optional
            label={t("broadcast.wrongPrompt")}
            value={step.wrongPrompt}
            onChange={(wrongPrompt) => onChange({ ...step, wrongPrompt })}
          />
        </Flex>
      </Flex>
    </Flex>
  );
}

/** What one step needs to be told, its branches left out. */
export function StepFields({ step, onChange, leaves }: Props<FlowStep>) {
  const { t } = useTranslation();
  switch (step.do) {
    case "say":
      return (
        <PromptPicker
          label={t("broadcast.prompt")}
          value={step.prompt}
          onChange={(prompt) => onChange({ ...step, prompt })}
        />
      );
    case "menu":
      return <MenuFields step={step} onChange={onChange} />;
    case "transfer":
      return (
        <Flex wrap gap="6px 16px" align="center" style={fields}>
          <PromptPicker
            optional
            label={t("broadcast.sayBefore")}
            value={step.prompt}
            onChange={(prompt) => onChange({ ...step, prompt })}
          />
          <Flex gap={6} align="center">
            {t("broadcast.waitAtMost")}
            <DurationInput
              aria-label={t("broadcast.waitAtMost")}
              units={["second", "minute"]}
              min={1000}
              value={step.waitMs}
              onChange={(waitMs) => onChange({ ...step, waitMs: waitMs ?? 20_000 })}
            />
          </Flex>
        </Flex>
      );
    case "opt-out":
      return (
        <Flex wrap gap={8} align="center" style={fields}>
          <Select
            aria-label={t("broadcast.scopeLabel")}
            value={step.scope}
            options={optOutScopes.map((value) => ({ value, label: t(`broadcast.scope.${value}`) }))}
            style={{ width: 180 }}
            onChange={(scope) => onChange({ ...step, scope })}
          />
          <PromptPicker
            label={t("broadcast.confirmation")}
            value={step.prompt}
            onChange={(prompt) => onChange({ ...step, prompt })}
          />
        </Flex>
      );
    case "callback":
      return (
        <Flex wrap gap={8} align="center" style={fields}>
          <DurationInput
            aria-label={t("broadcast.act.callback")}
            units={["minute", "hour", "day"]}
            min={60_000}
            value={step.afterMinutes * 60_000}
            onChange={(ms) =>
              onChange({ ...step, afterMinutes: Math.max(1, Math.round((ms ?? 3_600_000) / 60_000)) })
            }
          />
          <PromptPicker
            label={t("broadcast.confirmation")}
            value={step.prompt}
            onChange={(prompt) => onChange({ ...step, prompt })}
          />
        </Flex>
      );
    case "disposition":
      return (
        <Select<number | null>
          aria-label={t("broadcast.result")}
          placeholder={t("broadcast.chooseResult")}
          value={step.dispositionId}
          status={step.dispositionId === null ? "warning" : ""}
          options={leaves.map(({ id, label }) => ({ value: id, label }))}
          style={{ width: 260 }}
          onChange={(dispositionId) => onChange({ ...step, dispositionId })}
        />
      );
    case "repeat":
    case "hang-up":
      return null;
  }
}
