import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type ApiToken, apiToken } from "../../../shared/auth.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { NewToken } from "./new-token.tsx";
import { tokensKey } from "./tokens-key.ts";

function Token({ token }: { token: ApiToken }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const { id, name, scope, prefix, usedAt, expiresAt } = token;
  const remove = useAct(() => api.delete(`/auth/tokens/${id}`), {
    stale: [tokensKey],
    said: t("tokens.revoked"),
  });
  const ask = () =>
    danger({
      title: t("tokens.removeQuestion", { name }),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(undefined),
    });
  return (
    <Flex component="li" gap={12} align="center" style={{ padding: "8px 0" }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        {name} <Tag color={scope === "full" ? "warning" : "default"}>{t(`tokens.scopes.${scope}`)}</Tag>
        <div>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            <Flex component="span" wrap gap="0 12px" style={{ whiteSpace: "nowrap" }}>
              <span className="mono">{prefix}…</span>
              <span>
                {usedAt === null ? t("tokens.unused") : `${t("tokens.used")} ${formatInstant(usedAt)}`}
              </span>
              <span>
                {expiresAt === null
                  ? t("tokens.never")
                  : `${t("tokens.expires")} ${formatInstant(expiresAt, "day")}`}
              </span>
            </Flex>
          </Typography.Text>
        </div>
      </div>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("tokens.remove", { name })}
        loading={remove.isPending}
        onClick={ask}
      />
    </Flex>
  );
}

/** What acts for this person without them: each with what it may do. */
export function TokensCard() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: tokensKey,
    queryFn: ({ signal }) => api.get("/auth/tokens", z.array(apiToken), {}, signal),
  });
  return (
    <Card
      title={t("tokens.title")}
      extra={
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t("tokens.add")}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">{t("tokens.help")}</Typography.Paragraph>
      <Loaded query={query}>
        {(tokens) =>
          tokens.length === 0 ? (
            <EmptyState text={t("tokens.none")} />
          ) : (
            <ul aria-label={t("tokens.title")} style={{ margin: 0, padding: 0, listStyle: "none" }}>
              {tokens.map((token) => (
                <Token key={token.id} token={token} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <NewToken onClose={() => setAdding(false)} />}
    </Card>
  );
}
