import { Descriptions, Flex, Tag, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { weekdays, type WeekHours } from "../../../shared/campaigns.ts";
import { callPurposes, type RulePack, type RuleSet } from "../../../shared/rule-packs.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";

type Rules = Partial<RuleSet>;

/** Days with the same hours in one line. */
function Week({ week }: { week: WeekHours }) {
  const { t } = useTranslation();
  const lines = new Map<string, string[]>();
  for (const day of weekdays) {
    const spans = (week[day] ?? []).map((span) => span.join("–")).join(", ");
    lines.set(spans, [...(lines.get(spans) ?? []), t(`weekday.short.${day}`)]);
  }
  if (lines.size === 1) return <>{[...lines.keys()][0] || t("rulePacks.closed")}</>;
  return (
    <>
      {[...lines].map(([spans, days]) => (
        <div key={spans}>
          {days.join(" ")} {spans || t("rulePacks.closed")}
        </div>
      ))}
    </>
  );
}

function Source({ id, pack }: { id: string; pack: RulePack }) {
  const { t } = useTranslation();
  const source = pack.sources[id];
  if (!source) return null;
  const text = `${source.title}: ${source.section}`;
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {source.url ? (
        <a href={source.url} target="_blank" rel="noreferrer">
          {text}
        </a>
      ) : (
        text
      )}{" "}
      {source.checked !== null ? (
        t("rulePacks.checked", { date: source.checked })
      ) : (
        <Tag color="warning">
          {source.account === null
            ? t("rulePacks.unchecked")
            : t("rulePacks.account", { date: source.account })}
        </Tag>
      )}
      {source.note && <div>{source.note[currentLanguage()]}</div>}
    </Typography.Text>
  );
}

/** What a set of rules asks, each rule with where it stands. */
export function PackRules({ rules, pack }: { rules: Rules; pack: RulePack }) {
  const { t } = useTranslation();
  const purposes = (list: readonly string[]) =>
    list.length < callPurposes.length && (
      <Tag>{list.map((purpose) => t(`rulePacks.purposes.${purpose}`)).join(", ")}</Tag>
    );
  const row = (label: string, source: string, children: ReactNode) => ({
    key: `${label} ${source}`,
    label,
    children: (
      <Flex vertical gap={2}>
        <div>{children}</div>
        <Source id={source} pack={pack} />
      </Flex>
    ),
  });
  const items = [
    ...(rules.hours ?? []).map((rule) =>
      row(
        t("rulePacks.hours"),
        rule.source,
        <>
          <Week week={rule.week} />
          {rule.closedOn && <div>{t("rulePacks.closedOn", { calendar: rule.closedOn })}</div>}
          {rule.unlessConsent && <div>{t("rulePacks.unlessConsent")}</div>}
          {purposes(rule.purposes)}
        </>,
      ),
    ),
    ...(rules.attempts ?? []).map((rule) =>
      row(
        t("rulePacks.attempts"),
        rule.source,
        <>
          {t(`rulePacks.attemptsOf.${rule.of}`, { max: rule.max, hours: formatNumber(rule.windowHours) })}{" "}
          {rule.sameCampaign && t("rulePacks.sameCampaign")} {purposes(rule.purposes)}
        </>,
      ),
    ),
    ...(rules.abandon ?? []).map((rule) =>
      row(
        t("rulePacks.abandon"),
        rule.source,
        <>
          {t(`rulePacks.abandonRule.${rule.window ?? "rolling"}`, {
            share: formatShare(rule.maxShare, 1),
            hours: formatNumber(rule.windowHours),
            days: formatNumber(rule.windowHours / 24),
            timeZone: rule.timeZone,
          })}{" "}
          <Tag>{t(`rulePacks.abandonFormula.${rule.formula ?? "live-answers"}`)}</Tag>
        </>,
      ),
    ),
    ...(rules.minRing ?? []).map((rule) =>
      row(t("rulePacks.minRing"), rule.source, t("rulePacks.seconds", { seconds: rule.seconds })),
    ),
    ...(rules.locks ?? []).map((rule) =>
      row(
        t(`rulePacks.lockAfter.${rule.after}`),
        rule.source,
        <>
          {t("rulePacks.lockHours", { hours: formatNumber(rule.hours) })}{" "}
          {rule.unlessAgent && t("rulePacks.unlessAgent")} {purposes(rule.purposes)}
        </>,
      ),
    ),
    ...(rules.consent ?? []).map((rule) =>
      row(
        t("rulePacks.consent"),
        rule.source,
        <>
          {t(`consents.forms.${rule.form}`)} ·{" "}
          {rule.kinds.map((kind) => t(`rulePacks.kinds.${kind}`)).join(", ")} {purposes(rule.purposes)}
        </>,
      ),
    ),
    ...(rules.registers ?? []).map((rule) =>
      row(
        t("rulePacks.register"),
        rule.source,
        <>
          {t("rulePacks.registerRule", { key: rule.key, days: rule.maxAgeDays })} {purposes(rule.purposes)}
        </>,
      ),
    ),
  ];
  if (items.length === 0) return <Typography.Text type="secondary">{t("rulePacks.noRules")}</Typography.Text>;
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      items={items.map((item, index) => ({ ...item, key: `${item.key} ${index}` }))}
    />
  );
}
