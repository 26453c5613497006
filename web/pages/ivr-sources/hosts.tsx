import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Space, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ivrHostTest } from "../../../shared/ivr/outside.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { AskingFlows } from "./asking-flows.tsx";
import { hostsKey, putHosts, tryHost, useHosts } from "./source-api.ts";
import { TryButton } from "./tried.tsx";

/** Of what people paste: an address is as good as a host. */
const hostIn = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "");

/** Hosts inside the company's network that HTTP blocks may ask. */
export function Hosts() {
  const { t } = useTranslation();
  const query = useHosts();
  const [typed, setTyped] = useState("");
  const hosts = query.data?.hosts ?? [];
  const save = useAct((next: readonly string[]) => putHosts(next), {
    stale: [hostsKey],
    said: t("common.saved"),
    onDone: () => setTyped(""),
  });
  const host = hostIn(typed);
  const isHost = ivrHostTest.safeParse({ host }).success;
  const rows = hosts.map((one) => ({ host: one, flows: query.data?.flows[one] ?? [] }));
  const columns: TableColumnsType<(typeof rows)[number]> = [
    { title: t("ivrSources.host"), dataIndex: "host" },
    { title: t("ivrSources.flows"), render: (_, row) => <AskingFlows flows={row.flows} /> },
    {
      title: t("common.actions"),
      render: (_, row) => (
        <Space align="start" wrap>
          <TryButton name={row.host} onTry={() => tryHost(row.host)} />
          <DeleteButton
            name={row.host}
            title={t("ivrSources.removeQuestion", { name: row.host })}
            help={
              row.flows.length === 0
                ? t("ivrSources.removeUnused")
                : t("ivrSources.removeUsed", { flows: row.flows.map(({ name }) => name).join(", ") })
            }
            onDelete={() => save.mutateAsync(hosts.filter((other) => other !== row.host))}
          />
        </Space>
      ),
    },
  ];
  const add = () => isHost && save.mutate([...hosts, host]);
  return (
    <DataTable
      label={t("ivrSources.hosts")}
      query={{ ...query, data: query.data && { items: rows, total: rows.length } }}
      columns={columns}
      rowKey={(row) => row.host}
      empty={<EmptyState text={t("ivrSources.noHosts")} />}
      filters={
        <Space.Compact style={{ maxWidth: 460, width: "100%" }}>
          <Input
            value={typed}
            aria-label={t("ivrSources.newHost")}
            placeholder="crm.internal:8080"
            status={typed !== "" && !isHost ? "error" : ""}
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            onPressEnter={add}
          />
          <Button icon={<PlusOutlined />} disabled={!isHost} loading={save.isPending} onClick={add}>
            {t("ivrSources.addHost")}
          </Button>
        </Space.Compact>
      }
    />
  );
}
