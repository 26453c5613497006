import { Flex, Form, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import {
  numberFormats,
  trunkAuths,
  trunkCodecs,
  type TrunkInput,
  trunkInput,
  type TrunkRow,
  trunkTransports,
} from "../../../shared/trunks.ts";
import { CountrySelect } from "../../ui/form/country-select.tsx";
import { FormColumn, FormSection } from "../../ui/form/form-section.tsx";
import { NumbersSelect } from "../../ui/form/numbers-select.tsx";
import { fits } from "../../ui/form/rules.ts";
import { SaveBar } from "../../ui/form/save-bar.tsx";
import { useCompany } from "../../lib/session.ts";
import { NumberExample } from "./number-example.tsx";
import { TrunkCanary } from "./trunk-canary.tsx";
import { TrunkIdentity } from "./trunk-identity.tsx";
import { TrunkSecurity } from "./trunk-security.tsx";

interface Props {
  trunk: TrunkRow | null;
  busy: boolean;
  readOnly: boolean;
  onSave: (input: TrunkInput) => void;
  onCancel: () => void;
}

const shape = trunkInput.shape;
const blank = (text: string | null | undefined) => (text === "" || text === undefined ? null : text);

/** An empty password keeps what is stored: it is never sent to the page. */
function toInput(values: TrunkInput): TrunkInput {
  const { password, ...rest } = values;
  return trunkInput.parse({
    ...rest,
    username: values.auth === "ip" ? null : blank(values.username),
    domain: blank(values.domain),
    port: values.port ?? null,
    tlsCa: blank(values.tlsCa),
    ...(values.auth === "ip" ? { password: null } : password ? { password } : {}),
  });
}

export function TrunkForm({ trunk, busy, readOnly, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const { defaultCountry } = useCompany();
  const [form] = Form.useForm<TrunkInput>();
  const auth = Form.useWatch("auth", form) ?? trunk?.auth ?? "registration";
  const country = Form.useWatch("country", form) ?? trunk?.country ?? defaultCountry;
  const initial =
    trunk ??
    trunkInput.partial({ name: true, host: true }).parse({ auth: "registration", country: defaultCountry });
  return (
    <Form<TrunkInput>
      form={form}
      layout="vertical"
      disabled={readOnly}
      initialValues={initial}
      scrollToFirstError={{ focus: true }}
      onFinish={(values) => onSave(toInput(values))}
    >
      <Flex vertical gap={16}>
        <FormSection title={t("trunks.section.connection")}>
          <FormColumn>
            <Form.Item name="name" label={t("trunks.name")} rules={[{ required: true, max: 100 }]}>
              <Input autoFocus={!trunk} placeholder={t("trunks.nameExample")} />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item
              name="host"
              label={t("trunks.host")}
              rules={[{ required: true }, fits(shape.host, t("trunks.hostRule"))]}
            >
              <Input placeholder="sip.example.com" spellCheck={false} autoCapitalize="none" />
            </Form.Item>
          </FormColumn>
          <FormColumn span={4}>
            <Form.Item name="port" label={t("trunks.port")} tooltip={t("trunks.portHelp")}>
              <InputNumber min={1} max={65_535} placeholder="DNS" style={{ width: "100%" }} />
            </Form.Item>
          </FormColumn>
          <FormColumn span={4}>
            <Form.Item name="transport" label={t("trunks.transport")}>
              <Select
                options={trunkTransports.map((value) => ({ value, label: t(`trunks.transports.${value}`) }))}
              />
            </Form.Item>
          </FormColumn>
          <TrunkSecurity form={form} />
          <FormColumn span={24}>
            <Form.Item name="auth" label={t("trunks.authLabel")} extra={t(`trunks.authHelp.${auth}`)}>
              <Radio.Group
                optionType="button"
                options={trunkAuths.map((value) => ({ value, label: t(`trunks.auth.${value}`) }))}
              />
            </Form.Item>
          </FormColumn>
          {auth !== "ip" && (
            <>
              <FormColumn>
                <Form.Item
                  name="username"
                  label={t("trunks.username")}
                  rules={[{ required: true }, fits(shape.username, t("trunks.usernameRule"))]}
                >
                  <Input autoComplete="off" spellCheck={false} autoCapitalize="none" />
                </Form.Item>
              </FormColumn>
              <FormColumn>
                <Form.Item
                  name="password"
                  label={t("common.password")}
                  extra={trunk?.hasPassword ? t("trunks.passwordKept") : undefined}
                  rules={[{ required: !trunk?.hasPassword }]}
                >
                  <Input.Password autoComplete="new-password" />
                </Form.Item>
              </FormColumn>
            </>
          )}
          <FormColumn>
            <Form.Item
              name="domain"
              label={t("trunks.domain")}
              extra={t("trunks.domainHelp")}
              rules={[fits(shape.domain, t("trunks.hostRule"))]}
            >
              <Input spellCheck={false} autoCapitalize="none" />
            </Form.Item>
          </FormColumn>
          {auth === "registration" && (
            <FormColumn>
              <Form.Item name="registerExpiresSeconds" label={t("trunks.expires")}>
                <InputNumber
                  min={60}
                  max={86_400}
                  suffix={t("common.units.second")}
                  style={{ width: "100%" }}
                />
              </Form.Item>
            </FormColumn>
          )}
        </FormSection>
        <FormSection title={t("trunks.section.numbers")}>
          <FormColumn>
            <Form.Item name="country" label={t("trunks.country")} rules={[{ required: true }]}>
              <CountrySelect />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item name="numberFormat" label={t("trunks.numberFormat")}>
              <Select
                options={numberFormats.map((value) => ({ value, label: t(`trunks.format.${value}`) }))}
              />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item
              name="dialPrefix"
              label={t("trunks.dialPrefix")}
              rules={[fits(shape.dialPrefix, t("trunks.dialPrefixRule"))]}
            >
              <Input inputMode="tel" />
            </Form.Item>
          </FormColumn>
          <FormColumn span={24}>
            <NumberExample form={form} />
          </FormColumn>
          <FormColumn span={24}>
            <Form.Item
              name="callerIds"
              label={t("trunks.callerIds")}
              extra={t("trunks.callerIdsHelp")}
              rules={[fits(shape.callerIds, t("trunks.callerIdsRule"))]}
            >
              <NumbersSelect country={country} placeholder={t("trunks.callerIdsExample")} />
            </Form.Item>
          </FormColumn>
          <TrunkIdentity />
        </FormSection>
        <FormSection title={t("trunks.section.limits")}>
          <FormColumn>
            <Form.Item name="maxChannels" label={t("trunks.maxChannels")} extra={t("trunks.maxChannelsHelp")}>
              <InputNumber min={1} max={10_000} style={{ width: "100%" }} />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item name="maxCallsPerSecond" label={t("trunks.maxCps")} extra={t("trunks.maxCpsHelp")}>
              <InputNumber min={0.1} max={1000} step={1} style={{ width: "100%" }} />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item
              name="codecs"
              label={t("trunks.codecs")}
              extra={t("trunks.codecsHelp")}
              rules={[{ required: true, type: "array", min: 1 }]}
            >
              <Select
                mode="multiple"
                options={trunkCodecs.map((value) => ({ value, label: t(`trunks.codec.${value}`) }))}
              />
            </Form.Item>
          </FormColumn>
          <FormColumn span={16}>
            <Form.Item
              name="inboundHosts"
              label={t("trunks.inboundHosts")}
              extra={t("trunks.inboundHostsHelp")}
              rules={[fits(shape.inboundHosts, t("trunks.hostRule"))]}
            >
              <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " "]} />
            </Form.Item>
          </FormColumn>
          <FormColumn>
            <Form.Item name="enabled" label={t("trunks.enabled")} valuePropName="checked">
              <Switch />
            </Form.Item>
          </FormColumn>
        </FormSection>
        <TrunkCanary />
      </Flex>
      {!readOnly && (
        <SaveBar busy={busy} onCancel={onCancel} {...(trunk ? {} : { label: t("trunks.saveAndTest") })} />
      )}
    </Form>
  );
}
