import { Alert, Button, Card, Flex, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { CallerIdPoolDetail } from "../../../shared/caller-ids.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { Figure } from "../../ui/figure.tsx";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useDanger } from "../../ui/use-danger.ts";
import { useAct } from "../../ui/use-act.ts";
import { callerIdsKey, useCallerIdPool } from "./caller-id-api.ts";
import { NumbersTable } from "./numbers-table.tsx";
import { PoolForm } from "./pool-form.tsx";

function Totals({ pool }: { pool: CallerIdPoolDetail }) {
  const { t } = useTranslation();
  const ready = pool.numbers.filter((row) => row.status === "ready" || row.status === "alarm").length;
  const alarms = pool.numbers.filter((row) => row.alarm).length;
  const used = pool.numbers.reduce((sum, row) => sum + row.usedToday, 0);
  return (
    <Card>
      <Flex wrap gap="16px 40px">
        <Figure
          label={t("callerIds.ready")}
          value={`${ready} / ${pool.numbers.length}`}
          tone={ready === 0 ? "bad" : "default"}
        />
        <Figure label={t("callerIds.usedToday")} value={formatNumber(used)} />
        <Figure label={t("callerIds.alarmsLabel")} value={alarms} tone={alarms > 0 ? "bad" : "default"} />
        <Figure
          label={t("callerIds.whenSpent")}
          value={
            <span style={{ fontSize: 16 }}>
              {pool.fallback ? formatPhone(pool.fallback) : t("callerIds.waits")}
            </span>
          }
        />
        <Flex vertical>
          <Typography.Text type="secondary" style={{ fontSize: 13 }}>
            {t("navigation.campaigns")}
          </Typography.Text>
          <Flex wrap gap={8} style={{ lineHeight: "32px" }}>
            {pool.campaigns.length === 0 && "–"}
            {pool.campaigns.map(({ id, name }) => (
              <Link key={id} to={`/campaigns/${id}`}>
                {name}
              </Link>
            ))}
          </Flex>
        </Flex>
      </Flex>
    </Card>
  );
}

export function CallerIdPoolPage() {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const id = Number(useParams().id);
  const may = useCan("campaigns.manage");
  const query = useCallerIdPool(id);
  const [editing, setEditing] = useState(false);
  const remove = useAct(() => api.delete(`/caller-id-pools/${id}`), {
    stale: [callerIdsKey],
    onDone: () => void navigate("/caller-ids"),
  });
  const ask = (pool: CallerIdPoolDetail) =>
    danger({
      title: t("callerIds.removeQuestion", { name: pool.name }),
      content: t("callerIds.removeHelp"),
      okText: t("common.remove"),
      onOk: () => remove.mutateAsync(undefined),
    });
  return (
    <Loaded query={query}>
      {(pool) => (
        <Page
          trail={<Trail to="/caller-ids">{t("navigation.caller-ids")}</Trail>}
          title={pool.name}
          help={pool.note}
          actions={
            may && (
              <>
                <Button onClick={() => ask(pool)}>{t("common.remove")}</Button>
                <Button type="primary" onClick={() => setEditing(true)}>
                  {t("callerIds.editPool")}
                </Button>
              </>
            )
          }
        >
          {pool.numbers.some((row) => row.alarm) && (
            <Alert type="warning" showIcon title={t("callerIds.alarmSentence")} />
          )}
          <Totals pool={pool} />
          <NumbersTable pool={pool} />
          {editing && <PoolForm pool={pool} onClose={() => setEditing(false)} onSaved={() => undefined} />}
        </Page>
      )}
    </Loaded>
  );
}
