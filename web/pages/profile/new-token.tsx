import { DatePicker, Form, Input, Radio, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { createdApiToken, type TokenScope, tokenScopes } from "../../../shared/auth.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { useAct } from "../../ui/use-act.ts";
import { tokensKey } from "./tokens-key.ts";

interface Fields {
  name: string;
  scope: TokenScope;
  until?: Dayjs | null;
}

/** A new token, then its text, this once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const make = useAct(
    ({ name, scope, until }: Fields) =>
      api.post("/auth/tokens", createdApiToken, {
        name,
        scope,
        expiresAt: until ? until.endOf("day").toISOString() : null,
      }),
    { stale: [tokensKey] },
  );
  if (make.data)
    return (
      <ShownOnce title={make.data.name} help={t("tokens.once")} value={make.data.token} onClose={onClose} />
    );
  return (
    <ModalForm<Fields>
      title={t("tokens.add")}
      isPending={make.isPending}
      initialValues={{ scope: "read" }}
      onSubmit={(fields) => make.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("tokens.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="scope" label={t("tokens.scope")}>
        <Radio.Group style={{ display: "grid", gap: 6 }}>
          {tokenScopes.map((scope) => (
            <Radio key={scope} value={scope}>
              {t(`tokens.scopes.${scope}`)}
              <Typography.Text type="secondary" style={{ display: "block", fontSize: 12 }}>
                {t(`tokens.scopeHelp.${scope}`)}
              </Typography.Text>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="until" label={t("tokens.expires")}>
        <DatePicker placeholder={t("tokens.never")} style={{ width: "100%" }} />
      </Form.Item>
    </ModalForm>
  );
}
