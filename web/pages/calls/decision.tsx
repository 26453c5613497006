import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Alert, Collapse, Flex, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallDetail } from "../../../shared/calls.ts";
import { formatInstant } from "../../lib/format.ts";
import { useRecordWords } from "../../ui/use-record-words.ts";

type Shown = NonNullable<CallDetail["decision"]>;

/** What refused the call besides the law's rules: a rule of our own, by its name, or a pool without a number to show. */
export interface OwnRefusal {
  rule: "barred" | "caller-ids";
  name: string;
}

export function refusalOf({ events }: Pick<CallDetail, "events">): OwnRefusal | null {
  const { rules, barredBy } = events.find(({ type }) => type === "refused")?.data ?? {};
  if (typeof barredBy === "string") return { rule: "barred", name: barredBy };
  return Array.isArray(rules) && rules.includes("caller-ids") ? { rule: "caller-ids", name: "" } : null;
}

interface Props {
  decision: Shown;
  refused: OwnRefusal | null;
}

/** Why this attempt was allowed or refused: each rule, and what it looked at. */
export function Decision({ decision, refused }: Props) {
  const { t } = useTranslation();
  const allowed = decision.allowed && !refused;
  const words = useRecordWords();
  const { token } = theme.useToken();
  return (
    <Flex vertical gap={14}>
      <Alert
        type={allowed ? "success" : "warning"}
        showIcon
        title={t(allowed ? "calls.allowed" : "calls.refused")}
        description={t("calls.decidedAt", {
          at: formatInstant(decision.at, "full"),
          version: decision.rulesVersion,
        })}
      />
      {refused && (
        <Flex gap={10} align="flex-start">
          <CloseCircleFilled style={{ color: token.colorError, marginTop: 4 }} />
          {t(`calls.refusedBy.${refused.rule}`, { name: refused.name })}
        </Flex>
      )}
      <Flex vertical component="ul" gap={8} style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {decision.reasons.map(({ rule, allowed, detail }) => (
          <Flex key={rule} component="li" gap={10} align="flex-start">
            {allowed ? (
              <CheckCircleFilled style={{ color: token.colorSuccess, marginTop: 4 }} />
            ) : (
              <CloseCircleFilled style={{ color: token.colorError, marginTop: 4 }} />
            )}
            <div style={{ minWidth: 0 }}>
              {t(`rule.${rule}`, { defaultValue: rule })}
              <div>
                <Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: "anywhere" }}>
                  {words(detail)}
                </Typography.Text>
              </div>
            </div>
          </Flex>
        ))}
      </Flex>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "facts",
            label: t("calls.facts"),
            children: (
              <pre className="mono" style={{ fontSize: 12, margin: 0, overflow: "auto" }}>
                {JSON.stringify(decision.facts, null, 2)}
              </pre>
            ),
          },
        ]}
      />
    </Flex>
  );
}
