import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Descriptions, Flex, Popconfirm, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PhonePassword, phoneAccount, phonePassword } from "../../../shared/agents.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";

const key = ["desk", "phone"] as const;

/** One's own SIP telephone: its account, the password once, and how to set it up. */
export function DeskPhoneCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery({ queryKey: key, queryFn: () => api.get("/desk/phone", phoneAccount) });
  const [fresh, setFresh] = useState<PhonePassword>();
  const renew = useAct(() => api.post("/desk/phone", phonePassword, {}), {
    onDone: (account) => {
      setFresh(account);
      client.setQueryData(key, account);
    },
  });
  return (
    <Card title={t("desk.deskPhone.title")}>
      <Loaded query={query}>
        {(account) => (
          <Flex vertical gap={12} align="start">
            <Typography.Text type="secondary">{t("desk.deskPhone.help")}</Typography.Text>
            {account.createdAt === null ? (
              <Button type="primary" loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
                {t("desk.deskPhone.create")}
              </Button>
            ) : (
              <>
                <Account user={account.user} port={account.port} since={account.createdAt} fresh={fresh} />
                <Popconfirm
                  title={t("desk.deskPhone.renewConfirm")}
                  onConfirm={() => renew.mutate(undefined)}
                >
                  <Button loading={renew.isPending}>{t("desk.deskPhone.renew")}</Button>
                </Popconfirm>
              </>
            )}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}

interface AccountProps {
  user: string;
  port: number;
  since: string;
  fresh: PhonePassword | undefined;
}

function Account({ user, port, since, fresh }: AccountProps) {
  const { t } = useTranslation();
  return (
    <>
      {fresh && <Alert type="warning" showIcon title={t("desk.deskPhone.once")} />}
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "user", label: t("desk.deskPhone.user"), children: <Copyable text={user} /> },
          ...(fresh
            ? [
                {
                  key: "password",
                  label: t("desk.deskPhone.password"),
                  children: <Copyable text={fresh.password} />,
                },
              ]
            : []),
          {
            key: "server",
            label: t("desk.deskPhone.server"),
            children: <Copyable text={`${location.hostname}:${port}`} />,
          },
          { key: "transport", label: t("desk.deskPhone.transport"), children: "UDP / TCP" },
          { key: "since", label: t("desk.deskPhone.since"), children: formatInstant(since) },
        ]}
      />
      <Typography.Text type="secondary">{t("desk.deskPhone.steps")}</Typography.Text>
    </>
  );
}

function Copyable({ text }: { text: string }) {
  return (
    <Typography.Text copyable className="mono">
      {text}
    </Typography.Text>
  );
}
