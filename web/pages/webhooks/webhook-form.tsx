import { Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { webhookEvents, type WebhookInput, type WebhookRow } from "../../../shared/webhooks.ts";
import { SwitchItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { addWebhook, changeWebhook, webhooksKey } from "./webhook-api.ts";

interface Props {
  /** Null: a new one. */
  webhook: WebhookRow | null;
  onClose: () => void;
  /** Of a new one: its secret, which is shown this once. */
  onMade?: (made: { id: number; secret: string }) => void;
}

/** An address, what it hears of, and how. */
export function WebhookForm({ webhook, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const save = useAct(
    async (input: WebhookInput) => {
      if (!webhook) return addWebhook(input);
      await changeWebhook(webhook.id, input);
      return null;
    },
    {
      stale: [webhooksKey],
      said: t("common.saved"),
      onDone: (made) => {
        onClose();
        if (made) onMade?.(made);
      },
    },
  );
  return (
    <ModalForm<WebhookInput>
      title={webhook?.name ?? t("webhooks.add")}
      width={640}
      initialValues={
        webhook ?? {
          events: ["call.connected", "call.ended", "summary.saved"],
          numbers: "full",
          enabled: true,
        }
      }
      isPending={save.isPending}
      onSubmit={(input) => save.mutate(input)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("webhooks.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item
        name="url"
        label={t("webhooks.url")}
        extra={t("webhooks.urlHelp")}
        rules={[{ required: true, type: "url", pattern: /^https?:\/\//, message: t("webhooks.urlWrong") }]}
      >
        <Input placeholder="https://crm.example.com/hooks/calls" inputMode="url" />
      </Form.Item>
      <Form.Item name="events" label={t("webhooks.events")} rules={[{ required: true }]}>
        <Checkbox.Group
          style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(240px, 1fr))", gap: 6 }}
          options={webhookEvents.map((value) => ({ value, label: t(`webhooks.event.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="numbers" label={t("webhooks.numbers")}>
        <Select
          options={(["full", "masked"] as const).map((value) => ({
            value,
            label: t(`webhooks.number.${value}`),
          }))}
        />
      </Form.Item>
      <SwitchItem name="enabled" label={t("webhooks.enabled")} />
    </ModalForm>
  );
}
