import { Alert, Button, Card, Checkbox, Flex, Form, Input, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import {
  mailConfig,
  type MailConfig,
  type MailInput,
  mailSecurities,
  mailState,
  type MailState,
} from "../../../shared/mail.ts";
import { api } from "../../lib/api.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";
import { Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";

const key = ["mail"] as const;

type Values = MailConfig & { password?: string; removePassword?: boolean };

/** An empty password keeps what is stored: it is never sent to the page. */
function inputOf({ password, removePassword, ...config }: Values): MailInput {
  return { ...config, ...(removePassword ? { password: null } : password ? { password } : {}) };
}

/** How the outbox stands, when there is something to say of it. */
function Outbox({ state: { waiting, givenUp, lastError, host } }: { state: MailState }) {
  const { t } = useTranslation();
  if (waiting === 0 && givenUp === 0) return null;
  return (
    <Alert
      type={lastError === null && host !== "" ? "info" : "warning"}
      style={{ marginBottom: 16 }}
      title={t("mail.outbox", { waiting, givenUp })}
      description={host === "" ? t("mail.noServer") : lastError}
    />
  );
}

function MailForm({ state }: { state: MailState }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [to, setTo] = useState("");
  const save = useAct((input: MailInput) => api.put("/mail", mailState, input), {
    stale: [key],
    said: t("common.saved"),
    onDone: () => form.setFieldsValue({ password: "", removePassword: false }),
  });
  const trial = useAct(
    async () => api.post("/mail/test", null, { ...inputOf(await form.validateFields()), to }),
    { said: t("mail.tried") },
  );
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={state}
      onFinish={(values) => save.mutate(inputOf(values))}
    >
      <Outbox state={state} />
      <Flex wrap gap="0 16px">
        <Form.Item name="host" label={t("mail.host")} style={{ flex: "1 1 240px" }}>
          <Input placeholder="smtp.example.com" />
        </Form.Item>
        <NumberItem name="port" label={t("mail.port")} min={1} max={65_535} />
      </Flex>
      <Form.Item name="security" label={t("mail.security")}>
        <Radio.Group
          optionType="button"
          options={mailSecurities.map((value) => ({ value, label: t(`mail.securities.${value}`) }))}
        />
      </Form.Item>
      <Flex wrap gap="0 16px">
        <Form.Item name="user" label={t("mail.user")} style={{ flex: "1 1 240px" }}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("common.password")}
          extra={state.hasPassword ? t("trunks.passwordKept") : undefined}
          style={{ flex: "1 1 240px" }}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Flex>
      {state.hasPassword && (
        <Form.Item name="removePassword" valuePropName="checked">
          <Checkbox>{t("mail.removePassword")}</Checkbox>
        </Form.Item>
      )}
      <Flex wrap gap="0 16px">
        <Form.Item
          name="from"
          label={t("mail.from")}
          style={{ flex: "1 1 240px" }}
          rules={[fits(mailConfig.shape.from, t("mail.addressRule"))]}
        >
          <Input placeholder="calls@example.com" inputMode="email" />
        </Form.Item>
        <Form.Item name="fromName" label={t("mail.fromName")} style={{ flex: "1 1 240px" }}>
          <Input maxLength={100} />
        </Form.Item>
      </Flex>
      <Flex wrap gap={8} align="center">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("common.save")}
        </Button>
        <Input
          style={{ width: 220 }}
          aria-label={t("mail.testTo")}
          placeholder={t("mail.testTo")}
          inputMode="email"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Button disabled={to.trim() === ""} loading={trial.isPending} onClick={() => trial.mutate(undefined)}>
          {t("mail.test")}
        </Button>
      </Flex>
    </Form>
  );
}

/** The server that takes our e-mail. */
export function MailCard() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get("/mail", mailState, {}, signal),
  });
  return (
    <Card title={t("mail.title")} style={{ maxWidth: 640 }}>
      <Typography.Paragraph type="secondary">{t("mail.help")}</Typography.Paragraph>
      <Loaded query={query}>{(state) => <MailForm state={state} />}</Loaded>
    </Card>
  );
}
