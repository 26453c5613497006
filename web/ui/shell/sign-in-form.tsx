import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { me, type Me } from "../../../shared/auth.ts";

interface Fields {
  login: string;
  password: string;
}

/** Login and password; `login` fixed when the same person signs in again. */
export function SignInForm({ login, onDone }: { login?: string; onDone: (person: Me) => void }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (fields: Fields) => {
    setBusy(true);
    setError(null);
    try {
      await api.anonymous("POST", "/auth/sign-in", null, fields);
      onDone(await api.anonymous("GET", "/auth/me", me));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      initialValues={{ login: login ?? "" }}
      onFinish={(fields) => void submit(fields)}
    >
      {error !== null && (
        <Alert type="error" showIcon title={errorText(error)} style={{ marginBottom: 16 }} role="alert" />
      )}
      <Form.Item name="login" label={t("common.login")} rules={[{ required: true }]}>
        <Input
          prefix={<UserOutlined />}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={!login}
          disabled={login !== undefined}
          size="large"
        />
      </Form.Item>
      <Form.Item name="password" label={t("common.password")} rules={[{ required: true }]}>
        <Input.Password
          prefix={<LockOutlined />}
          autoComplete="current-password"
          autoFocus={login !== undefined}
          size="large"
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block size="large">
        {t("common.signIn")}
      </Button>
    </Form>
  );
}
