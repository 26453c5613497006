import { Button, Descriptions } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import type { WebhookRow } from "../../../shared/webhooks.ts";
import { formatInstant } from "../../lib/format.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { ReplayForm } from "./replay-form.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { removeWebhook, renewSecret, tryWebhook, useWebhook, webhooksKey } from "./webhook-api.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookState } from "./webhook-state.tsx";

type Open = "form" | "replay" | { secret: string } | null;

function Actions({ webhook, open }: { webhook: WebhookRow; open: (what: Open) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ask = useDanger();
  const { id, name } = webhook;
  const stale = [webhooksKey];
  const test = useAct(() => tryWebhook(id), { stale, said: t("webhooks.testSent") });
  const renew = useAct(() => renewSecret(id), { stale, onDone: ({ secret }) => open({ secret }) });
  const remove = useAct(() => removeWebhook(id), {
    stale,
    said: t("common.deleted"),
    onDone: () => void navigate("/webhooks"),
  });
  return (
    <>
      <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
        {t("webhooks.test")}
      </Button>
      <Button onClick={() => open("replay")}>{t("webhooks.replay")}</Button>
      <Button
        onClick={() =>
          ask({
            title: t("webhooks.renew"),
            content: t("webhooks.renewHelp"),
            okText: t("webhooks.renew"),
            onOk: () => renew.mutateAsync(undefined),
          })
        }
      >
        {t("webhooks.renew")}
      </Button>
      <Button type="primary" onClick={() => open("form")}>
        {t("common.edit")}
      </Button>
      <Button
        danger
        onClick={() =>
          ask({
            title: t("webhooks.delete", { name }),
            content: t("webhooks.deleteHelp"),
            okText: t("common.delete"),
            onOk: () => remove.mutateAsync(undefined),
          })
        }
      >
        {t("common.delete")}
      </Button>
    </>
  );
}

function Facts({ webhook }: { webhook: WebhookRow }) {
  const { t } = useTranslation();
  const items = [
    { key: "url", label: t("webhooks.url"), children: webhook.url },
    {
      key: "events",
      label: t("webhooks.events"),
      children: webhook.events.map((event) => t(`webhooks.event.${event}`)).join(", "),
    },
    {
      key: "numbers",
      label: t("webhooks.numbers"),
      children: t(`webhooks.number.${webhook.numbers ?? "full"}`),
    },
    ...(webhook.nextAt
      ? [{ key: "next", label: t("webhooks.nextAt"), children: formatInstant(webhook.nextAt, "full") }]
      : []),
  ];
  return <Descriptions size="small" column={1} items={items} />;
}

export function WebhookPage() {
  const { t } = useTranslation();
  const id = Number(useParams()["id"]);
  const query = useWebhook(id);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Loaded query={query}>
      {(webhook) => (
        <Page
          title={webhook.name}
          trail={<Trail to="/webhooks">{t("navigation.webhooks")}</Trail>}
          badge={<WebhookState webhook={webhook} />}
          actions={<Actions webhook={webhook} open={setOpen} />}
        >
          <Facts webhook={webhook} />
          <DeliveriesTable webhookId={id} />
          {open === "form" && <WebhookForm webhook={webhook} onClose={close} />}
          {open === "replay" && <ReplayForm webhookId={id} onClose={close} />}
          {open !== null && typeof open === "object" && <SecretShown secret={open.secret} onClose={close} />}
        </Page>
      )}
    </Loaded>
  );
}
