import { Alert, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { IvrTestInput } from "../../../shared/ivr/test-call.ts";
import { isSignedIn, useDeskIfAny } from "../../features/desk/desk-context.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import type { useTestCall } from "./use-test-call.ts";

/** On which telephone the draft is tried out, and for whom it takes the caller. */
export function TestCallForm({
  call,
  onClose,
}: {
  call: ReturnType<typeof useTestCall>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const desk = useDeskIfAny();
  const isUp = isSignedIn(desk?.state) && desk.state.legUp;
  return (
    <ModalForm<IvrTestInput>
      title={t("ivr.test.title")}
      okText={t("ivr.test.call")}
      isPending={call.start.isPending}
      onSubmit={(fields) => call.start.mutate(fields, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("ivr.test.help")}</p>
      <Alert
        type={isUp ? "success" : "info"}
        showIcon
        style={{ marginBottom: 16 }}
        title={t(isUp ? "ivr.test.lineIsUp" : "ivr.test.noLine")}
        description={!isUp && desk ? <Link to="/desk">{t("ivr.test.openDesk")}</Link> : undefined}
      />
      <Form.Item
        name="extension"
        label={t("ivr.test.extension")}
        extra={t("ivr.test.extensionHelp")}
        initialValue=""
      >
        <Input maxLength={20} inputMode="numeric" placeholder={t("ivr.test.ownLine")} />
      </Form.Item>
      <Form.Item
        name="callerNumber"
        label={t("ivr.test.callerNumber")}
        extra={t("ivr.test.callerHelp")}
        initialValue=""
      >
        <Input maxLength={40} inputMode="tel" placeholder={t("ivr.test.nobody")} />
      </Form.Item>
    </ModalForm>
  );
}
