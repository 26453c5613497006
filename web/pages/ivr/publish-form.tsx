import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ivrFlowDetail } from "../../../shared/ivr/flow.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { flowsKey } from "./flow-api.ts";
import type { useDraft } from "./use-draft.ts";

/** Stores what is drawn and puts it in force, with a word on why. */
export function PublishForm({
  flowId,
  draft,
  onClose,
}: {
  flowId: number;
  draft: ReturnType<typeof useDraft>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const publish = useAct(
    async (note: string) => {
      if (!(await draft.save())) throw draft.error;
      return api.post(`/ivr/flows/${flowId}/publish`, ivrFlowDetail, { note });
    },
    { stale: [flowsKey], said: t("ivr.published"), onDone: onClose },
  );
  return (
    <ModalForm<{ note?: string }>
      title={t("ivr.publish")}
      okText={t("ivr.publish")}
      isPending={publish.isPending}
      onSubmit={({ note = "" }) => publish.mutate(note)}
      onClose={onClose}
    >
      <Form.Item name="note" label={t("ivr.publishNote")} extra={t("ivr.publishHelp")}>
        <Input autoFocus maxLength={500} />
      </Form.Item>
    </ModalForm>
  );
}
