import { Button, Card, Checkbox, Form, Input, Radio, Select } from "antd";
import type { ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { supervisionActs } from "../../../shared/floor.ts";
import { settings, type Settings } from "../../../shared/settings.ts";
import { api } from "../../lib/api.ts";
import { settingsKey, useCompany } from "../../lib/session.ts";
import { CountrySelect } from "../../ui/form/country-select.tsx";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";
import { Page } from "../../ui/page.tsx";
import { useAct } from "../../ui/use-act.ts";
import { EmbedOrigins } from "./embed-origins.tsx";
import { MailCard } from "./mail-card.tsx";

const ownNames = { zh: "简体中文", en: "English" };
const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));

export function SettingsPage() {
  const { t } = useTranslation();
  const company = useCompany();
  const save = useAct((change: Partial<Settings>) => api.patch("/settings", settings, change), {
    stale: [settingsKey],
    said: t("common.saved"),
  });
  return (
    <Page title={t("navigation.settings")}>
      <Card style={{ maxWidth: 640 }}>
        <Form<Settings> layout="vertical" initialValues={company} onFinish={(values) => save.mutate(values)}>
          <Form.Item name="companyName" label={t("settings.companyName")} rules={[{ max: 100 }]}>
            <Input />
          </Form.Item>
          <Form.Item
            name="defaultCountry"
            label={t("settings.defaultCountry")}
            extra={t("settings.defaultCountryHelp")}
          >
            <CountrySelect />
          </Form.Item>
          <Form.Item name="timeZone" label={t("settings.timeZone")} extra={t("settings.timeZoneHelp")}>
            <Select showSearch options={zones} />
          </Form.Item>
          <Form.Item name="defaultLocale" label={t("settings.defaultLocale")}>
            <Radio.Group
              optionType="button"
              options={languages.map((value) => ({ value, label: ownNames[value] }))}
            />
          </Form.Item>
          <Form.Item
            name="publicAddress"
            label={t("settings.publicAddress")}
            extra={t("settings.publicAddressHelp")}
            rules={[fits(settings.shape.publicAddress, t("settings.publicAddressRule"))]}
          >
            <Input placeholder="https://call.example.com" inputMode="url" />
          </Form.Item>
          <Form.Item
            name="voicemailNumber"
            label={t("settings.voicemailNumber")}
            extra={t("settings.voicemailNumberHelp")}
            getValueFromEvent={(event: ChangeEvent<HTMLInputElement>) => event.target.value.trim() || null}
            rules={[fits(settings.shape.voicemailNumber, t("settings.voicemailNumberRule"))]}
          >
            <Input placeholder="+8675512340000" inputMode="tel" />
          </Form.Item>
          <SwitchItem
            name="maskPhonesForAgents"
            label={t("settings.maskPhones")}
            extra={t("settings.maskPhonesHelp")}
          />
          <Form.Item
            name="supervisionShown"
            label={t("settings.supervisionShown")}
            extra={t("settings.supervisionShownHelp")}
          >
            <Checkbox.Group
              options={supervisionActs.map((value) => ({ value, label: t(`control.act.${value}`) }))}
            />
          </Form.Item>
          <NumberItem
            name="agentLostSeconds"
            label={t("settings.agentLost")}
            extra={t("settings.agentLostHelp")}
            min={0}
            max={300}
            suffix={t("settings.seconds")}
          />
          <SwitchItem
            name="endCallsWhenSure"
            label={t("settings.endWhenSure")}
            extra={t("settings.endWhenSureHelp")}
          />
          <SwitchItem
            name="recordInternalCalls"
            label={t("settings.recordInternalCalls")}
            extra={t("settings.recordInternalCallsHelp")}
          />
          <SwitchItem
            name="recordingPauseTone"
            label={t("settings.recordingPauseTone")}
            extra={t("settings.recordingPauseToneHelp")}
          />
          <NumberItem
            name="earlyMediaPercent"
            label={t("settings.earlyMedia")}
            extra={t("settings.earlyMediaHelp")}
            min={0}
            max={100}
            suffix="%"
          />
          <Form.Item
            name="recordingArchive"
            label={t("settings.recordingArchive")}
            extra={t("settings.recordingArchiveHelp")}
          >
            <Radio.Group
              optionType="button"
              options={settings.shape.recordingArchive
                .unwrap()
                .options.map((value) => ({ value, label: t(`settings.archive.${value}`) }))}
            />
          </Form.Item>
          <NumberItem
            name="recordingOriginalDays"
            label={t("settings.recordingOriginalDays")}
            extra={t("settings.recordingOriginalDaysHelp")}
            min={0}
            max={3650}
            suffix={t("settings.days")}
          />
          <EmbedOrigins />
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Form>
      </Card>
      <MailCard />
    </Page>
  );
}
