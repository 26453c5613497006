import { Flex, Select } from "antd";
import { useTranslation } from "react-i18next";
import { flowKeys, type OptOutRule, optOutScopes } from "../../../../shared/message-flow.ts";
import { PromptPicker } from "./prompt-picker.tsx";

/** The key against more calls: which one, for what, and what confirms it. */
export function OptOutFields({ rule, onChange }: { rule: OptOutRule; onChange: (rule: OptOutRule) => void }) {
  const { t } = useTranslation();
  return (
    <Flex wrap gap={8} align="center">
      <Select
        aria-label={t("broadcast.optOutKey")}
        value={rule.key}
        options={flowKeys.map((value) => ({ value, label: t("broadcast.onKey", { key: value }) }))}
        style={{ width: 110 }}
        onChange={(key) => onChange({ ...rule, key })}
      />
      <Select
        aria-label={t("broadcast.scopeLabel")}
        value={rule.scope}
        options={optOutScopes.map((value) => ({ value, label: t(`broadcast.scope.${value}`) }))}
        style={{ width: 180 }}
        onChange={(scope) => onChange({ ...rule, scope })}
      />
      <PromptPicker
        label={t("broadcast.confirmation")}
        value={rule.prompt}
        onChange={(prompt) => onChange({ ...rule, prompt })}
      />
    </Flex>
  );
}
