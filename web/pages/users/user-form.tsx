import { Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { forwarding } from "../../../shared/forwarding.ts";
import { roles } from "../../../shared/permissions.ts";
import {
  extension,
  login,
  newUser,
  password,
  user as userSchema,
  type User,
  userChange,
} from "../../../shared/users.ts";
import { api } from "../../lib/api.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { exampleNumber, readTyped } from "../../lib/phone-numbers.ts";
import { useCompany } from "../../lib/session.ts";
import { SwitchItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { fits } from "../../ui/form/rules.ts";
import { useAct } from "../../ui/use-act.ts";
import { directNumbersKey, useOrgUnits, usersKey } from "./user-api.ts";

type Fields = User & { password?: string; directNumber?: string };
const ownNames = { zh: "简体中文", en: "English" };

interface Props {
  user: User | null;
  /** E.164. */
  directNumber: string | undefined;
  onClose: () => void;
}

export function UserForm({ user, directNumber, onClose }: Props) {
  const { t } = useTranslation();
  const { defaultLocale, defaultCountry } = useCompany();
  const units = useOrgUnits();
  // One that was made stands, whatever becomes of their direct number.
  const [made, setMade] = useState(user);
  const asNumber = (typed: string | undefined) =>
    typed?.trim() ? readTyped(typed, defaultCountry) : undefined;
  const isWhole = (_: unknown, typed: string | undefined) =>
    asNumber(typed) === null
      ? Promise.reject(
          new Error(t("users.directNumberRule", { example: formatPhone(exampleNumber(defaultCountry)) })),
        )
      : Promise.resolve();
  const save = useAct(
    async (values: Fields) => {
      const fields = { ...values, extension: values.extension || null, orgUnitId: values.orgUnitId ?? null };
      const saved = made
        ? await api.put(`/users/${made.id}`, userSchema, userChange.parse({ ...made, ...fields }))
        : await api.post("/users", userSchema, newUser.parse(fields));
      setMade(saved);
      const number = asNumber(values.directNumber);
      if (number !== directNumber)
        await api.put(`/users/${saved.id}/direct-number`, forwarding, { directNumber: number ?? null });
    },
    { stale: [usersKey, directNumbersKey], said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={user ? user.name : t("users.add")}
      isPending={save.isPending}
      initialValues={{
        ...(user ?? { role: "agent", locale: defaultLocale, active: true, mustChangePassword: true }),
        directNumber: directNumber && formatPhone(directNumber),
      }}
      onSubmit={(values) => save.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item
        name="login"
        label={t("common.login")}
        rules={[{ required: true }, fits(login, t("users.loginRule"))]}
      >
        <Input autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      {!user && (
        <>
          <Form.Item
            name="password"
            label={t("users.firstPassword")}
            rules={[{ required: true }, fits(password, t("common.passwordRule"))]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <SwitchItem name="mustChangePassword" label={t("users.mustChange")} />
        </>
      )}
      <Form.Item name="role" label={t("common.role")}>
        <Select options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} />
      </Form.Item>
      <Form.Item name="orgUnitId" label={t("users.unit")}>
        <Select
          allowClear
          options={(units.data ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      </Form.Item>
      <Form.Item
        name="extension"
        label={t("users.extension")}
        rules={[fits(extension, t("users.extensionRule"))]}
      >
        <Input inputMode="numeric" />
      </Form.Item>
      <Form.Item
        name="directNumber"
        label={t("users.directNumber")}
        extra={t("users.directNumberHelp")}
        rules={[{ validator: isWhole }]}
      >
        <Input inputMode="tel" maxLength={30} allowClear />
      </Form.Item>
      <Form.Item name="locale" label={t("common.language")}>
        <Select options={languages.map((value) => ({ value, label: ownNames[value] }))} />
      </Form.Item>
      {user && <SwitchItem name="active" label={t("users.active")} extra={t("users.activeHelp")} />}
    </ModalForm>
  );
}
