import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Flex, Switch, theme } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RetryRule, RetryRules } from "../../../../shared/after-call.ts";
import type { Outcome } from "../../../../shared/calls.ts";
import { RetryDetails, RetryWhen } from "./retry-row.tsx";

/** Outcomes after which another try can make sense; the others end the lead or are a matter of the disposition. */
export const retryable: Outcome[] = [
  "no-answer",
  "busy",
  "unreachable",
  "powered-off",
  "suspended",
  "call-barred",
  "blocked",
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
const first: RetryRule = { delayMs: 3_600_000, tries: 3 };

/** What is not as everybody has it, so that nothing surprising hides behind the arrow. */
const isSpecial = (rule: RetryRule) =>
  rule.number === "same" ||
  Boolean(rule.otherCallerId) ||
  Boolean(rule.untilReached) ||
  (rule.usedUp ?? "done") !== "done";

interface Props {
  id?: string;
  value?: RetryRules;
  onChange?: (value: RetryRules) => void;
}

export function RetryEditor({ value = {}, onChange }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const [toggled, setToggled] = useState<ReadonlySet<Outcome>>(new Set());
  const set = (outcome: Outcome, rule: RetryRules[Outcome]) => {
    const { [outcome]: _, ...rest } = value;
    onChange?.(rule ? { ...rest, [outcome]: rule } : rest);
  };
  return (
    <Flex vertical>
      {retryable.map((outcome) => {
        const rule = value[outcome];
        const name = t(`outcome.${outcome}`);
        const isOpen = rule !== undefined && (toggled.has(outcome) || isSpecial(rule));
        const toggle = () =>
          setToggled(new Set(isOpen ? [...toggled].filter((o) => o !== outcome) : [...toggled, outcome]));
        return (
          <div key={outcome} style={{ borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
            <Flex wrap align="center" gap="4px 12px" style={{ minHeight: 46 }}>
              <Switch
                size="small"
                checked={rule !== undefined}
                aria-label={t("campaigns.retryAfter", { outcome: name })}
                onChange={(on) => set(outcome, on ? first : undefined)}
              />
              <span style={{ width: 150 }}>{name}</span>
              {rule ? (
                <>
                  <RetryWhen name={name} rule={rule} onChange={(changed) => set(outcome, changed)} />
                  <Button
                    type="text"
                    size="small"
                    icon={isOpen ? <DownOutlined /> : <RightOutlined />}
                    disabled={isSpecial(rule)}
                    aria-expanded={isOpen}
                    aria-label={t("retry.moreOf", { outcome: name })}
                    onClick={toggle}
                  >
                    {t("common.more")}
                  </Button>
                </>
              ) : (
                <span style={{ color: token.colorTextTertiary }}>{t("campaigns.noRetry")}</span>
              )}
            </Flex>
            {rule && isOpen && (
              <div style={{ paddingInlineStart: 40 }}>
                <RetryDetails name={name} rule={rule} onChange={(changed) => set(outcome, changed)} />
              </div>
            )}
          </div>
        );
      })}
    </Flex>
  );
}
