import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { pageOf } from "../../../shared/common.ts";
import { type IvrDatabase, ivrDatabase } from "../../../shared/ivr/outside.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { databasesKey, tryDatabase } from "./source-api.ts";
import { TryButton } from "./tried.tsx";

interface Fields {
  name: string;
  host: string;
  database: string;
  user: string;
  password?: string;
}

const urlOf = ({ host, database, user, password = "" }: Fields) =>
  `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host.trim()}/${encodeURIComponent(database)}`;

const isElsewhere = (database: IvrDatabase | null, fields: Fields) =>
  !database || (["host", "database", "user"] as const).some((name) => fields[name] !== database[name]);

/** Tries what stands in the form, before it is saved. */
function TryTyped({ database }: { database: IvrDatabase | null }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Fields>();
  const attempt = async () => {
    const fields = await form.validateFields().catch(() => null);
    if (!fields) return null;
    if (database && !fields.password && !isElsewhere(database, fields))
      return tryDatabase({ id: database.id });
    return tryDatabase({ url: urlOf(fields) });
  };
  return <TryButton name={t("ivrSources.database")} onTry={attempt} />;
}

/** Where a database is and who reads it; its password is never shown again, and stays when none is typed. */
export function DatabaseForm({ database, onClose }: { database: IvrDatabase | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct(
    (fields: Fields) => {
      const { name } = fields;
      if (!database) return api.post("/ivr/databases", pageOf(ivrDatabase), { name, url: urlOf(fields) });
      const moves = Boolean(fields.password) || isElsewhere(database, fields);
      return api.put(`/ivr/databases/${database.id}`, pageOf(ivrDatabase), {
        name,
        ...(moves && { url: urlOf(fields) }),
      });
    },
    { stale: [databasesKey], said: t("common.saved"), onDone: onClose },
  );
  const required = (label: string) => ({
    required: true,
    whitespace: true,
    message: t("common.isRequired", { label }),
  });
  const item = (name: "name" | "database" | "user", max: number) => (
    <Form.Item name={name} label={t(`ivrSources.${name}`)} rules={[required(t(`ivrSources.${name}`))]}>
      <Input maxLength={max} autoFocus={name === "name"} spellCheck={false} autoComplete="off" />
    </Form.Item>
  );
  return (
    <ModalForm<Fields>
      title={database?.name ?? t("ivrSources.addDatabase")}
      {...(database && { initialValues: database })}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <p>{t("ivrSources.readerHelp")}</p>
      {item("name", 60)}
      <Form.Item
        name="host"
        label={t("ivrSources.host")}
        rules={[required(t("ivrSources.host")), { pattern: /^[^\s/@]+$/, message: t("ivrSources.hostRule") }]}
      >
        <Input maxLength={200} placeholder="db.example.com:5432" spellCheck={false} />
      </Form.Item>
      {item("database", 100)}
      {item("user", 100)}
      <Form.Item
        name="password"
        label={t("ivrSources.password")}
        {...(database && { extra: t("ivrSources.passwordKept") })}
        dependencies={["host", "database", "user"]}
        rules={[
          ({ getFieldsValue }) => ({
            validator: (_, value) =>
              value || !isElsewhere(database, getFieldsValue() as Fields)
                ? Promise.resolve()
                : Promise.reject(new Error(t("ivrSources.passwordAgain"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <TryTyped database={database} />
    </ModalForm>
  );
}
