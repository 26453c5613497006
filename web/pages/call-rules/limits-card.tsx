import { Button, Card, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { clashOf, codeNames, featureCodes } from "../../../shared/feature-codes.ts";
import { callClasses, settings, type Settings } from "../../../shared/settings.ts";
import { api } from "../../lib/api.ts";
import { settingsKey, useCompany } from "../../lib/session.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { useAct } from "../../ui/use-act.ts";
import { HoursEditor } from "../campaigns/edit/hours-editor.tsx";

type Fields = Pick<
  Settings,
  "manualHours" | "callLimits" | "callLimitWarningSeconds" | "parkSeconds" | "featureCodes"
>;

/** Only what differs from the usual code is kept. */
const chosenOf = (codes: Settings["featureCodes"]) =>
  Object.fromEntries(
    codeNames.flatMap((name) => {
      const code = codes[name]?.trim();
      return code && code !== featureCodes[name].code ? [[name, code]] : [];
    }),
  );

/** When calls outside of any campaign may be made, how long calls may last, and the codes of keypads. */
export function LimitsCard() {
  const { t } = useTranslation();
  const company = useCompany();
  const save = useAct(
    async ({ featureCodes: codes, ...fields }: Fields) => {
      const chosen = chosenOf(codes);
      const [one, other] = (clashOf(chosen) ?? []).map((name) => t(`myLine.codeOf.${name}`));
      if (one !== undefined) throw new Error(t("callRules.codeClash", { one, other }));
      return api.patch("/settings", settings, { ...fields, featureCodes: chosen });
    },
    { stale: [settingsKey], said: t("common.saved") },
  );
  const seconds = t("settings.seconds");
  return (
    <Card title={t("callRules.limits")}>
      <Form<Fields> layout="vertical" initialValues={company} onFinish={(fields) => save.mutate(fields)}>
        <Form.Item
          name="manualHours"
          label={t("callRules.manualHours")}
          extra={t("callRules.manualHoursHelp")}
        >
          <HoursEditor />
        </Form.Item>
        {callClasses.map((name) => (
          <NumberItem
            key={name}
            name={["callLimits", name]}
            label={t(`callRules.class.${name}`)}
            min={10}
            max={86_400}
            placeholder={t("callRules.noLimit")}
            suffix={seconds}
          />
        ))}
        <NumberItem
          name="callLimitWarningSeconds"
          label={t("callRules.warning")}
          min={5}
          max={600}
          suffix={seconds}
        />
        <NumberItem name="parkSeconds" label={t("callRules.park")} min={5} max={3600} suffix={seconds} />
        <h3>{t("myLine.codes")}</h3>
        {codeNames.map((name) => (
          <Form.Item
            key={name}
            name={["featureCodes", name]}
            label={t(`myLine.codeOf.${name}`)}
            rules={[{ pattern: /^\*[0-9*#]{1,3}$/, message: t("callRules.codeRule") }]}
          >
            <Input placeholder={featureCodes[name].code} maxLength={4} style={{ width: 120 }} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("common.save")}
        </Button>
      </Form>
    </Card>
  );
}
