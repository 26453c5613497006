import { App, DatePicker, Form } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../lib/format.ts";
import { SwitchItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { replayTime, webhooksKey } from "./webhook-api.ts";

interface Fields {
  time: [Dayjs, Dayjs];
  failedOnly: boolean;
}

/** Sends again what happened in a time. */
export function ReplayForm({ webhookId, onClose }: { webhookId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const replay = useAct(
    ({ time: [from, to], failedOnly }: Fields) =>
      replayTime(webhookId, { from: from.toISOString(), to: to.toISOString(), failedOnly }),
    {
      stale: [webhooksKey],
      onDone: ({ events }) => {
        void message.success(t("webhooks.sentAgain", { count: events, number: formatNumber(events) }));
        onClose();
      },
    },
  );
  return (
    <ModalForm<Fields>
      title={t("webhooks.replay")}
      okText={t("webhooks.again")}
      initialValues={{ failedOnly: true }}
      isPending={replay.isPending}
      onSubmit={(fields) => replay.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="time" label={t("webhooks.happened")} rules={[{ required: true }]}>
        <DatePicker.RangePicker showTime style={{ width: "100%" }} />
      </Form.Item>
      <SwitchItem name="failedOnly" label={t("webhooks.failedOnly")} />
    </ModalForm>
  );
}
