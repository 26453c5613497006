import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GreetingRule } from "../../../../shared/greetings.ts";
import { DeleteButton } from "../../../ui/delete-button.tsx";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { GreetingForm } from "./greeting-form.tsx";
import { greetingsKey, saveGreetings, useGreetings } from "./greetings-api.ts";

/** Whom a rule is for, in words. */
function useForWhom(): (rule: GreetingRule) => string {
  const { t } = useTranslation();
  return ({ when: { customer, language, vipFrom, hours, hasAppointment, field } }) =>
    [
      customer === "any" ? "" : t(`greetings.customer.${customer === "known" ? "known" : "one"}`),
      language && t(`sounds.languages.${language}`),
      vipFrom > 0 ? t("greetings.vipOf", { level: vipFrom }) : "",
      hours && t("greetings.someHours"),
      hasAppointment && t("greetings.hasAppointment"),
      field && (field.value === "" ? field.name : `${field.name}: ${field.value}`),
    ]
      .filter(Boolean)
      .join(" · ") || t("greetings.customer.any");
}

function Rules({ rules }: { rules: readonly GreetingRule[] }) {
  const { t } = useTranslation();
  const forWhom = useForWhom();
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const save = useAct(saveGreetings, { stale: [greetingsKey], onDone: () => setEditing(null) });
  const moved = (from: number, to: number) => {
    const next = [...rules];
    next.splice(to, 0, ...next.splice(from, 1));
    return next;
  };
  const edited = typeof editing === "number" ? (rules[editing] ?? null) : null;
  return (
    <Flex vertical gap={12} style={{ maxWidth: 860 }}>
      <Typography.Text type="secondary">{t("greetings.help")}</Typography.Text>
      {rules.length === 0 && <EmptyState text={t("greetings.none")} />}
      <ol aria-label={t("greetings.title")} style={{ margin: 0, paddingInlineStart: 24 }}>
        {rules.map((rule, at) => (
          <li key={`${at} ${rule.name}`} style={{ padding: "6px 0" }}>
            <Flex gap="4px 10px" wrap align="center">
              <Typography.Text strong>{rule.name}</Typography.Text>
              {!rule.on && <Tag>{t("greetings.off")}</Tag>}
              {rule.where.map((place) => (
                <Tag key={place} color="processing" variant="filled">
                  {t(`greetings.place.${place}`)}
                </Tag>
              ))}
              <Typography.Text type="secondary" style={{ flex: 1 }}>
                {forWhom(rule)}
              </Typography.Text>
              <Button
                type="text"
                icon={<ArrowUpOutlined />}
                disabled={at === 0}
                aria-label={t("greetings.up", { name: rule.name })}
                onClick={() => save.mutate(moved(at, at - 1))}
              />
              <Button
                type="text"
                icon={<ArrowDownOutlined />}
                disabled={at === rules.length - 1}
                aria-label={t("greetings.down", { name: rule.name })}
                onClick={() => save.mutate(moved(at, at + 1))}
              />
              <Button size="small" onClick={() => setEditing(at)}>
                {t("common.edit")}
              </Button>
              <DeleteButton
                name={rule.name}
                title={t("sounds.removeQuestion", { name: rule.name })}
                help={t("greetings.removeHelp")}
                onDelete={() => save.mutateAsync(rules.filter((_, other) => other !== at))}
              />
            </Flex>
          </li>
        ))}
      </ol>
      <div>
        <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>
          {t("greetings.add")}
        </Button>
      </div>
      {editing !== null && (
        <GreetingForm
          rule={edited}
          isPending={save.isPending}
          onSave={(rule) =>
            save.mutate(edited ? rules.map((one, at) => (at === editing ? rule : one)) : [...rules, rule])
          }
          onClose={() => setEditing(null)}
        />
      )}
    </Flex>
  );
}

/** Callers who hear something of their own before what everybody hears. */
export function GreetingsList() {
  return <Loaded query={useGreetings()}>{({ rules }) => <Rules rules={rules} />}</Loaded>;
}
