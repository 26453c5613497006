import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Progress, Space, Switch, type TableColumnsType, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { LiveTrunk } from "../../../shared/live.ts";
import type { TrunkRow } from "../../../shared/trunks.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { swapped } from "../../lib/swapped.ts";
import { useLive } from "../../lib/use-live.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ProviderHelp } from "./provider-help.tsx";
import { TestCall } from "./test-call.tsx";
import { trunksKey, useTrunks } from "./trunk-api.ts";
import { TrunkState } from "./trunk-state.tsx";

export function TrunksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("trunks.manage");
  const query = useTrunks();
  const live = useLive<LiveTrunk>("trunks").items;
  const [testing, setTesting] = useState<TrunkRow | null>(null);
  const order = useAct((ids: number[]) => api.put("/trunks/order", null, { ids }), { stale: [trunksKey] });
  const enable = useAct(
    ({ id, enabled }: { id: number; enabled: boolean }) =>
      api.post(`/trunks/${id}/enabled`, null, { enabled }),
    { stale: [trunksKey] },
  );
  const ids = query.data?.items.map((trunk) => trunk.id) ?? [];
  const columns: TableColumnsType<TrunkRow> = [
    {
      title: t("trunks.order"),
      width: 90,
      render: (_, _trunk, index) => (
        <Space.Compact>
          <Button
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={t("common.up")}
            disabled={!may || index === 0 || order.isPending}
            onClick={() => order.mutate(swapped(ids, index, index - 1))}
          />
          <Button
            size="small"
            icon={<ArrowDownOutlined />}
            aria-label={t("common.down")}
            disabled={!may || index === ids.length - 1 || order.isPending}
            onClick={() => order.mutate(swapped(ids, index, index + 1))}
          />
        </Space.Compact>
      ),
    },
    {
      title: t("trunks.name"),
      render: (_, trunk) => (
        <Space>
          <Link to={`/trunks/${trunk.id}`}>{trunk.name}</Link>
          {trunk.simulated && <Tag>{t("trunks.simulated")}</Tag>}
        </Space>
      ),
    },
    {
      title: t("common.status"),
      render: (_, trunk) => <TrunkState live={live[trunk.id]} enabled={trunk.enabled} />,
    },
    {
      title: t("trunks.address"),
      render: (_, trunk) => (
        <Flex vertical>
          <span className="mono" style={{ fontSize: 13 }}>
            {trunk.host}
            {trunk.port === null ? "" : `:${trunk.port}`}
          </span>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t(`trunks.transports.${trunk.transport}`)} · {t(`trunks.auth.${trunk.auth}`)}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("trunks.channels"),
      render: (_, trunk) => {
        const used = live[trunk.id]?.channels ?? 0;
        return (
          <Flex vertical style={{ width: 110 }}>
            <span>
              {used} / {trunk.maxChannels}
            </span>
            <Progress
              percent={(used / trunk.maxChannels) * 100}
              showInfo={false}
              size={{ height: 4 }}
              aria-label={t("trunks.channels")}
            />
          </Flex>
        );
      },
    },
    { title: t("trunks.campaigns"), dataIndex: "campaigns", align: "right" },
    {
      title: t("trunks.enabled"),
      render: (_, trunk) => (
        <Switch
          checked={trunk.enabled}
          disabled={!may}
          aria-label={t("trunks.enabledOf", { name: trunk.name })}
          loading={enable.isPending && enable.variables.id === trunk.id}
          onChange={(enabled) => enable.mutate({ id: trunk.id, enabled })}
        />
      ),
    },
    {
      title: t("common.actions"),
      render: (_, trunk) =>
        may && (
          <Button size="small" onClick={() => setTesting(trunk)}>
            {t("trunks.testCall")}
          </Button>
        ),
    },
  ];
  return (
    <Page
      title={t("navigation.trunks")}
      help={t("trunks.help")}
      actions={
        <>
          <ProviderHelp />
          {may && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/trunks/new")}>
              {t("trunks.add")}
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label={t("navigation.trunks")}
        query={query}
        columns={columns}
        rowKey={(trunk) => trunk.id}
        empty={<EmptyState text={t("trunks.none")} />}
      />
      {testing && <TestCall trunk={testing} onClose={() => setTesting(null)} />}
    </Page>
  );
}
