import { Form, Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { password, type User } from "../../../shared/users.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { fits } from "../../ui/form/rules.ts";
import { useAct } from "../../ui/use-act.ts";

interface Fields {
  password: string;
  mustChangePassword: boolean;
}

export function UserPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct((fields: Fields) => api.post(`/users/${user.id}/password`, null, fields), {
    said: t("common.passwordChanged"),
    onDone: onClose,
  });
  return (
    <ModalForm<Fields>
      title={t("users.resetPasswordOf", { name: user.name })}
      isPending={save.isPending}
      initialValues={{ mustChangePassword: true }}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item
        name="password"
        label={t("common.newPassword")}
        extra={t("users.resetHelp")}
        rules={[{ required: true }, fits(password, t("common.passwordRule"))]}
      >
        <Input.Password autoFocus autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="mustChangePassword" label={t("users.mustChange")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </ModalForm>
  );
}
