import { Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { type CallbackRow, callbackRow } from "../../../shared/callbacks.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { callbacksKey } from "./callback-api.ts";

interface Fields {
  reason: string;
  lead: "ready" | "done";
}

export function CancelCallback({ callback, onClose }: { callback: CallbackRow; onClose: () => void }) {
  const { t } = useTranslation();
  const cancel = useAct(
    (fields: Fields) => api.post(`/callbacks/${callback.id}/cancel`, callbackRow, fields),
    { stale: [callbacksKey], said: t("callbacks.cancelled"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={t("callbacks.cancelTitle", { name: callback.name || t("lists.noName") })}
      okText={t("callbacks.cancel")}
      isPending={cancel.isPending}
      initialValues={{ lead: "ready" }}
      onSubmit={(fields) => cancel.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("lists.reason")}
        rules={[{ required: true, whitespace: true, max: 200 }]}
      >
        <Input autoFocus />
      </Form.Item>
      {callback.leadId !== null && (
        <Form.Item name="lead" label={t("callbacks.thenLead")}>
          <Radio.Group
            options={(["ready", "done"] as const).map((value) => ({
              value,
              label: t(`callbacks.lead.${value}`),
            }))}
          />
        </Form.Item>
      )}
    </ModalForm>
  );
}
