import { Flex, InputNumber, Switch, theme } from "antd";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../../../shared/calls.ts";
import type { RetryRules } from "../../../../shared/after-call.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";

/** Outcomes after which another try can make sense; the others end the lead or are a matter of the disposition. */
const retryable: Outcome[] = [
  "no-answer",
  "busy",
  "unreachable",
  "powered-off",
  "suspended",
  "call-barred",
  "blocked",
  "machine",
  "screener",
  "rejected",
  "customer-left",
  "abandoned",
  "congestion",
  "trunk-failed",
  "agent-lost",
  "cancelled",
  "failed",
  "crashed",
];
const first = { delayMs: 3_600_000, tries: 3 };

interface Props {
  id?: string;
  value?: RetryRules;
  onChange?: (value: RetryRules) => void;
}

export function RetryEditor({ value = {}, onChange }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const set = (outcome: Outcome, rule: RetryRules[Outcome]) => {
    const { [outcome]: _, ...rest } = value;
    onChange?.(rule ? { ...rest, [outcome]: rule } : rest);
  };
  return (
    <Flex vertical>
      {retryable.map((outcome) => {
        const rule = value[outcome];
        const name = t(`outcome.${outcome}`);
        return (
          <Flex
            key={outcome}
            wrap
            align="center"
            gap="4px 12px"
            style={{ minHeight: 46, borderBottom: `1px solid ${token.colorBorderSecondary}` }}
          >
            <Switch
              size="small"
              checked={rule !== undefined}
              aria-label={t("campaigns.retryAfter", { outcome: name })}
              onChange={(on) => set(outcome, on ? first : undefined)}
            />
            <span style={{ width: 170 }}>{name}</span>
            {rule ? (
              <Flex wrap gap={8} align="center">
                {t("campaigns.after")}
                <DurationInput
                  units={["minute", "hour", "day"]}
                  value={rule.delayMs}
                  aria-label={t("campaigns.delayAfter", { outcome: name })}
                  onChange={(delayMs) => set(outcome, { ...rule, delayMs: delayMs ?? 0 })}
                />
                {t("campaigns.atMost")}
                <InputNumber<number>
                  min={1}
                  max={50}
                  value={rule.tries}
                  style={{ width: 70 }}
                  aria-label={t("campaigns.triesAfter", { outcome: name })}
                  onChange={(tries) => set(outcome, { ...rule, tries: tries ?? 1 })}
                />
                {t("campaigns.times")}
              </Flex>
            ) : (
              <span style={{ color: token.colorTextTertiary }}>{t("campaigns.noRetry")}</span>
            )}
          </Flex>
        );
      })}
    </Flex>
  );
}
