import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";

interface Fields {
  current: string;
  password: string;
  repeated: string;
}

/** The server judges the password itself; here only the repetition is checked. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async ({ current, password }: Fields) => {
    setBusy(true);
    setError(null);
    try {
      await api.post("/auth/password", null, { current, password });
      form.resetFields();
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(f) => void submit(f)}>
      {error !== null && (
        <Alert type="error" showIcon title={errorText(error)} style={{ marginBottom: 16 }} role="alert" />
      )}
      <Form.Item name="current" label={t("common.currentPassword")} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("common.newPassword")}
        extra={t("common.passwordRule")}
        rules={[{ required: true }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t("common.repeatPassword")}
        dependencies={["password"]}
        rules={[
          { required: true },
          {
            validator: (_, value) =>
              value && value !== form.getFieldValue("password")
                ? Promise.reject(new Error(t("common.passwordsDiffer")))
                : Promise.resolve(),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common.changePassword")}
      </Button>
    </Form>
  );
}
