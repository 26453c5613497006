import { WarningOutlined } from "@ant-design/icons";
import { Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallDetail } from "../../../shared/calls.ts";
import { type ComplaintInput, complaintScopes } from "../../../shared/complaints.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { callsKey } from "./call-api.ts";

/** The person called complained: written down on the call, and by default never called again. */
export function ComplaintButton({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const save = useAct((fields: ComplaintInput) => api.post(`/calls/${call.id}/complaint`, null, fields), {
    stale: [callsKey],
    said: t("complaints.recorded"),
    onDone: () => setOpen(false),
  });
  const scopes = complaintScopes.filter((scope) => scope !== "campaign" || call.campaign !== null);
  return (
    <>
      <Button icon={<WarningOutlined />} onClick={() => setOpen(true)}>
        {t("complaints.record")}
      </Button>
      {open && (
        <ModalForm<ComplaintInput>
          title={t("complaints.record")}
          initialValues={{ doNotCall: "everywhere" }}
          isPending={save.isPending}
          onSubmit={save.mutate}
          onClose={() => setOpen(false)}
        >
          <Form.Item
            name="note"
            label={t("complaints.note")}
            rules={[{ required: true, whitespace: true, message: t("complaints.noteNeeded") }]}
          >
            <Input.TextArea autoFocus maxLength={2000} autoSize={{ minRows: 3 }} />
          </Form.Item>
          <Form.Item name="doNotCall" label={t("complaints.doNotCall")} extra={t("complaints.help")}>
            <Radio.Group
              style={{ display: "flex", flexDirection: "column", gap: 8 }}
              options={scopes.map((value) => ({ value, label: t(`complaints.scope.${value}`) }))}
            />
          </Form.Item>
        </ModalForm>
      )}
    </>
  );
}
